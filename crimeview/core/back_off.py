"""How long to wait before trying again what has failed."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class BackOffRule:
    """The first wait is `first` seconds, each further one twice as long up to `longest`.

    Waits vary by `jitter` (a share, to either side), so that many that failed at the same moment do
    not all come back at the same moment.
    """

    first: float = 0.5
    longest: float = 2.0
    jitter: float = 0.2


class BackOff:
    """Gives one wait after the other."""

    def __init__(self, rule: BackOffRule, *, seed: int | None = None) -> None:
        self._rule = rule
        self._random = Random(seed)  # noqa: S311 (nothing secret)
        self._failures = 0

    def wait(self) -> float:
        """Seconds to wait after another failure."""
        rule = self._rule
        usual = min(rule.longest, rule.first * 2.0 ** min(self._failures, 32))
        self._failures += 1
        return usual * (1.0 + self._random.uniform(-rule.jitter, rule.jitter))

    def succeeded(self) -> None:
        """What was tried has worked: the next wait is the first again."""
        self._failures = 0

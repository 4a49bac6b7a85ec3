"""Messages that are to be delivered: kept until they are, or until it is hopeless."""

from dataclasses import dataclass
from enum import Enum

MOST_WAITING = 1000  # of all deliveries together; the oldest give way
MOST_KEPT = 200  # that are sent or given up, to be looked at
_WAITS = (5.0, 15.0, 60.0, 300.0, 900.0, 3600.0)  # s until the next try, the last one on and on
SOONEST = _WAITS[0]  # s after a failed try at which the next may be
_PATIENCE = 24 * 3600.0  # s after which nobody needs to know any more
_REFUSALS = 5  # tries of what the other side has refused, not failed to take


class Moment(Enum):
    """What a message tells of."""

    BEGAN = "began"
    ENDED = "ended"
    TEST = "test"


class OutboxState(Enum):
    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEntry:
    """A message for one delivery; times are seconds since 1970.

    `body` is JSON as `core.alarm_message` makes it. `error` is why the last of its `attempts`, at
    `tried`, failed, empty where none has. Until `claimed` somebody is sending it.
    """

    id: int
    delivery_id: str
    alarm_id: str | None
    moment: Moment
    body: str
    created: float
    state: OutboxState = OutboxState.WAITING
    attempts: int = 0
    next_try: float = 0.0
    error: str = ""
    done: float | None = None
    tried: float | None = None
    claimed: float = 0.0


def next_try(entry: OutboxEntry, *, now: float, refused: bool) -> float | None:
    """When to try again what has just failed; None where it is given up.

    `entry.attempts` counts the tries before this one. What was `refused` would be so again: it is
    tried a few times only.
    """
    tries = entry.attempts + 1
    if refused and tries >= _REFUSALS:
        return None
    if now - entry.created > _PATIENCE:
        return None
    return now + _WAITS[min(tries, len(_WAITS)) - 1]

"""What recordings really show, as a person or a data set wrote it down."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthSpan:
    """What a recording really shows from `start` to `end` (s)."""

    start: float
    end: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingTruth:
    """All that a recording really shows, in order of time; one span for each start."""

    recording_id: int
    spans: tuple[TruthSpan, ...]

    @classmethod
    def of(cls, recording_id: int, spans: Iterable[TruthSpan]) -> "RecordingTruth | None":
        """What is to be kept of spans: of several that begin together the last; None of none."""
        kept = {span.start: span for span in spans}.values()
        ordered = tuple(sorted(kept, key=attrgetter("start")))
        return cls(recording_id=recording_id, spans=ordered) if ordered else None

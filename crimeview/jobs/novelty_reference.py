"""What the evaluation of scene novelty learns from, and of which recordings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from crimeview.core.job import Job, Step
from crimeview.evaluation.labels import FrameLabel
from crimeview.evaluation.pointing import FrameMasks
from crimeview.evaluation.splits import judged_flags
from crimeview.jobs.moments import parts_of
from crimeview.jobs.reading_moments import ReadMoments
from crimeview.jobs.scene import stepped
from crimeview.scene.cells import Moments
from crimeview.scene.learning import learning
from crimeview.scene.usual import Usual

Reference = Literal["clips", "self", "quiet"]


@dataclass(frozen=True, slots=True)
class ReadLabel:
    """A row of the table with the moments of its recording, and its masks if it has any."""

    label: FrameLabel
    moments: ReadMoments
    masks: FrameMasks | None

    def parts(self) -> Iterator[Moments]:
        reading = self.moments.reading
        return parts_of(self.moments.grid, reading.times, reading.numbers)

    @property
    def camera(self) -> tuple[object, ...]:
        """What recordings of one camera have in common."""
        return self.label.columns.get("camera", ""), self.moments.grid


@dataclass(frozen=True, slots=True)
class Parted:
    """The recordings that are `judged` and those that are `learned` from, with a `note` on why."""

    judged: list[ReadLabel]
    learned: list[ReadLabel]
    note: str | None

    @property
    def has_both(self) -> bool:
        return bool(self.judged and self.learned)

    def everything_judged(self) -> "Parted":
        """All of them judged: false alarms can be counted where there are no events."""
        return Parted(self.learned + self.judged, [], None)


def parted(read: Sequence[ReadLabel]) -> Parted:
    """What is judged and what is not, see `judged_flags`."""
    flags, note = judged_flags([each.label for each in read])
    told = list(zip(read, flags, strict=True))
    return Parted([each for each, f in told if f], [each for each, f in told if not f], note)


def learn(
    judged: Sequence[ReadLabel], others: Sequence[ReadLabel], reference: Reference
) -> Job[list[Usual | None]]:
    """What is usual for each judged recording; None where there is nothing to learn from.

    `others` are not judged: with the reference “clips” they are what is learned from, and trusted
    to be quiet; otherwise quiet time is chosen as in an analysis.
    """
    known: dict[object, Usual | None] = {}
    found = []
    for number, each in enumerate(judged):
        step = Step(done=number, total=len(judged), message="Learning what is usual")
        yield step
        key: object = number if reference == "quiet" else each.camera
        if key not in known:
            chosen = _reference_of(each, judged, others, reference)
            known[key] = yield from _usual(chosen, step, trust=reference == "clips")
        found.append(known[key])
    return found


def _reference_of(
    each: ReadLabel,
    judged: Sequence[ReadLabel],
    others: Sequence[ReadLabel],
    reference: Reference,
) -> list[ReadLabel]:
    match reference:
        case "quiet":
            return [each]
        case "self":
            return [other for other in judged if other.camera == each.camera]
        case _:
            return [other for other in others if other.camera == each.camera]


def _usual(read: Sequence[ReadLabel], step: Step, *, trust: bool) -> Job[Usual | None]:
    if not read:
        return None

    def parts() -> Iterator[Moments]:
        return chain.from_iterable(each.parts() for each in read)

    work = learning(parts, read[0].moments.grid, trust=trust)
    return Usual((yield from stepped(work, step.message, done=step.done)))

"""What the evaluation of scene novelty learns from, and of which recordings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from crimeview.core.job import Job, Step
from crimeview.evaluation.labels import FrameLabel
from crimeview.evaluation.pointing import FrameMasks
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


def has_both_kinds(read: Sequence[ReadLabel]) -> bool:
    """Whether there are recordings to judge, and others to learn from."""
    return len({_is_judged(each.label) for each in read}) == 2


def judged_of(read: Sequence[ReadLabel], reference: Reference) -> list[ReadLabel]:
    """Those that are judged: not of the split “train”; without splits, those with events.

    Where nothing is learned from recordings without events and there are no others, they are
    judged: false alarms can be counted on them.
    """
    judged = [each for each in read if _is_judged(each.label)]
    return judged or (list(read) if reference != "clips" else [])


def learn(
    read: Sequence[ReadLabel], judged: Sequence[ReadLabel], reference: Reference
) -> Job[list[Usual | None]]:
    """What is usual for each judged recording; None where there is nothing to learn from.

    What is known to be quiet is trusted, otherwise quiet time is chosen as in an analysis.
    """
    known: dict[object, Usual | None] = {}
    found = []
    for number, each in enumerate(judged):
        step = Step(done=number, total=len(judged), message="Learning what is usual")
        yield step
        key: object = number if reference == "quiet" else each.camera
        if key not in known:
            chosen = _reference_of(each, read, judged, reference)
            known[key] = yield from _usual(chosen, step, trust=reference == "clips")
        found.append(known[key])
    return found


def _is_judged(label: FrameLabel) -> bool:
    split = label.columns.get("split", "").lower()
    return split != "train" if split else bool(label.events)


def _reference_of(
    each: ReadLabel, read: Sequence[ReadLabel], judged: Sequence[ReadLabel], reference: Reference
) -> list[ReadLabel]:
    match reference:
        case "quiet":
            return [each]
        case "self":
            return [other for other in judged if other.camera == each.camera]
        case _:
            others = [other for other in read if not _is_judged(other.label)]
            return [other for other in others if other.camera == each.camera]


def _usual(read: Sequence[ReadLabel], step: Step, *, trust: bool) -> Job[Usual | None]:
    if not read:
        return None

    def parts() -> Iterator[Moments]:
        return chain.from_iterable(each.parts() for each in read)

    work = learning(parts, read[0].moments.grid, trust=trust)
    return Usual((yield from stepped(work, step.message, done=step.done)))

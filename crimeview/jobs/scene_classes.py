"""The classes of objects that a recording shows: learned for its camera, and which are new."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce

from crimeview.core.objects import Objects
from crimeview.core.scene import Camera, Lesson
from crimeview.core.track import Track
from crimeview.scene.cells import CellGrid
from crimeview.scene.class_counts import ClassCounter, ClassCounts
from crimeview.scene.learning import Work
from crimeview.scene.new_classes import ClassJudge, NewSeen
from crimeview.scene.things import Seen, Thing, Things
from crimeview.store.case import Case
from crimeview.store.features import FeatureWriter
from crimeview.store.scenes import CameraLesson

NAMES = "objects"  # of a run's settings: what the detector calls its classes, in their order
_ROWS = 1024  # read at once
_PART = 32  # looks between which other work may go on

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ObjectLooks:
    """What a detector saw in a recording, look by look.

    `finder` is equal where what is found would be, `names` are those of the classes; `rows` gives
    the looks anew at each call; `aspect` is how many times as wide as high the picture is.
    """

    finder: str
    names: tuple[str, ...]
    rows: Callable[[], Iterable[Track]]
    aspect: float

    def looks(self) -> Iterator[tuple[float, Objects]]:
        """The time (s) of each look, and what was seen."""
        for part in self.rows():
            for span, row in zip(part.times, part.values, strict=True):
                objects = Objects.of_row(row)
                if objects is not None:
                    yield float(span[0]), objects


def object_looks(
    writer: FeatureWriter, *, finder: str, names: Iterable[str], grid: CellGrid
) -> ObjectLooks:
    """What is stored of the objects of a recording whose picture has that grid."""
    return ObjectLooks(
        finder=f"{finder} {writer.clip_key}",
        names=tuple(names),
        rows=lambda: writer.parts(rows=_ROWS),
        aspect=grid.columns / grid.rows,
    )


def stored_looks(case: Case, run_id: int, grid: CellGrid) -> ObjectLooks | None:
    """The looks of a run; None where no detector looked."""
    stored = case.novelty.objects(run_id)
    names = json.loads(stored.settings_json).get(NAMES) if stored is not None else None
    if stored is None or not names:
        return None
    return object_looks(stored.writer, finder=stored.finder, names=names, grid=grid)


def known_classes(case: Case, camera: Camera, *, but: int | None = None) -> ClassCounts:
    """The classes that a camera has learned; of the recording `but` not those it showed itself."""
    lessons = [
        ClassCounts.from_bytes(lesson.classes)
        for lesson in case.scenes.lessons(camera.id)
        if lesson.classes is not None and not _is_own(lesson, but)
    ]
    return reduce(ClassCounts.__add__, lessons, ClassCounts.nothing())


def shows_itself(case: Case, camera: Camera, recording_id: int) -> bool:
    """Whether what a camera has learned holds the classes of that recording."""
    lessons = case.scenes.lessons(camera.id)
    return any(_is_own(x, recording_id) and x.classes is not None for x in lessons)


def counting(looks: ObjectLooks, *, span: Span | None = None) -> Work[ClassCounts]:
    """The classes of a recording or of a span of it; yields every few milliseconds."""
    counter = ClassCounter(looks.names)
    things = Things(aspect=looks.aspect)
    for number, (time, objects) in enumerate(looks.looks()):
        if span is None or span[0] <= time < span[1]:
            counter.look()
        counter.add(_within(things.take(time, objects), span))
        if number % _PART == 0:
            yield
    counter.add(_within(things.finish(), span))
    return counter.result()


def learning_classes(looks: ObjectLooks, known: ClassCounts) -> Work[ClassCounts]:
    """What a recording shows, with how much of it was new itself beside what is known."""
    counts = yield from counting(looks)
    judge = yield from _judging(looks, known + counts, own=True)
    return replace(counts, odd=judge.odd())


def judging_classes(looks: ObjectLooks, known: ClassCounts, *, own: bool) -> Work[list[NewSeen]]:
    """What is new in a recording; `own`: what is known holds what it shows itself."""
    judge = yield from _judging(looks, known, own=own)
    return judge.result()


def _judging(looks: ObjectLooks, known: ClassCounts, *, own: bool) -> Work[ClassJudge]:
    judge = ClassJudge(known, names=looks.names, own=own)
    things = Things(aspect=looks.aspect)
    for number, (time, objects) in enumerate(looks.looks()):
        judge.take(things.take(time, objects))
        if number % _PART == 0:
            yield
    judge.take(things.finish())
    return judge


def _within(things: Iterable[Thing], span: Span | None) -> list[Thing]:
    if span is None:
        return list(things)

    def inside(seen: Seen) -> bool:
        return span[0] <= seen.time < span[1]

    return [replace(thing, seen=tuple(filter(inside, thing.seen))) for thing in things]


def _is_own(lesson: CameraLesson, recording_id: int | None) -> bool:
    return lesson.kind is Lesson.QUIET and lesson.recording_id == recording_id

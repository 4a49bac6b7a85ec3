"""Learning types from what people said of a case's segments, where that does no harm."""

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crimeview.atlas.learned_types import (
    LearnedTypes,
    all_classes,
    best_trust,
    held_out,
    to_bytes,
)
from crimeview.core.edit import Action, Change, Edit
from crimeview.core.embedding import unit
from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.core.review import ReviewState
from crimeview.core.track import Track, TrackKind
from crimeview.core.type_suggestion import ORDINARY, TypeLessonUse
from crimeview.evaluation.figure import Resampling
from crimeview.evaluation.summary import Summary, figure
from crimeview.jobs.phases import phase
from crimeview.jobs.suggest_types import feature_space, span_vectors, suggest_types
from crimeview.jobs.type_judge import KindChances, type_model
from crimeview.nets.type_classifier import TypeClassifier
from crimeview.store.case import Case
from crimeview.store.rows import CaseSegment, TypeLesson

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

FEWEST = 6  # segments that were named, to learn from
_PART = 4096  # clips


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What came of learning.

    `lesson` is None where it would have done worse than what was there, and is not used. `figures`
    are of segments of recordings that it had not seen, before and after; `suggested` is how many
    segments have a type suggested now.
    """

    lesson: TypeLesson | None
    figures: Summary
    suggested: int

    @property
    def said(self) -> int:
        """How many segments were learned from."""
        return int(self.figures["counts"]["segments"])


def learn_types(case: Case, *, reviewer: str) -> Job[Learned]:
    """Learn from the types that people gave, and from what they dismissed, which is ordinary.

    Each recording's are foretold from those of the other recordings, with and without learning: it
    is kept only where it is right no less often and no less sure of what is right. Raises
    UsageError where too little was said.
    """
    said = yield from phase(_said(case), number=0, count=3)
    yield Step(done=1, total=3, message="Learning types")
    with ExitStack() as nets:
        model = type_model(said.space)
        classifier = nets.enter_context(TypeClassifier(model)) if model is not None else None
        chances = KindChances(classifier)
        figures, learned = _learn(said, chances)
    lesson = None
    if figures["kept"]:
        kept = case.types.prepare(
            space=said.space,
            reviewer=reviewer,
            figures=json.dumps(figures, ensure_ascii=False),
            arrays=to_bytes(learned),
        )
        lesson = replace(kept, used=True)
        case.edits.make(_edit(Action.LEARN_TYPES, {kept: True}), reviewer=reviewer)
    told = yield from phase(suggest_types(case), number=2, count=3)
    return Learned(lesson=lesson, figures=figures, suggested=told)


def forget_types(case: Case, *, reviewer: str = "") -> Job[TypeLesson]:
    """Forget what was learned last, and suggest by what was there before; gives what is forgotten.

    It stays in the case and can be used again: forgetting is an edit, as learning is. Raises
    UsageError where nothing is used.
    """
    used = [lesson for lesson in case.types.lessons() if lesson.used]
    if not used:
        raise UsageError("This case has learned nothing of types that could be forgotten.")
    case.edits.make(_edit(Action.FORGET_TYPES, {used[-1]: False}), reviewer=reviewer)
    yield from suggest_types(case)
    return used[-1]


def recall_types(case: Case, lesson_id: int, *, reviewer: str = "") -> Job[TypeLesson]:
    """Use again what was forgotten, and nothing that was learned later, by an edit.

    Raises UsageError where there is no such lesson.
    """
    lessons = case.types.lessons()
    wanted = next((lesson for lesson in lessons if lesson.id == lesson_id), None)
    if wanted is None:
        known = ", ".join(str(lesson.id) for lesson in lessons) or "none"
        raise UsageError(f"This case has no lesson {lesson_id}; there are: {known}.")
    later = [each for each in lessons if each.space == wanted.space and each.id >= wanted.id]
    edit = _edit(Action.LEARN_TYPES, {lesson: lesson is wanted for lesson in later})
    if edit.changes:
        case.edits.make(edit, reviewer=reviewer)
    yield from suggest_types(case)
    return wanted


def _edit(action: Action, used: Mapping[TypeLesson, bool]) -> Edit:
    """The edit that has lessons used or not, of those that it is to change."""
    changes = (
        Change(
            before=TypeLessonUse(id=lesson.id, used=lesson.used),
            after=TypeLessonUse(id=lesson.id, used=use),
        )
        for lesson, use in used.items()
        if lesson.used is not use
    )
    return Edit(action=action, changes=tuple(changes))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """Segments with a type: `vectors` (n, d), each of length one, their `kinds` and contents.

    `center` (d,) is the mean of the clips of their recordings.
    """

    space: str
    vectors: Floats
    kinds: tuple[str, ...]
    groups: tuple[str, ...]
    center: Floats


def _said(case: Case) -> Job[_Said]:
    """What was said of segments with features of the space in which most was said."""
    by_recording: dict[int, list[tuple[CaseSegment, str]]] = {}
    for row in case.segments():
        kind = _kind(row)
        if kind is not None:
            by_recording.setdefault(row.recording_id, []).append((row, kind))
    found: dict[str, _Gathering] = {}
    for done, (number, rows) in enumerate(sorted(by_recording.items())):
        yield Step(done=done, total=len(by_recording), message="Averaging features of segments")
        space = feature_space(case, number)
        found.setdefault(space, _Gathering(space)).take(case, number, rows)
    best = max(found.values(), key=lambda g: len(g.kinds), default=None)
    count = len(best.kinds) if best is not None else 0
    if best is None or count < FEWEST or len(set(best.kinds)) < 2:
        raise UsageError(
            f"{count} segments with features have a type or are dismissed; give types to at least "
            f"{FEWEST}, of two kinds or more (dismissed ones are a kind), to learn from them."
        )
    if len(set(best.groups)) < 2:
        raise UsageError(
            "All that was said is of one recording, so that it cannot be found out whether "
            "learning helps with others; review segments of another recording as well."
        )
    return best.said()


class _Gathering:
    """What was said of segments of one feature space."""

    def __init__(self, space: str) -> None:
        self._space = space
        self._vectors: list[Floats] = []
        self.kinds: list[str] = []
        self.groups: list[str] = []
        self._sum: Doubles | None = None
        self._clips = 0

    def take(self, case: Case, number: int, rows: Sequence[tuple[CaseSegment, str]]) -> None:
        scores = case.track(number, TrackKind.CLIP_SCORES)
        if scores is None or len(scores.times) == 0:
            return
        spans = [(row.segment.start, row.segment.end) for row, _ in rows]
        parts = (self._counted(part) for part in case.feature_parts(number, rows=_PART))
        for vector, (row, kind) in zip(span_vectors(parts, scores, spans), rows, strict=True):
            if vector is not None:
                self._vectors.append(vector)
                self.kinds.append(kind)
                self.groups.append(row.content or str(number))

    def said(self) -> _Said:
        assert self._sum is not None
        return _Said(
            space=self._space,
            vectors=np.stack(self._vectors),
            kinds=tuple(self.kinds),
            groups=tuple(self.groups),
            center=np.asarray(self._sum / self._clips, np.float32),
        )

    def _counted(self, part: Track) -> Track:
        """The part, whose clips count for the center."""
        summed = unit(part.values).sum(axis=0, dtype=np.float64)
        self._sum = summed if self._sum is None else self._sum + summed
        self._clips += len(part.values)
        return part


def _kind(row: CaseSegment) -> str | None:
    """What a person said that a segment is; None where that is not known, or of another file."""
    if row.review is None or row.outdated:
        return None
    if row.state is ReviewState.DISMISSED:
        return ORDINARY
    return row.review.kind or None


def _learn(said: _Said, chances: KindChances) -> tuple[Summary, LearnedTypes]:
    """What is learned, and how it does beside the classifier alone on what it has not seen."""
    all_ = all_classes(chances.kinds, said.kinds)
    prior = np.full((len(said.kinds), len(all_)), 1 / len(all_))
    if chances.kinds:
        prior[:] = 0
        prior[:, : len(chances.kinds)] = chances.of(said.vectors)
    rows = unit(said.vectors - said.center)
    after = held_out(rows, said.kinds, said.groups, prior, all_)
    trust = best_trust(rows, said.kinds, said.groups, prior, all_)
    learned = LearnedTypes(vectors=rows, kinds=said.kinds, center=said.center, trust=trust)
    return _figures(said, all_, prior, after, has_classifier=bool(chances.kinds)), learned


def _figures(
    said: _Said, all_: Sequence[str], prior: Doubles, after: Doubles, *, has_classifier: bool
) -> Summary:
    kinds = np.array([list(all_).index(kind) for kind in said.kinds])
    own = np.arange(len(kinds))
    right = {"before": prior.argmax(axis=1) == kinds, "after": after.argmax(axis=1) == kinds}
    sure = {"before": prior[own, kinds], "after": after[own, kinds]}
    if not has_classifier:  # nothing was suggested then
        right["before"], sure["before"] = np.zeros(len(kinds), np.bool_), np.zeros(len(kinds))
    resampling, ones = Resampling(said.groups), np.ones(len(kinds))

    def share(values: NDArray[Any]) -> Any:
        return figure(resampling.share(np.asarray(values, np.float64), ones))

    gain = right["after"].astype(np.float64) - right["before"]
    return {
        "counts": {
            "segments": len(kinds),
            "recordings": len(set(said.groups)),
            "kinds": {kind: said.kinds.count(kind) for kind in sorted(set(said.kinds))},
        },
        "before": {"accuracy": share(right["before"]), "chance_of_right": share(sure["before"])},
        "after": {"accuracy": share(right["after"]), "chance_of_right": share(sure["after"])},
        "gain_in_accuracy": share(gain),
        "kept": bool(gain.sum() >= 0 and sure["after"].mean() >= sure["before"].mean()),
    }

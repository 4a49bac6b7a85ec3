from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crimeview.training.data.composition import (
    Composition,
    CompositionRecipe,
    Insert,
    Picture,
    composed,
    plan_compositions,
    spans_of,
)
from crimeview.training.data.examples import FOLDS, Example

RATE = 20.0


def _examples() -> list[Example]:
    """Each fold has a camera, a source of quiet clips, and fights and crashes of its own."""
    made = []
    for fold in range(FOLDS):
        for number in range(6):
            label = ("normal", "fight", "crash")[number % 3]
            made.append(
                Example(
                    path=Path(f"{label}-{fold}-{number}.mp4"),
                    data="clips",
                    label=label,
                    group=f"clips/{fold}-{number // 3}",
                    fold=fold,
                    central=2.0,
                )
            )
        made.append(
            Example(
                path=Path(f"camera-{fold}.mp4"),
                data="cameras",
                label="normal",
                group=f"cameras/{fold}",
                fold=fold,
            )
        )
    return made


EXAMPLES = _examples()
LENGTHS = {e.path: 2.0 if e.central else 40.0 for e in EXAMPLES}


@settings(max_examples=30)
@given(st.integers(0, 100), st.integers(1, 25), st.integers(0, 5), st.integers(0, 3))
def test_a_plan_keeps_to_its_fold_and_nothing_overlaps(
    seed: int, count: int, events: int, decoys: int
) -> None:
    recipe = CompositionRecipe(seed=seed, count=count, events=events, decoys=decoys, seconds=100)
    plans = plan_compositions(EXAMPLES, LENGTHS, recipe)
    assert plans == plan_compositions(EXAMPLES, LENGTHS, recipe)
    assert len(plans) == count
    fold_of = {e.path: e.fold for e in EXAMPLES}
    for plan in plans:
        used = [*plan.background, *(i.path for i in plan.inserts)]
        assert {fold_of[path] for path in used} == {plan.fold}
        assert sum(i.label != "normal" for i in plan.inserts) <= events
        assert sum(i.label == "normal" for i in plan.inserts) <= decoys
        edges = [i.at for i in plan.inserts]
        assert all(b - a >= LENGTHS[Path(plan.inserts[0].path)] for a, b in pairwise(edges))
        assert all(0 < at <= 98 for at in edges)


def test_the_folds_take_turns_and_no_clip_comes_much_oftener_than_another() -> None:
    recipe = CompositionRecipe(count=25, events=4, decoys=0)
    plans = plan_compositions(EXAMPLES, LENGTHS, recipe)
    assert [p.fold for p in plans] == [0, 1, 2, 3, 4] * 5
    for fold in range(FOLDS):
        assert sorted(len(p.inserts) for p in plans if p.fold == fold) == [0, 1, 2, 3, 4]
        used = [i.path for p in plans if p.fold == fold for i in p.inserts]
        for kind in ("fight", "crash"):
            uses = Counter(path for path in used if path.name.startswith(kind)).values()
            assert max(uses) - min(uses) <= 1


def test_backgrounds_are_whole_cameras_unless_there_is_none() -> None:
    plans = plan_compositions(EXAMPLES, LENGTHS, CompositionRecipe(count=5))
    assert {p.group.split("/")[0] for p in plans} == {"cameras"}
    clips = [e for e in EXAMPLES if e.data == "clips"]
    plans = plan_compositions(clips, LENGTHS, CompositionRecipe(count=5))
    assert {p.group.split("/")[0] for p in plans} == {"clips"}
    events = [e for e in clips if e.label != "normal"]
    assert plan_compositions(events, LENGTHS, CompositionRecipe(count=5)) == []


def _show(path: Path) -> Iterator[Picture]:
    """A background that brightens from 0 to 99, or an event of 30 pictures of 200."""
    values = range(100) if path.stem == "quiet" else [200] * 30
    return (np.full((2, 2, 3), value, np.uint8) for value in values)


def _plan(*inserts: Insert, seconds: float = 15.0) -> Composition:
    return Composition(
        name="x",
        fold=0,
        group="g",
        background=(Path("quiet.mp4"),),
        inserts=inserts,
        seconds=seconds,
        fade=0.25,
    )


def _insert(at: float, *, label: str = "fight") -> Insert:
    return Insert(path=Path(f"{label}.mp4"), label=label, group="e", at=at)


def test_an_event_is_shown_where_its_span_says_and_fades_in_and_out() -> None:
    plan = _plan(_insert(2.0), _insert(8.0, label="normal"))
    pictures, shown = zip(*composed(plan, rate=RATE, show=_show), strict=True)
    assert len(pictures) == 300
    ((event, start, end),) = spans_of(shown, plan)  # the decoy is none
    assert (event.label, start, end) == ("fight", 40, 70)
    levels = np.array([int(p.mean()) for p in pictures])
    assert (levels[45:65] == 200).all()
    assert (np.diff(levels[39:46]) > 15).all()
    assert (np.diff(levels[64:71]) < -15).all()
    assert levels[39] == 39
    assert levels[70] == 70
    assert (levels[165:185] == 200).all()


def test_the_loop_has_no_jump() -> None:
    levels = [float(p.mean()) for p, _ in composed(_plan(), rate=RATE, show=_show)]
    steps = np.abs(np.diff(levels))
    assert levels[:90] == list(range(90))
    assert steps.max() < 12  # a cut would be a step of 99, the seam lasts ten pictures
    assert levels[95:180].index(min(levels[95:180])) > 0
    assert levels[105] == pytest.approx(levels[105 - 90], abs=1)


def test_an_event_waits_for_the_one_before() -> None:
    plan = _plan(_insert(1.0), _insert(1.2))
    _, shown = zip(*composed(plan, rate=RATE, show=_show), strict=True)
    assert [(s, e) for _, s, e in spans_of(shown, plan)] == [(20, 50), (50, 80)]


def test_clips_shorter_than_the_seam_still_fill_the_recording() -> None:
    def short(path: Path) -> Iterator[Picture]:
        return islice(_show(path), 3)

    assert len(list(composed(_plan(), rate=RATE, show=short))) == 300

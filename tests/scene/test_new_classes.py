"""Things from single looks, what is known of their classes, and which are new."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from crimeview.core.errors import CaseError
from crimeview.core.novelty import Reason
from crimeview.core.objects import Objects, unlooked_row
from crimeview.scene.class_counts import NEEDED, ClassCounter, ClassCounts
from crimeview.scene.new_classes import ClassJudge, NewSeen, scores_at
from crimeview.scene.things import Thing, Things

NAMES = ("person", "car", "truck")
PERSON, CAR, TRUCK = range(3)
Look = list[tuple[int, float, float, float]]  # class, score, column and row of the middle


def _objects(look: Look) -> Objects:
    boxes = [(x - 0.05, y - 0.1, x + 0.05, y + 0.1) for _, _, x, y in look]
    return Objects(
        np.array(boxes, np.float32).reshape(-1, 4),
        np.array([score for _, score, _, _ in look], np.float32),
        np.array([kind for kind, _, _, _ in look], np.intp),
    )


def _walks(looks: int, *, every: int = 40, row: float = 0.3) -> list[Look]:
    """Looks in which a person crosses from the left, again and again, with breaks."""
    return [
        [(PERSON, 0.8, 0.1 + 0.05 * (number % every), row)] if number % every < 16 else []
        for number in range(looks)
    ]


def _with(looks: list[Look], at: int, kind: int, count: int, *, row: float = 0.3) -> list[Look]:
    """The looks with something more that crosses from the right."""
    for number in range(count):
        looks[at + number] = [*looks[at + number], (kind, 0.9, 0.9 - 0.05 * number, row)]
    return looks


def _blocks(looks: Sequence[Look]) -> Iterator[list[Thing]]:
    things = Things(aspect=16 / 9)
    for number, look in enumerate(looks):
        yield things.take(number / 2, _objects(look))
    yield things.finish()


def _counts(looks: Sequence[Look]) -> ClassCounts:
    counter = ClassCounter(NAMES)
    for _ in looks:
        counter.look()
    for things in _blocks(looks):
        counter.add(things)
    return counter.result()


def _new(looks: Sequence[Look], known: ClassCounts, *, own: bool = True) -> list[NewSeen]:
    judge = ClassJudge(known, names=NAMES, own=own)
    for things in _blocks(looks):
        judge.take(things)
    return judge.result()


def test_a_row_gives_back_its_objects() -> None:
    objects = _objects([(TRUCK, 0.5, 0.4, 0.5), (PERSON, 0.75, 0.2, 0.2)])
    back = Objects.of_row(objects.row().astype(np.float16))
    assert back is not None
    assert back.classes.tolist() == [PERSON, TRUCK]  # the surest first
    assert back.scores.tolist() == [0.75, 0.5]
    assert np.allclose(back.boxes[1], objects.boxes[0], atol=1e-3)
    assert Objects.of_row(Objects.none().row()) is not None
    assert Objects.of_row(unlooked_row()) is None


@pytest.mark.parametrize(
    ("looks", "kinds"),
    [
        ([[(CAR, 0.8, 0.3, 0.5)]] * 3, []),  # too few
        ([[(CAR, 0.8, 0.3, 0.5)]] * 6, [CAR]),
        ([[(CAR, 0.55, 0.3, 0.5)]] + [[(CAR, 0.35, 0.3, 0.5)]] * 5, []),  # unsure
        ([[(CAR if n % 4 else TRUCK, 0.8, 0.3, 0.5)] for n in range(8)], [CAR]),
        ([[(CAR if n % 2 else TRUCK, 0.8, 0.3, 0.5)] for n in range(8)], []),  # undecided
    ],
)
def test_a_thing_is_what_several_looks_agree_on(looks: list[Look], kinds: list[int]) -> None:
    found = [thing.kind for things in _blocks(looks) for thing in things]
    assert found == kinds


def test_counts_are_of_looks_and_occasions_and_can_be_added() -> None:
    looks = _with(_walks(1200), 100, TRUCK, 12)
    looks = _with(looks, 900, TRUCK, 12)
    counts = _counts(looks)
    assert counts.looks == 1200
    assert counts.seen[TRUCK] == 24
    assert counts.came[TRUCK] == 2
    assert counts.came[PERSON] == 1, "nobody is away for long"
    assert counts.seen[PERSON] == 16 * 30
    assert counts.came_at[TRUCK].max() == 2
    other = ClassCounts.nothing(("dog", "truck")) + counts
    assert other.names == ("dog", "truck", "person", "car")
    assert other.seen[1] == 24
    assert ClassCounts.from_bytes(other.to_bytes()).of(NAMES).seen.tolist() == counts.seen.tolist()


def test_a_class_that_never_came_is_new_with_its_number() -> None:
    looks = _with(_walks(412), 200, TRUCK, 12)
    found = _new(looks, _counts(looks))
    assert {each.mark.reason for each in found} == {Reason.NEW_CLASS}
    assert [each.time for each in found] == [100 + n / 2 for n in range(12)]
    mark = found[0].mark
    assert mark.seen is not None
    assert (mark.seen.name, mark.seen.looks, mark.number) == ("truck", 400, 0)
    assert (mark.left, mark.right) == pytest.approx((0.85, 0.95))
    assert found[0].score > 0.5


def test_what_came_before_often_enough_is_known() -> None:
    looks = _with(_walks(412), 200, TRUCK, 12)
    before = _counts(_with(_walks(1200), 100, TRUCK, 12))
    (first, *_) = _new(looks, before + _counts(looks))
    assert first.mark.number == 12, "one occasion may have been the incident itself"
    for _ in range(NEEDED - 1):
        before = before + _counts(_with(_walks(1200), 100, TRUCK, 12))
    assert _new(looks, before + _counts(looks)) == []


def test_what_a_person_calls_usual_is_known_at_once() -> None:
    looks = _with(_walks(412), 200, TRUCK, 12)
    taught = _counts(looks[190:220]).as_usual()
    assert _new(looks, _counts(looks) + taught) == []


def test_who_is_there_all_the_time_is_not_new() -> None:
    looks: list[Look] = [[(PERSON, 0.8, 0.3 + 0.1 * np.sin(n), 0.5)] for n in range(1000)]
    assert _new(looks, _counts(looks)) == []


def test_little_is_not_enough_to_say_never() -> None:
    looks = _with(_walks(60), 20, TRUCK, 12)
    assert _new(looks, _counts(looks)) == []


def test_a_place_is_new_once_the_camera_is_known_well() -> None:
    looks = _with(_walks(412), 200, PERSON, 12, row=0.85)
    assert all(each.score < 0.5 for each in _new(looks, _counts(looks)))
    long = _with(_walks(8000), 5000, PERSON, 12, row=0.85)
    found = _new(long, _counts(long))
    assert {each.mark.reason for each in found} == {Reason.NEW_CLASS_HERE}
    assert found[0].score > 0.5
    assert 2499 <= found[0].time <= 2502


def test_a_detector_that_errs_often_raises_fewer_alarms() -> None:
    looks = _with(_walks(412), 200, TRUCK, 12)
    sure = _counts(looks)
    erring = ClassCounts(**{**_fields(sure), "odd": np.array([6, 0], np.float32)})
    assert _new(looks, sure)[0].score > 0.5 > _new(looks, erring)[0].score


def test_scores_hold_from_look_to_look() -> None:
    looks = _with(_walks(412), 200, TRUCK, 12)
    found = _new(looks, _counts(looks))
    begins = np.arange(0, 206, 0.08)
    scores = scores_at(np.stack([begins, begins + 0.16], axis=1), found, hold=0.75)
    inside = (begins > 100) & (begins < 105.5)
    assert (scores[inside] > 0.5).all()
    assert not scores[(begins < 99) | (begins > 107)].any()


def test_other_formats_are_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    content = ClassCounts.nothing(NAMES).to_bytes()
    monkeypatch.setattr("crimeview.scene.class_counts.FORMAT", 99)
    with pytest.raises(CaseError, match="another version"):
        ClassCounts.from_bytes(content)


def _fields(counts: ClassCounts) -> dict[str, object]:
    names = ("names", "looked", "seen", "came", "seen_at", "came_at", "odd", "looks")
    return {name: getattr(counts, name) for name in names}

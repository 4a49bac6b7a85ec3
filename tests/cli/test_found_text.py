import pytest

from crimeview.cli.found_text import found_by_text, per_hour_text, why_text
from crimeview.core.found_by import FoundBy
from crimeview.core.novelty import Reason
from crimeview.core.segment import Segment


def _segment(**more: object) -> Segment:
    return Segment(start=1, end=2, peak=0.9, peak_time=1, mean=0.5, **more)  # type: ignore[arg-type]


def test_scorers_are_named() -> None:
    assert found_by_text(_segment()) == "events"
    assert found_by_text(_segment(found_by=FoundBy.VIOLENCE | FoundBy.NOVELTY)) == (
        "violence + novelty"
    )
    assert found_by_text(_segment(found_by=FoundBy.NOTHING)) == ""


@pytest.mark.parametrize(
    ("reason", "number", "text"),
    [
        (Reason.FAST, 2.53, "fast 2.5x"),
        (Reason.LARGE, 1.2, "large 1.2x"),
        (Reason.WRONG_WAY, 0.004, "wrong way 0.4 %"),
        (Reason.WRONG_PLACE, 0.0123, "wrong place 1.2 %"),
        (Reason.LOITERING, 95.0, "loitering 95 s"),
        (Reason.STATIONARY, 42.2, "stationary 42 s"),
        (Reason.NEW_CLASS, 0.0, "new class: truck, 0 of 412 looks"),
        (Reason.NEW_CLASS_HERE, 3.0, "new class here: truck, 3 of 412 looks"),
    ],
)
def test_every_reason_has_its_number(reason: Reason, number: float, text: str) -> None:
    assert why_text(_segment(reason=reason, number=number, seen_class="truck", looks=412)) == text
    assert why_text(_segment()) == ""


@pytest.mark.parametrize(
    ("per_hour", "text"),
    [(None, ""), (0.0001, "<0.01"), (0.0312, "0.031"), (1.5, "1.5"), (42, "42")],
)
def test_how_rare_it_is(per_hour: float | None, text: str) -> None:
    assert per_hour_text(_segment(per_hour=per_hour)) == text

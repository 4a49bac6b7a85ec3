"""Which clips are deleted, by age and by size."""

from pathlib import Path

from crimeview.core.clip_order import ClipOrder, expired
from crimeview.core.watching import SavedClip

DAY = 86_400.0
NOW = 100 * DAY


def clip(days: float, *, size: int = 10, recording_id: int | None = None) -> SavedClip:
    return SavedClip(
        camera="gate",
        alarms=(),
        path=Path(f"{days}.mp4"),
        start=NOW - days * DAY - 20,
        end=NOW - days * DAY,
        sha256="",
        size=size,
        recording_id=recording_id,
    )


def gone(clips: list[SavedClip], order: ClipOrder, *, kept: set[int] = frozenset()) -> list[str]:  # type: ignore[assignment]
    return [c.path.stem for c in expired(clips, order, now=NOW, kept=kept)]


def test_what_is_too_old_goes() -> None:
    clips = [clip(40), clip(31), clip(29)]
    assert gone(clips, ClipOrder(days=30)) == ["40", "31"]
    assert gone(clips, ClipOrder(days=None)) == []


def test_of_what_is_too_much_the_oldest_goes() -> None:
    clips = [clip(3, size=50), clip(2, size=50), clip(1, size=50)]
    assert gone(clips, ClipOrder(most=100)) == ["3"]
    assert gone(clips, ClipOrder(most=99)) == ["3", "2"]
    assert gone(clips, ClipOrder(most=None)) == []


def test_what_a_person_has_judged_stays() -> None:
    clips = [clip(40, recording_id=1), clip(35, recording_id=2)]
    assert gone(clips, ClipOrder(days=30), kept={1}) == ["35"]
    assert gone(clips, ClipOrder(most=5), kept={1}) == ["35"]

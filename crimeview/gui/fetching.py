"""What the player wishes for, and the part of it that fulfills the wishes in its lane."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crimeview.core.recording import Recording

if TYPE_CHECKING:
    from crimeview.video.frames import Frame, FrameReader


@dataclass(frozen=True, slots=True)
class Wish:
    """Go to `seconds` (or stay where the reader is), then on or back by `steps` frames.

    `ahead` marks the frame after the one shown, decoded before it is due: 1 if it plays forwards,
    -1 backwards. A `rough` wish is content with any picture of before that is quick to be had.
    """

    seconds: float | None
    steps: int = 0
    ahead: int = 0
    rough: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came of a wish, and the span (s) of the frames that are decoded now."""

    frame: "Frame | None"
    kept: tuple[float, float]


class Fetcher:
    """What the lane's thread owns; every method runs there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reader: FrameReader | None = None

    def open(self) -> Recording:
        # Imported here, in the lane: decoders are slow to load.
        from crimeview.video.frames import FrameReader

        self._reader = FrameReader(self._path)
        return self._reader.recording

    def fetch(self, wish: Wish, give_up: Callable[[], bool]) -> Fetched:
        """The frame wished for; none where a step leads beyond the recording, or if given up."""
        from crimeview.video.frames import GivenUpError

        reader = self._reader
        assert reader is not None, "opened first"
        try:
            frame = _fulfill(reader, wish, give_up)
        except GivenUpError:
            frame = None
        return Fetched(frame=frame, kept=reader.kept)

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()


def _fulfill(reader: "FrameReader", wish: Wish, give_up: Callable[[], bool]) -> "Frame | None":
    frame = None
    if wish.seconds is not None and wish.rough:
        return reader.near(wish.seconds)
    if wish.seconds is not None:
        frame = reader.at(wish.seconds, give_up=give_up)
    for _ in range(abs(wish.steps)):
        stepped = reader.after() if wish.steps > 0 else reader.before()
        if stepped is None:
            break
        frame = stepped
    return frame

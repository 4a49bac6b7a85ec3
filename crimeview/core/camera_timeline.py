"""The consecutive recordings of one camera as one timeline, with its gaps."""

from collections.abc import Iterable
from dataclasses import dataclass

from crimeview.core.wall_clock import WallClock

_OVERLAP = 5.0  # s; files of one camera that overlap by more are not consecutive


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A recording with its camera and clock; `duration` is in seconds."""

    recording_id: int
    camera: str
    clock: WallClock
    duration: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A recording on a timeline: `start` and `end` are seconds from the timeline's beginning."""

    recording_id: int
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraTimeline:
    """Recordings in the order of their clocks. `zero` is when the first begins (s since 1970)."""

    camera: str
    zero: float
    pieces: tuple[Piece, ...]

    @property
    def length(self) -> float:
        """Seconds from the first beginning to the last end."""
        return max(piece.end for piece in self.pieces)

    @property
    def gaps(self) -> list[tuple[float, float]]:
        """Spans (s) without any recording."""
        found, reached = [], 0.0
        for piece in self.pieces:
            if piece.start > reached:
                found.append((reached, piece.start))
            reached = max(reached, piece.end)
        return found

    def piece_of(self, recording_id: int) -> Piece | None:
        return next((p for p in self.pieces if p.recording_id == recording_id), None)

    def piece_at(self, seconds: float) -> Piece | None:
        """The recording of a moment; None in a gap."""
        return next((p for p in self.pieces if p.start <= seconds < p.end), None)

    def nearest(self, seconds: float) -> tuple[Piece, float]:
        """The recording of a moment, or the one nearest to it, and the moment within it (s)."""

        def away(piece: Piece) -> float:
            return max(piece.start - seconds, seconds - piece.end, 0.0)

        piece = self.piece_at(seconds) or min(self.pieces, key=away)
        return piece, min(max(seconds - piece.start, 0.0), piece.end - piece.start)

    def after(self, recording_id: int) -> Piece | None:
        """The recording that follows; None after the last."""
        ids = [piece.recording_id for piece in self.pieces]
        following = ids.index(recording_id) + 1
        return self.pieces[following] if following < len(ids) else None


def camera_timelines(recordings: Iterable[Taken]) -> list[CameraTimeline]:
    """One timeline for each camera whose recordings follow one another, by name of the camera.

    A recording whose clock is not sure, or that overlaps the one before it by more than five
    seconds, is a timeline of its own.
    """
    rows: dict[str, list[list[Taken]]] = {}
    alone: list[Taken] = []
    for taken in sorted(recordings, key=lambda r: (r.clock.instant(), r.recording_id)):
        if not taken.clock.source.is_sure or taken.duration <= 0.0:
            alone.append(taken)
            continue
        for row in rows.setdefault(taken.camera, []):
            last = row[-1]
            if taken.clock.instant() >= last.clock.instant(last.duration) - _OVERLAP:
                row.append(taken)
                break
        else:
            rows[taken.camera].append([taken])
    groups = [row for camera in rows.values() for row in camera] + [[taken] for taken in alone]
    return sorted((_timeline(group) for group in groups), key=lambda t: (t.camera, t.zero))


def _timeline(group: list[Taken]) -> CameraTimeline:
    zero = group[0].clock.instant()
    pieces = []
    for taken in group:
        start = taken.clock.instant() - zero
        pieces.append(
            Piece(recording_id=taken.recording_id, start=start, end=start + taken.duration)
        )
    return CameraTimeline(camera=group[0].camera, zero=zero, pieces=tuple(pieces))

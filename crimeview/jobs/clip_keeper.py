"""Recording around alarms, in a thread of its own: a slow disk holds no camera up."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from shutil import disk_usage
from threading import Event, Lock, Thread

from crimeview.core.clip_order import ClipOrder
from crimeview.core.errors import CrimeviewError, MediaError
from crimeview.core.track import TrackKind
from crimeview.core.watching import LiveAlarm, LiveScore, LostClip, SavedClip
from crimeview.jobs.live_clips import ClipShelf, note_of
from crimeview.video.live_clip import ClipWriter
from crimeview.video.live_packets import LivePacket, PacketRing

_EVERY = 0.25  # s between looks for new packets
_SLACK = 10.0  # s that the ring holds beyond `pre`, for when the disk is slow
_LEAST_FREE = 200_000_000  # bytes on the disk, below which nothing is recorded
_CLEAN_EVERY = 600.0  # s between looks for what is to be deleted
_ABANDONED = 60.0  # s without a change after which an unfinished file is nobody's

RingOf = Callable[[str], PacketRing | None]  # the ring of the camera of that name


def ring_for(order: ClipOrder) -> PacketRing:
    """A ring that holds what a clip needs from before its alarm."""
    return PacketRing(seconds=order.pre + _SLACK, most=order.memory)


@dataclass(slots=True)
class _Open:
    """A clip that is being recorded, and its alarms by their ids."""

    camera: str
    alarms: dict[str, LiveAlarm]
    writer: ClipWriter | None = None
    newest: LivePacket | None = None
    since: float = 0.0  # wall time that it is to begin at
    waited: float = field(default_factory=time.monotonic)


class ClipKeeper:
    """Keeps what cameras show around alarms. Made and closed by who watches."""

    def __init__(self, shelf: ClipShelf, order: ClipOrder, ring_of: RingOf) -> None:
        self._shelf, self._order, self._ring_of = shelf, order, ring_of
        self._asked: deque[LiveAlarm] = deque()
        self._told: deque[SavedClip | LostClip] = deque()
        self._scores: dict[str, deque[LiveScore]] = {}
        self._open: dict[str, _Open] = {}
        self._lock = Lock()
        self._stop = Event()
        self._clean_at = 0.0
        self.fault: BaseException | None = None
        self._thread = Thread(target=self._guarded, name="keep clips", daemon=True)
        self._thread.start()

    def take(self, event: object) -> None:
        """Take in an alarm or a score; never waits."""
        match event:
            case LiveAlarm(recorded=True):
                self._asked.append(event)
            case LiveScore(kind=TrackKind.CLIP_SCORES, zone=""):
                with self._lock:
                    self._remember(event)
            case _:
                pass

    def told(self) -> list[SavedClip | LostClip]:
        """What became of clips since this was asked last."""
        told = []
        while self._told:
            told.append(self._told.popleft())
        return told

    def close(self) -> None:
        """Complete what is being recorded, as far as it is."""
        self._stop.set()
        self._thread.join()

    def _remember(self, score: LiveScore) -> None:
        known = self._scores.setdefault(score.camera, deque())
        known.append(score)
        span = self._order.pre + self._order.longest + self._order.post
        while known[0].end < score.end - span:
            known.popleft()

    def _guarded(self) -> None:
        try:
            while not self._stop.wait(_EVERY):
                self._look()
            self._look()
            for clip in list(self._open.values()):
                self._finish(clip)
        except BaseException as error:
            self.fault = error

    def _look(self) -> None:
        while self._asked:
            self._note(self._asked.popleft())
        for clip in list(self._open.values()):
            self._go_on(clip)
        if time.monotonic() >= self._clean_at and not self._open:
            self._clean_at = time.monotonic() + _CLEAN_EVERY
            self._clean()

    def _note(self, alarm: LiveAlarm) -> None:
        known = self._open.get(alarm.camera)
        if known is not None:
            known.alarms[alarm.id] = alarm
        elif alarm.end is None:
            since = alarm.start - self._order.pre
            self._open[alarm.camera] = _Open(alarm.camera, {alarm.id: alarm}, since=since)

    def _go_on(self, clip: _Open) -> None:
        """Write what has come since; finish the clip when it is over."""
        ring = self._ring_of(clip.camera)
        if ring is None:  # nobody watches that camera any more
            self._finish(clip)
            return
        if clip.newest is not None and not ring.holds(clip.newest):  # the disk was too slow
            self._finish(clip, goes_on=True)
            return
        try:
            found = ring.since(clip.since, after=clip.newest)
            if clip.writer is None and found:
                clip.writer = self._begun(clip, found[0])
            own = [p for p in found if clip.writer is not None and p.form is clip.writer.form]
            if clip.writer is not None and own:
                clip.writer.write(own)
                clip.newest = own[-1]
        except MediaError as error:
            self._lost(clip, str(error))
            self._finish(clip)
            return
        broken = clip.writer is not None and len(own) < len(found)
        if broken or self._is_long(clip):
            self._finish(clip, goes_on=True)
        elif self._is_over(clip):
            self._finish(clip)

    def _begun(self, clip: _Open, first: LivePacket) -> ClipWriter:
        folder = self._shelf.folder / file_name(clip.camera)
        _check_room(self._shelf.folder.parent)
        moment = datetime.fromtimestamp(first.wall, UTC).astimezone()
        return ClipWriter(
            folder / moment.strftime("%Y-%m-%d"),
            moment.strftime("%Y-%m-%d %H-%M-%S"),
            first.form,
            title=clip.camera,
            note=note_of(list(clip.alarms.values())),
        )

    def _is_over(self, clip: _Open) -> bool:
        """Whether all alarms are, and what is wanted after them has come, or does not come."""
        ends = [alarm.end for alarm in clip.alarms.values()]
        now = time.time()
        if any(end is None for end in ends):
            return False
        until = max(end for end in ends if end is not None) + self._order.post
        newest = clip.newest.wall if clip.newest is not None else 0.0
        return newest >= until or now > until + _SLACK

    def _is_long(self, clip: _Open) -> bool:
        if clip.newest is None or clip.writer is None or clip.writer.start is None:
            return False
        return clip.newest.wall - clip.writer.start >= self._order.longest

    def _finish(self, clip: _Open, *, goes_on: bool = False) -> None:
        """Complete the file; where alarms are not over yet another clip goes on from there."""
        del self._open[clip.camera]
        self._complete(clip)
        if goes_on and not self._is_over(clip):
            since = time.time() if clip.newest is None else clip.newest.wall + 0.001
            self._open[clip.camera] = _Open(clip.camera, dict(clip.alarms), since=since)

    def _complete(self, clip: _Open) -> None:
        writer = clip.writer
        if writer is None:
            if not self._told_lost(clip):
                self._lost(clip, f"The camera “{clip.camera}” sent nothing that could be kept.")
            return
        with self._lock:
            scores = list(self._scores.get(clip.camera, ()))
        try:
            written = writer.finish()
            if written is None:
                return
            alarms = [a for a in clip.alarms.values() if a.end is None or a.end > written.start]
            self._told.append(self._shelf.put(written, clip.camera, alarms, scores))
        except CrimeviewError as error:
            self._lost(clip, str(error))

    def _told_lost(self, clip: _Open) -> bool:
        return any(isinstance(t, LostClip) and t.camera == clip.camera for t in self._told)

    def _lost(self, clip: _Open, message: str) -> None:
        self._told.append(LostClip(clip.camera, tuple(clip.alarms), message))

    def _clean(self) -> None:
        now = time.time()
        try:
            self._told.extend(self._shelf.recover(before=now - _ABANDONED))
            self._shelf.take_away(self._order, now=now)
        except CrimeviewError as error:
            self._told.append(LostClip("", (), str(error)))


def file_name(camera: str) -> str:
    """A camera's name as the name of a folder on any system."""
    kept = "".join(c if c.isalnum() or c in " -_." else "_" for c in camera).strip(" .")
    return kept[:80] or "camera"


def _check_room(folder: Path) -> None:
    free = disk_usage(folder).free
    if free < _LEAST_FREE:
        raise MediaError(
            f"The disk with {folder} has only {free / 1e6:.0f} MB left, so alarms are not "
            "recorded; free some space or let clips be deleted earlier."
        )

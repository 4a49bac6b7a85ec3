"""Recording around alarms, in a thread of its own: a slow disk holds no camera up."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from shutil import disk_usage
from threading import Event, Lock, Thread

import numpy as np

from crimeview.core.clip_order import ClipOrder
from crimeview.core.errors import CrimeviewError, MediaError
from crimeview.core.track import TrackKind
from crimeview.core.watching import LiveAlarm, LiveScore, LostClip, SavedClip
from crimeview.jobs.live_clips import ClipShelf, note_of
from crimeview.video.live_clip import ClipWriter, WrittenClip
from crimeview.video.live_packets import LivePacket, PacketRing

_EVERY = 0.25  # s between looks for new packets
_SLACK = 10.0  # s that the ring holds beyond `pre`, for when the disk is slow
_LEAST_FREE = 200_000_000  # bytes on the disk, below which nothing is recorded
_CLEAN_EVERY = 600.0  # s between looks for what is to be deleted
_WAITING = 12  # clips of a camera that wait for their alarms' ends: an hour of the longest
_ABANDONED = 60.0  # s without a change after which an unfinished file is nobody's

RingOf = Callable[[str], PacketRing | None]  # the ring of the camera of that name


def ring_for(order: ClipOrder, *, wait: float = 0.0) -> PacketRing:
    """A ring that holds what a clip needs from before its alarm."""
    return PacketRing(seconds=ring_seconds(order, wait=wait), most=order.memory)


def ring_seconds(order: ClipOrder, *, wait: float) -> float:
    """Seconds to be held where alarms are told as much as `wait` s after they have begun."""
    return order.pre + wait + _SLACK


@dataclass(slots=True)
class _Open:
    """A clip that is being recorded, and its alarms by their ids.

    It `goes_on` where a clip before it, of the same alarms, was completed.
    """

    camera: str
    alarms: dict[str, LiveAlarm]
    writer: ClipWriter | None = None
    newest: LivePacket | None = None
    since: float = 0.0  # wall time that it is to begin at
    goes_on: bool = False


@dataclass(slots=True)
class _Kept:
    """A clip in the case whose alarms were not all over when it was completed."""

    saved: SavedClip
    written: WrittenClip
    alarms: dict[str, LiveAlarm]
    scores: list[LiveScore]

    @property
    def is_over(self) -> bool:
        return all(alarm.end is not None for alarm in self.alarms.values())


class ClipKeeper:
    """Keeps what cameras show around alarms. Made and closed by who watches."""

    def __init__(self, shelf: ClipShelf, order: ClipOrder, ring_of: RingOf) -> None:
        self._shelf, self._order, self._ring_of = shelf, order, ring_of
        self._asked: deque[LiveAlarm] = deque()
        self._told: deque[SavedClip | LostClip] = deque()
        self._scores: dict[str, deque[LiveScore]] = {}
        self._open: dict[str, _Open] = {}
        self._kept: list[_Kept] = []
        self._wait = 0.0
        self._lock = Lock()
        self._stop = Event()
        self._clean_at = 0.0
        self.looks = 0  # for new packets, so far
        self.fault: BaseException | None = None
        self._thread = Thread(target=self._guarded, name="keep clips", daemon=True)
        self._thread.start()

    def take(self, event: object) -> None:
        """Take in an alarm or a score; never waits."""
        match event:
            case LiveAlarm(recorded=True):
                self._asked.append(event)
            case LiveScore(zone=""):
                with self._lock:
                    self._remember(event)
            case _:
                pass

    def wait_for(self, seconds: float) -> None:
        """Alarms are told so many seconds after they have begun: remember scores for as long."""
        self._wait = seconds

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
        span = self._order.pre + self._wait + self._order.longest + self._order.post
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
        if time.monotonic() >= self._clean_at:
            self._clean_at = time.monotonic() + _CLEAN_EVERY
            self._clean()
        self.looks += 1

    def _note(self, alarm: LiveAlarm) -> None:
        self._put_again(alarm)
        known = self._open.get(alarm.camera)
        if known is not None:
            known.alarms[alarm.id] = alarm
        elif alarm.end is None:
            since = alarm.start - self._order.pre
            self._open[alarm.camera] = _Open(alarm.camera, {alarm.id: alarm}, since=since)

    def _put_again(self, alarm: LiveAlarm) -> None:
        """Clips that were completed before their alarm's end was told learn of it, and its peak."""
        for kept in self._kept:
            if alarm.id in kept.alarms:
                kept.alarms[alarm.id] = alarm
                alarms = list(kept.alarms.values())
                try:
                    self._shelf.put_again(kept.saved, kept.written, alarms, kept.scores)
                except CrimeviewError as error:
                    self._told.append(LostClip(alarm.camera, (alarm.id,), str(error)))
        self._kept = [kept for kept in self._kept if not kept.is_over]

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
            if clip.writer is None and found and found[0].wall > self._until(clip):
                del self._open[clip.camera]  # the camera is back after all that was wanted
                return
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
        until = self._until(clip)
        newest = clip.newest.wall if clip.newest is not None else 0.0
        return newest >= until or time.time() > until + _SLACK

    def _until(self, clip: _Open) -> float:
        """Until when (wall time) what the camera shows is wanted; inf while an alarm goes on."""
        return max(map(self._wanted_until, clip.alarms.values()))

    def _wanted_until(self, alarm: LiveAlarm) -> float:
        return inf if alarm.end is None else alarm.end + self._order.post

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
            wanted = {
                name: alarm
                for name, alarm in clip.alarms.items()
                if self._wanted_until(alarm) > since
            }
            following = _Open(clip.camera, wanted, since=since, goes_on=True)
            self._open[clip.camera] = following

    def _complete(self, clip: _Open) -> None:
        writer = clip.writer
        if writer is None:
            if not self._told_lost(clip) and not clip.goes_on:
                self._lost(clip, f"The camera “{clip.camera}” sent nothing that could be kept.")
            return
        try:
            written = writer.finish()
            if written is not None:
                self._keep(clip, written)
        except CrimeviewError as error:
            self._lost(clip, str(error))

    def _keep(self, clip: _Open, written: WrittenClip) -> None:
        """Put a file into the case; one that no alarm wants after all is deleted."""
        alarms = {
            name: alarm
            for name, alarm in clip.alarms.items()
            if self._wanted_until(alarm) > written.start
        }
        if not alarms:
            with suppress(OSError):
                written.path.unlink()
            return
        with self._lock:
            scores = list(self._scores.get(clip.camera, ()))
        saved = self._shelf.put(written, clip.camera, list(alarms.values()), scores)
        self._told.append(saved)
        kept = _kept(saved, written, alarms, scores)
        if not kept.is_over:
            waiting = [other for other in self._kept if other.saved.camera == clip.camera]
            if len(waiting) >= _WAITING:  # an alarm may go on for days
                self._kept.remove(waiting[0])
            self._kept.append(kept)

    def _told_lost(self, clip: _Open) -> bool:
        return any(isinstance(t, LostClip) and t.camera == clip.camera for t in self._told)

    def _lost(self, clip: _Open, message: str) -> None:
        self._told.append(LostClip(clip.camera, tuple(clip.alarms), message))

    def _clean(self) -> None:
        now = time.time()
        try:
            if not self._open:
                self._told.extend(self._shelf.recover(before=now - _ABANDONED))
            gone = {clip.path for clip in self._shelf.take_away(self._order, now=now)}
            self._kept = [kept for kept in self._kept if kept.saved.path not in gone]
        except CrimeviewError as error:
            self._told.append(LostClip("", (), str(error)))


def _kept(
    saved: SavedClip,
    written: WrittenClip,
    alarms: dict[str, LiveAlarm],
    scores: Sequence[LiveScore],
) -> _Kept:
    """What of a clip is needed when its alarms end, and nothing else of it."""
    kinds = {alarm.kind or TrackKind.CLIP_SCORES for alarm in alarms.values()}
    own = [s for s in scores if s.kind in kinds and written.start < s.end < written.end + _SLACK]
    return _Kept(saved, replace(written, frame_times=np.empty((0, 2))), alarms, own)


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

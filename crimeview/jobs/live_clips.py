"""Clips around alarms as recordings of a case: noted with their segments, and deleted in time."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import numpy as np

from crimeview.core.clip_order import ClipOrder, expired
from crimeview.core.errors import MediaError
from crimeview.core.found_by import FoundBy
from crimeview.core.recording import Fingerprint
from crimeview.core.segment import Segment, SegmentRule
from crimeview.core.track import Track, TrackKind, frame_scores
from crimeview.core.wall_clock import WallClock, WallClockSource
from crimeview.core.watching import LiveAlarm, LiveScore, SavedClip
from crimeview.jobs.open_models import OpenModels
from crimeview.store.case import Case
from crimeview.store.kept_clips import ClipRecord
from crimeview.store.rows import CaseClock
from crimeview.video.fingerprint import fingerprint
from crimeview.video.fragments import cut_to_whole_fragments
from crimeview.video.live_clip import PART, WrittenClip, labels_of, readable_times
from crimeview.video.source import opened

FOLDER = "clips"  # of a case
_BESIDE = (TrackKind.VIOLENCE, TrackKind.NOVELTY, TrackKind.THEFT)
_LIVE = "live"  # of a feature set's key: nothing but scores is in it
_SCORERS = {
    TrackKind.CLIP_SCORES: FoundBy.EVENTS,
    TrackKind.VIOLENCE: FoundBy.VIOLENCE,
    TrackKind.NOVELTY: FoundBy.NOVELTY,
    TrackKind.THEFT: FoundBy.THEFT,
}


def hashed(path: Path) -> Fingerprint:
    """The file's content; raises MediaError."""
    hashing = fingerprint(path)
    while True:
        try:
            next(hashing)
        except StopIteration as end:
            return cast("Fingerprint", end.value)


class ClipShelf:
    """Puts clips into a case, with their alarms as segments, and takes old ones away again."""

    def __init__(self, case: Case, models: OpenModels) -> None:
        self._case = case
        self._encoder, self._scorer = models.encoder.sha256, models.scorer.sha256
        self._threshold = models.scorer.threshold

    @property
    def folder(self) -> Path:
        return self._case.folder / FOLDER

    def put(
        self,
        clip: WrittenClip,
        camera: str,
        alarms: Sequence[LiveAlarm],
        scores: Sequence[LiveScore],
    ) -> SavedClip:
        """Note a clip in the case, all or nothing; raises MediaError and CaseError.

        It is a clip of all these alarms; those that were on while it was recorded are its segments.
        """
        content = hashed(clip.path)
        with opened(clip.path) as source:
            recording = replace(source.recording, duration=clip.end - clip.start)
        saved = SavedClip(
            camera=camera,
            alarms=tuple(alarm.id for alarm in alarms),
            path=clip.path,
            start=clip.start,
            end=clip.end,
            sha256=content.sha256,
            size=content.size,
        )
        record = ClipRecord(
            clip=saved,
            recording=recording,
            clock=_clock(camera, clip.start),
            encoder_sha256=self._encoder,
            scorer_sha256=self._scorer,
            clip_key=f"{_LIVE} {clip.start:.3f}",
            settings_json=self._settings(saved),
            tracks=clip_tracks(clip, scores),
            segments=alarm_segments(clip, alarms, scores),
        )
        return self._case.live.put_clip(record)

    def put_again(
        self,
        saved: SavedClip,
        clip: WrittenClip,
        alarms: Sequence[LiveAlarm],
        scores: Sequence[LiveScore],
    ) -> bool:
        """Note what has become of a clip's alarms since; False where it was analyzed meanwhile."""
        segments = alarm_segments(clip, alarms, scores)
        return self._case.live.replace_alarm_segments(saved, segments)

    def take_away(self, order: ClipOrder, *, now: float) -> list[SavedClip]:
        """Delete what is too old or too much; gives what was deleted.

        What a person has judged stays, and so does a file that is not as it was recorded.
        """
        clips = self._case.live.clips()
        judged = {s.recording_id for s in self._case.segments() if s.review is not None}
        gone = expired(clips, order, now=now, kept=judged)
        return [clip for clip in gone if self._deleted(clip)]

    def recover(self, *, before: float) -> list[SavedClip]:
        """Complete clips that a crash has left unfinished, and not touched since that wall time."""
        found = []
        for part in sorted(self.folder.rglob(f".*{PART}")):
            with suppress(OSError, MediaError):
                if part.stat().st_mtime < before:
                    found += self._recovered(part)
        return found

    def _recovered(self, part: Path) -> list[SavedClip]:
        cut_to_whole_fragments(part)
        times = readable_times(part)
        if len(times) == 0:
            part.unlink()
            return []
        camera, note, made = labels_of(part)
        path = part.with_name(part.name.removeprefix(".").removesuffix(PART))
        start = made if made is not None else part.stat().st_mtime - float(times[-1, 1])
        part.replace(path)
        clip = WrittenClip(path, start, start + float(times[-1, 1]), times)
        return [self.put(clip, camera, _alarms_in(note, camera), [])]

    def _settings(self, clip: SavedClip) -> str:
        """The settings of a clip's run: its segments are alarms, and no other rule's to find."""
        return json.dumps(
            {
                "live": True,
                "rule": asdict(SegmentRule(threshold=self._threshold)),
                "alarms": clip.alarms,
            }
        )

    def _deleted(self, clip: SavedClip) -> bool:
        ours = clip.path.is_relative_to(self.folder)
        with suppress(OSError):
            if ours and clip.path.stat().st_size == clip.size:
                clip.path.unlink()
        if ours and clip.path.exists():
            return False
        self._case.live.forget_clip(clip.path)
        if clip.recording_id is not None and ours:
            with suppress(KeyError):
                self._case.remove_recording(clip.recording_id)
        return ours


def clip_tracks(clip: WrittenClip, scores: Sequence[LiveScore]) -> list[Track]:
    """What is stored of the scores: a track of each kind that there is, and those of frames."""
    events = clip_track(clip, scores, TrackKind.CLIP_SCORES)
    others = [clip_track(clip, scores, kind) for kind in _BESIDE]
    frames = frame_scores(events, clip.frame_times)
    of_frames = Track(TrackKind.FRAME_SCORES, clip.frame_times, frames)
    return [events, *(track for track in others if len(track.values)), of_frames]


def clip_track(clip: WrittenClip, scores: Sequence[LiveScore], kind: TrackKind) -> Track:
    """The scores of a kind that lie in the clip, on its own clock."""
    within = [s for s in scores if s.kind is kind and s.end > clip.start and s.start < clip.end]
    times = np.array([(s.start, s.end) for s in within], np.float64).reshape(-1, 2) - clip.start
    values = np.array([s.score for s in within], np.float32)
    return Track(kind, np.clip(times, 0.0, clip.end - clip.start), values)


def alarm_segments(
    clip: WrittenClip, alarms: Sequence[LiveAlarm], scores: Sequence[LiveScore]
) -> list[Segment]:
    """The alarms that were on while the clip was recorded, as its segments."""
    return [
        alarm_segment(clip, alarm, clip_track(clip, scores, alarm.kind or TrackKind.CLIP_SCORES))
        for alarm in alarms
        if alarm.start < clip.end and (alarm.end is None or alarm.end > clip.start)
    ]


def alarm_segment(clip: WrittenClip, alarm: LiveAlarm, track: Track) -> Segment:
    """An alarm as a segment of the clip around it; `track` holds the scores that raised it.

    Where the alarm's peak lies in another clip the highest score in this one stands for it, and so
    it does while the alarm goes on and only the peak at its beginning was told, if it is higher.
    """
    length = clip.end - clip.start
    start = min(max(0.0, alarm.start - clip.start), max(0.0, length - 0.1))
    end = length if alarm.end is None else min(length, alarm.end - clip.start)
    end = max(end, min(length, start + 0.1))
    rows = np.flatnonzero((track.times[:, 1] > start) & (track.times[:, 0] < end))
    peak, peak_time = alarm.peak, alarm.peak_time - clip.start
    if len(rows) and not alarm.zone:
        highest = rows[int(np.argmax(track.values[rows]))]
        elsewhere = not 0.0 <= peak_time <= length
        if elsewhere or (alarm.end is None and track.values[highest] > peak):
            peak, peak_time = float(track.values[highest]), float(track.times[highest].mean())
    mean = float(track.values[rows].mean()) if len(rows) else peak
    return Segment(
        start=start,
        end=end,
        peak=peak,
        peak_time=min(max(start, peak_time), end),
        mean=min(mean, peak),
        found_by=_scorers_of(alarm.kind),
    )


def _scorers_of(kind: TrackKind | None) -> FoundBy:
    """What raised an alarm, where that is known and finds segments."""
    return _SCORERS.get(kind, FoundBy.NOTHING) if kind is not None else FoundBy.NOTHING


def note_of(alarms: Sequence[LiveAlarm]) -> str:
    """What is written into a clip's file about its alarms, before they are over."""
    fields = [
        [a.id, a.start, a.peak, a.peak_time, a.kind.value if a.kind is not None else None]
        for a in alarms
    ]
    return json.dumps({"crimeview": fields})


def _alarms_in(note: str, camera: str) -> list[LiveAlarm]:
    """The alarms that a file was recorded around, as far as they were known when it began."""
    try:
        fields = json.loads(note)["crimeview"]
        return [
            LiveAlarm(
                id=str(name),
                camera=camera,
                rule="",
                start=float(start),
                end=None,
                peak=float(peak),
                peak_time=float(peak_time),
                kind=TrackKind(kind[0]) if kind and kind[0] is not None else None,
            )
            for name, start, peak, peak_time, *kind in fields
        ]
    except (ValueError, KeyError, TypeError):
        return []


def _clock(camera: str, start: float) -> CaseClock:
    """When a camera's clip begins, by this computer's clock."""
    clock = WallClock(
        start=datetime.fromtimestamp(start, UTC).astimezone().replace(tzinfo=None),
        zone=_zone(start),
        offset=0.0,
        source=WallClockSource.CONTAINER,
    )
    return CaseClock(camera=camera, clock=clock)


def _zone(seconds: float) -> str:
    """The zone of this computer then, as `+09:00`."""
    text = datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%z")
    return f"{text[:3]}:{text[3:5]}"

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
from crimeview.core.recording import Fingerprint, RecordingState
from crimeview.core.segment import Segment, SegmentRule
from crimeview.core.track import Track, TrackKind, frame_scores
from crimeview.core.wall_clock import WallClock, WallClockSource
from crimeview.core.watching import LiveAlarm, LiveScore, SavedClip
from crimeview.jobs.open_models import OpenModels
from crimeview.store.case import Case
from crimeview.store.rows import CaseClock
from crimeview.video.fingerprint import fingerprint
from crimeview.video.fragments import cut_to_whole_fragments
from crimeview.video.live_clip import PART, WrittenClip, labels_of, readable_times
from crimeview.video.source import opened

FOLDER = "clips"  # of a case
_LIVE = "live"  # of a feature set's key: nothing but scores is in it


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
        """Note a clip in the case; raises MediaError and CaseError."""
        content = hashed(clip.path)
        saved = SavedClip(
            camera=camera,
            alarms=tuple(alarm.id for alarm in alarms),
            path=clip.path,
            start=clip.start,
            end=clip.end,
            sha256=content.sha256,
            size=content.size,
        )
        recording_id = self._recording(saved, content)
        self._segments(recording_id, clip, alarms, scores)
        self._case.set_state(recording_id, RecordingState.DONE)
        saved = replace(saved, recording_id=recording_id)
        self._case.live.add_clip(saved)
        return saved

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

    def _recording(self, saved: SavedClip, content: Fingerprint) -> int:
        case = self._case
        recording_id = case.add_recording(saved.path)
        with opened(saved.path) as source:
            recording = source.recording
        case.describe(recording_id, replace(recording, duration=saved.end - saved.start))
        case.set_fingerprint(recording_id, content)
        clock = WallClock(
            start=datetime.fromtimestamp(saved.start, UTC).astimezone().replace(tzinfo=None),
            zone=_zone(saved.start),
            offset=0.0,
            source=WallClockSource.CONTAINER,
        )
        case.set_clocks({recording_id: CaseClock(camera=saved.camera, clock=clock)})
        return recording_id

    def _segments(
        self,
        recording_id: int,
        clip: WrittenClip,
        alarms: Sequence[LiveAlarm],
        scores: Sequence[LiveScore],
    ) -> None:
        run_id = self._case.begin_run(
            recording_id,
            encoder_sha256=self._encoder,
            scorer_sha256=self._scorer,
            clip_key=f"{_LIVE} {clip.start:.3f}",
            settings_json=json.dumps(
                {
                    "live": True,
                    "rule": asdict(SegmentRule(threshold=self._threshold)),
                    "alarms": [alarm.id for alarm in alarms],
                }
            ),
        )
        track = clip_track(clip, scores)
        self._case.save_track(run_id, track)
        frames = frame_scores(track, clip.frame_times)
        self._case.save_track(run_id, Track(TrackKind.FRAME_SCORES, clip.frame_times, frames))
        segments = [alarm_segment(clip, alarm, track) for alarm in alarms]
        self._case.replace_segments(recording_id, run_id, segments)
        self._case.finish_run(run_id)

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


def clip_track(clip: WrittenClip, scores: Sequence[LiveScore]) -> Track:
    """The scores that lie in the clip, on its own clock."""
    within = [s for s in scores if s.end > clip.start and s.start < clip.end]
    times = np.array([(s.start, s.end) for s in within], np.float64).reshape(-1, 2) - clip.start
    values = np.array([s.score for s in within], np.float32)
    return Track(TrackKind.CLIP_SCORES, np.clip(times, 0.0, clip.end - clip.start), values)


def alarm_segment(clip: WrittenClip, alarm: LiveAlarm, track: Track) -> Segment:
    """An alarm as a segment of the clip around it."""
    length = clip.end - clip.start
    start = min(max(0.0, alarm.start - clip.start), max(0.0, length - 0.1))
    end = length if alarm.end is None else min(length, alarm.end - clip.start)
    end = max(end, min(length, start + 0.1))
    inside = (track.times[:, 1] > start) & (track.times[:, 0] < end)
    mean = float(track.values[inside].mean()) if inside.any() else alarm.peak
    return Segment(
        start=start,
        end=end,
        peak=alarm.peak,
        peak_time=min(max(start, alarm.peak_time - clip.start), end),
        mean=min(mean, alarm.peak),
    )


def note_of(alarms: Sequence[LiveAlarm]) -> str:
    """What is written into a clip's file about its alarms, before they are over."""
    fields = [[alarm.id, alarm.start, alarm.peak, alarm.peak_time] for alarm in alarms]
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
            )
            for name, start, peak, peak_time in fields
        ]
    except (ValueError, KeyError, TypeError):
        return []


def _zone(seconds: float) -> str:
    """The zone of this computer then, as `+09:00`."""
    text = datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%z")
    return f"{text[:3]}:{text[3:5]}"

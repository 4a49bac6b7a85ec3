"""Recording around alarms into a case: what is kept, what a crash leaves, what is deleted."""

import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from shutil import disk_usage

import av
import pytest

from crimeview.core.address import camera_of
from crimeview.core.alarm_candidates import CandidateJudge, CandidateRule
from crimeview.core.clip_order import ClipOrder
from crimeview.core.edit import Action, Change, Edit
from crimeview.core.recording import RecordingState
from crimeview.core.review import Origin, Review, ReviewState, new_review_id
from crimeview.core.track import TrackKind
from crimeview.core.watching import (
    CameraHealth,
    LiveAlarm,
    LiveEvent,
    LiveScore,
    LostClip,
    SavedClip,
)
from crimeview.jobs import clip_keeper
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.clip_keeper import ClipKeeper, file_name, ring_for
from crimeview.jobs.live_clips import ClipShelf
from crimeview.jobs.models import ModelPair
from crimeview.jobs.open_models import OpenModels, Wish, opened_models
from crimeview.jobs.watch import LiveStep, Watch, WatchSettings
from crimeview.store.case import Case, open_case
from tests.bursts import write_bursts
from tests.jobs.filmed_packets import filmed_packets
from tests.tiny_models import make_models
from tests.video.recordings import read_number, steady, write_recording
from tests.video.rtsp_camera import RtspCamera
from tests.video.test_live_clip import writer


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


class OneAlarm:
    """Raises an alarm so many seconds after a camera's first score, and ends it later."""

    def __init__(self, *, after: float, length: float) -> None:
        self._after, self._length = after, length
        self._first: float | None = None
        self.alarm: LiveAlarm | None = None

    def take(self, event: LiveScore | CameraHealth) -> Sequence[LiveAlarm]:
        if not isinstance(event, LiveScore):
            return []
        self._first = self._first if self._first is not None else event.end
        since = event.end - self._first
        if self.alarm is None and since >= self._after:
            self.alarm = LiveAlarm(
                id="a1",
                camera=event.camera,
                rule="test",
                start=event.end,
                end=None,
                peak=0.9,
                peak_time=event.end + 0.2,
                kind=TrackKind.CLIP_SCORES,
            )
            return [self.alarm]
        going_on = self.alarm is not None and self.alarm.end is None
        if self.alarm is None or not going_on or event.end - self.alarm.start < self._length:
            return []
        self.alarm = replace(self.alarm, end=event.end)
        return [self.alarm]


def recorded(watch: Watch, *, seconds: float = 60.0) -> list[LiveEvent]:
    """The events up to the first clip."""
    events: list[LiveEvent] = []
    began = time.monotonic()
    with closing(watch.run()) as job:
        for step in job:
            assert isinstance(step, LiveStep)
            events += step.events
            if any(isinstance(e, SavedClip | LostClip) for e in events):
                return events
            assert time.monotonic() - began < seconds, "no clip was kept"
    return events


def clips_in(events: Sequence[LiveEvent]) -> list[SavedClip]:
    return [event for event in events if isinstance(event, SavedClip)]


def test_a_clip_around_an_alarm_is_a_recording_of_the_case(models: ModelPair, case: Case) -> None:
    judge = OneAlarm(after=2.0, length=0.8)
    with RtspCamera(keyframe_every=12) as server:
        watch = Watch(
            [camera_of(f"gate={server.address}")],
            models=models,
            judge=judge,
            settings=WatchSettings(clips=ClipOrder(pre=1.4, post=0.8)),
            case=case,
        )
        (clip,) = clips_in(recorded(watch))
        sent = dict(server.sent)
    alarm = judge.alarm
    assert alarm is not None
    assert alarm.end is not None
    assert clip.alarms == ("a1",)
    assert clip.start <= alarm.start - 1.4
    assert clip.start > alarm.start - 2.3  # at most a group of pictures more
    assert clip.end >= alarm.end + 0.7
    assert clip.sha256 == hashlib.sha256(clip.path.read_bytes()).hexdigest()
    assert clip.size == clip.path.stat().st_size
    with av.open(str(clip.path)) as container:
        frames = list(container.decode(video=0))
    assert frames[0].key_frame
    numbers = [read_number(frame.to_ndarray(format="rgb24")) for frame in frames]
    assert sent[numbers[0]] < alarm.start - 1.0
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    _check_case(case, clip, alarm)


def _check_case(case: Case, clip: SavedClip, alarm: LiveAlarm) -> None:
    assert case.live.clips() == [clip]
    assert clip.recording_id is not None
    recording = case.recording(clip.recording_id)
    assert recording.state is RecordingState.DONE
    assert recording.path == clip.path
    assert recording.fingerprint is not None
    assert recording.fingerprint.sha256 == clip.sha256
    (row,) = case.segments(clip.recording_id)
    assert row.segment.start == pytest.approx(alarm.start - clip.start, abs=0.01)
    assert row.segment.end == pytest.approx((alarm.end or 0) - clip.start, abs=0.01)
    assert row.segment.peak == 0.9
    known = case.times.clocks()[clip.recording_id]
    assert known.camera == "gate"
    assert known.clock.instant() == pytest.approx(clip.start, abs=0.01)
    track = case.track(clip.recording_id, TrackKind.CLIP_SCORES)
    assert track is not None
    assert len(track.values) >= 3


def test_a_clip_is_analyzed_again_like_any_recording(
    models: ModelPair, case: Case, tmp_path: Path
) -> None:
    street = write_bursts(tmp_path / "street.mp4", duration=5.0, bursts=[(2.0, 3.4)])
    watch = Watch(
        [camera_of(f"gate={street}")],
        models=models,
        judge=CandidateJudge(CandidateRule(quiet=1.0)),
        settings=WatchSettings(clips=ClipOrder(pre=1.5, post=0.5)),
        case=case,
    )
    clip = clips_in(recorded(watch))[0]
    for _ in analyze(
        [clip.path], case=case, models=models, settings=AnalyzeSettings(novelty=False)
    ):
        pass
    assert clip.recording_id is not None
    assert case.recording(clip.recording_id).state is RecordingState.DONE
    assert case.segments(clip.recording_id)


def test_a_lost_camera_ends_its_clip(models: ModelPair, case: Case) -> None:
    with RtspCamera(keyframe_every=25) as server:
        watch = Watch(
            [camera_of(f"gate={server.address}")],
            models=models,
            judge=OneAlarm(after=1.0, length=60.0),
            settings=WatchSettings(clips=ClipOrder(pre=1.0, post=1.0)),
            case=case,
        )
        events: list[LiveEvent] = []
        killed = False
        with closing(watch.run()) as job:
            for step in job:
                assert isinstance(step, LiveStep)
                events += step.events
                alarmed = [e for e in events if isinstance(e, LiveAlarm)]
                if alarmed and not killed and filmed_since(alarmed[0], events) > 2.0:
                    server.kill()
                    server.come_back()
                    killed = True
                if clips_in(events):
                    break
    (clip,) = clips_in(events)
    assert clip.end - clip.start > 2.5
    with av.open(str(clip.path)) as container:
        assert len(list(container.decode(video=0))) > 40
    # What the camera shows after it is back, while the alarm goes on, is a clip of its own.
    later = [c for c in case.live.clips() if c.path != clip.path]
    assert all(c.start >= clip.end - 0.1 for c in later)


def filmed_since(alarm: LiveAlarm, events: Sequence[LiveEvent]) -> float:
    """Seconds since the alarm that the camera has sent for certain: they are scored."""
    return max(e.end for e in events if isinstance(e, LiveScore)) - alarm.start


def test_watching_that_ends_during_an_alarm_keeps_what_there_is(
    models: ModelPair, case: Case
) -> None:
    with RtspCamera(keyframe_every=25) as server:
        watch = Watch(
            [camera_of(f"gate={server.address}")],
            models=models,
            judge=OneAlarm(after=1.0, length=60.0),
            settings=WatchSettings(clips=ClipOrder(pre=1.0, post=1.0)),
            case=case,
        )
        with closing(watch.run()) as job:
            events: list[LiveEvent] = []
            for step in job:
                assert isinstance(step, LiveStep)
                events += step.events
                alarmed = [e for e in events if isinstance(e, LiveAlarm)]
                if alarmed and filmed_since(alarmed[0], events) > 1.5:
                    break
    (clip,) = case.live.clips()
    assert clip.path.exists()
    assert len(case.segments(clip.recording_id)) == 1


def test_a_long_alarm_is_kept_in_pieces(
    models: ModelPair, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clip_keeper, "_EVERY", 0.005)
    write_recording(tmp_path / "gate.mp4", steady(150), options={"g": "6"})
    began = time.time()
    order = ClipOrder(pre=0.5, post=0.25, longest=1.5)
    ring = ring_for(order)
    alarm = LiveAlarm(
        id="a1",
        camera="gate",
        rule="test",
        start=began + 1.0,
        end=None,
        peak=0.9,
        peak_time=began + 1.2,
        kind=TrackKind.CLIP_SCORES,
    )
    told = {30: alarm, 105: replace(alarm, end=began + 4.0)}  # with which pictures
    with (
        shelf_of(case, models) as shelf,
        closing(ClipKeeper(shelf, order, lambda _name: ring)) as keeper,
    ):
        for number, packet in enumerate(filmed_packets(tmp_path / "gate.mp4", began=began)):
            ring.put(packet)
            keeper.take(told.get(number))
            if number % 5 == 0:
                wait_for_a_look(keeper)
    clips = keeper.told()
    assert all(isinstance(clip, SavedClip) for clip in clips)
    assert len(clips) == 3
    assert all(1.0 < c.end - c.start < 2.25 for c in clips[:2])
    for before, after in pairwise(clips):
        assert after.start == pytest.approx(before.end, abs=0.4)  # from a keyframe on
    assert all(c.alarms == ("a1",) for c in clips)


def wait_for_a_look(keeper: ClipKeeper) -> None:
    """Until all that has come by now has been seen to."""
    looks, deadline = keeper.looks + 2, time.monotonic() + 60
    while keeper.looks < looks:
        assert keeper.fault is None, keeper.fault
        assert time.monotonic() < deadline
        time.sleep(0.002)


def test_old_clips_are_deleted_while_an_alarm_goes_on(
    models: ModelPair, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clip_keeper, "_CLEAN_EVERY", 0.25)
    monkeypatch.setattr(clip_keeper, "_WAITING", 2)
    with RtspCamera(keyframe_every=6) as server:
        watch = Watch(
            [camera_of(f"gate={server.address}")],
            models=models,
            judge=OneAlarm(after=0.5, length=600.0),
            settings=WatchSettings(clips=ClipOrder(pre=0.5, post=0.25, longest=1.0, most=1)),
            case=case,
        )
        clips: list[SavedClip] = []
        ended = False
        with closing(watch.run()) as job:
            for step in job:
                assert isinstance(step, LiveStep)
                clips += clips_in(step.events)
                ended |= any(isinstance(e, LiveAlarm) and e.end is not None for e in step.events)
                if len(clips) == 4:
                    break
    assert not ended
    assert [clip.path.exists() for clip in clips[:3]] == [False] * 3
    assert not {clip.path for clip in clips[:3]} & {clip.path for clip in case.live.clips()}
    assert len(case.recordings()) <= 2


def test_a_full_disk_is_told_and_watching_goes_on(
    models: ModelPair, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clip_keeper, "_LEAST_FREE", disk_usage(case.folder).free + 10**12)
    with RtspCamera() as server:
        watch = Watch(
            [camera_of(f"gate={server.address}")],
            models=models,
            judge=OneAlarm(after=1.0, length=1.0),
            settings=WatchSettings(clips=ClipOrder()),
            case=case,
        )
        events = recorded(watch)
    lost = [event for event in events if isinstance(event, LostClip)]
    assert lost[0].camera == "gate"
    assert "MB left" in lost[0].message
    assert case.live.clips() == []


@contextmanager
def shelf_of(case: Case, models: ModelPair) -> Iterator[ClipShelf]:
    with opened_models(models, wish=Wish(), threads=1) as opened:
        assert isinstance(opened, OpenModels)
        yield ClipShelf(case, opened)


def kept(case: Case, name: str, *, days: float) -> SavedClip:
    """A clip of that age, as if it had been recorded."""
    folder = case.folder / "clips" / "gate"
    folder.mkdir(parents=True, exist_ok=True)
    path = write_bursts(folder / name, duration=1.0)
    end = time.time() - days * 86_400
    recording_id = case.add_recording(path)
    clip = SavedClip(
        camera="gate",
        alarms=("a",),
        path=path,
        start=end - 1,
        end=end,
        sha256="0" * 64,
        size=path.stat().st_size,
        recording_id=recording_id,
    )
    case.live.add_clip(clip)
    return clip


def test_old_clips_are_deleted_with_what_is_known_of_them(
    models: ModelPair, case: Case, tmp_path: Path
) -> None:
    old = kept(case, "old.mp4", days=40)
    new = kept(case, "new.mp4", days=1)
    stranger = write_bursts(case.folder / "clips" / "gate" / "mine.mp4", duration=1.0)
    os.utime(stranger, (0, 0))
    with shelf_of(case, models) as shelf:
        gone = shelf.take_away(ClipOrder(days=30), now=time.time())
    assert [clip.path for clip in gone] == [old.path]
    assert not old.path.exists()
    assert new.path.exists()
    assert stranger.exists()
    assert [r.path for r in case.recordings()] == [new.path]
    assert case.live.clips() == [new]


def test_a_file_that_was_changed_is_left_alone(
    models: ModelPair, case: Case, tmp_path: Path
) -> None:
    old = kept(case, "old.mp4", days=40)
    old.path.write_bytes(old.path.read_bytes() + b"by somebody")
    with shelf_of(case, models) as shelf:
        assert shelf.take_away(ClipOrder(days=30), now=time.time()) == []
    assert old.path.exists()
    assert len(case.recordings()) == 1


def test_what_a_person_has_judged_is_not_deleted(
    models: ModelPair, case: Case, tmp_path: Path
) -> None:
    old = kept(case, "old.mp4", days=40)
    assert old.recording_id is not None
    review = Review(
        id=new_review_id(),
        recording_id=old.recording_id,
        start=0.0,
        end=1.0,
        seen_start=0.0,
        seen_end=1.0,
        state=ReviewState.CONFIRMED,
        origin=Origin.PERSON,
    )
    edit = Edit(action=Action.CONFIRM, changes=(Change(before=None, after=review),))
    case.edits.make(edit, reviewer="me")
    with shelf_of(case, models) as shelf:
        assert shelf.take_away(ClipOrder(days=30), now=time.time()) == []
    assert old.path.exists()


def test_what_a_crash_has_left_is_completed(models: ModelPair, case: Case, tmp_path: Path) -> None:
    path = write_bursts(tmp_path / "a.mp4", duration=4.0)
    packets = filmed_packets(path, began=time.time() - 10.0)
    folder = case.folder / "clips" / "gate"
    clip_writer = writer(folder, packets)
    clip_writer.write(packets)
    part = next(folder.iterdir())
    copy = tmp_path / "copy"
    copy.write_bytes(part.read_bytes())  # what is on the disk while it is being written
    clip_writer.finish()
    clip_writer.path.unlink()
    copy.replace(part)
    with shelf_of(case, models) as shelf:
        assert shelf.recover(before=time.time() - 60) == []  # somebody may be writing it
        (clip,) = shelf.recover(before=time.time() + 60)
    assert clip.camera == "gate"
    assert clip.path.name == "10-20-30.mp4"
    assert not part.exists()
    assert case.live.clips() == [clip]


@pytest.mark.parametrize(
    ("camera", "folder"),
    [("gate", "gate"), ("10.0.0.5/live", "10.0.0.5_live"), ("..", "camera"), ("정문 1", "정문 1")],
)
def test_a_cameras_name_becomes_a_folder(camera: str, folder: str) -> None:
    assert file_name(camera) == folder

"""Watching cameras: scores as an analysis gives them, health, alarms, changes while it runs."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crimeview.core.address import camera_of
from crimeview.core.alarm_candidates import CandidateJudge, CandidateRule
from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.core.track import TrackKind
from crimeview.core.watching import (
    Camera,
    CameraHealth,
    CameraState,
    Capacity,
    LiveAlarm,
    LiveEvent,
    LiveScore,
    NotScored,
    Zone,
)
from crimeview.jobs import watched_camera
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.live_scores import EventsTrack
from crimeview.jobs.models import ModelPair
from crimeview.jobs.watch import LiveStep, Watch, WatchSettings
from crimeview.store.case import open_case
from crimeview.video import live_open
from tests.bursts import write_bursts
from tests.jobs.finished import finished
from tests.tiny_models import SPEC, make_models
from tests.video.rtsp_camera import RtspCamera
from tests.video.slow_decoding import slow_down


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def bursts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recordings")
    return write_bursts(folder / "bursts.mp4", duration=5.6, bursts=[(1.6, 3.2)])


def watch_of(cameras: Sequence[Camera], models: ModelPair, **settings: object) -> Watch:
    return Watch(
        cameras,
        models=models,
        judge=CandidateJudge(CandidateRule(quiet=1.0)),
        settings=WatchSettings(**settings),  # type: ignore[arg-type]
    )


def events_until(
    watch: Watch, over: Callable[[list[LiveEvent]], object], *, seconds: float = 60.0
) -> list[LiveEvent]:
    events: list[LiveEvent] = []
    began = time.monotonic()
    with closing(watch.run()) as job:
        for step in job:
            assert isinstance(step, LiveStep)
            events += step.events
            if over(events):
                break
            assert time.monotonic() - began < seconds, "it did not come to hold"
    return events


def of_kind(events: Sequence[LiveEvent], kind: TrackKind) -> list[LiveScore]:
    return [e for e in events if isinstance(e, LiveScore) and e.kind is kind and not e.zone]


def test_a_file_played_as_a_camera_gets_the_scores_of_an_analysis(
    models: ModelPair, bursts: Path, tmp_path: Path
) -> None:
    events = events_until(watch_of([camera_of(str(bursts))], models), lambda _: False)
    with open_case(tmp_path / "case") as case:
        settings = AnalyzeSettings(gate=False, novelty=False)
        outcome = finished(analyze([bursts], case=case, models=models, settings=settings))[0]
        for kind in (TrackKind.CLIP_SCORES, TrackKind.VIOLENCE):
            scores = of_kind(events, kind)
            track = case.track(outcome.recording_id, kind)
            assert track is not None
            count = len(scores)
            assert len(track.values) - count <= 2  # the last ones are cut short
            assert [s.score for s in scores] == pytest.approx(track.values[:count], abs=2e-3)
            begins = np.array([s.start for s in scores])
            assert begins - begins[0] == pytest.approx(track.times[:count, 0], abs=0.02)


def test_an_alarm_comes_soon_after_its_clip_and_ends(models: ModelPair, bursts: Path) -> None:
    events = events_until(watch_of([camera_of(f"gate={bursts}")], models), lambda _: False)
    alarms = [e for e in events if isinstance(e, LiveAlarm) and e.kind is TrackKind.CLIP_SCORES]
    assert [alarm.end is None for alarm in alarms] == [True, False]
    deciding = next(s for s in of_kind(events, TrackKind.CLIP_SCORES) if s.score >= s.threshold)
    assert alarms[0].start == deciding.start
    before = events[: events.index(alarms[0])]
    assert deciding in before[-3:], "it is told with the clip that decides it"
    assert np.median([s.delay for s in of_kind(events, TrackKind.CLIP_SCORES)]) < 2.0
    begin = next(s.start for s in of_kind(events, TrackKind.CLIP_SCORES))
    assert alarms[0].start - begin == pytest.approx(1.6, abs=0.9)
    assert alarms[1].end is not None
    assert alarms[1].end - begin == pytest.approx(3.2, abs=0.9)


def test_health_and_capacity_are_told(models: ModelPair) -> None:
    with RtspCamera() as server:
        events = events_until(
            watch_of([camera_of(f"gate={server.address}")], models, health_every=0.5),
            lambda events: sum(isinstance(e, CameraHealth) and e.analyzed > 1 for e in events) >= 4,
        )
    states = [e.state for e in events if isinstance(e, CameraHealth)]
    assert states[0] is CameraState.CONNECTING
    assert states[-1] is CameraState.LIVE
    told = next(e for e in events if isinstance(e, Capacity))
    assert told.cameras == 1
    assert told.every == pytest.approx(SPEC.step / (SPEC.rate or 1))
    told_of = [e for e in events if isinstance(e, CameraHealth) and e.analyzed > 1]
    assert len(told_of) >= 4
    assert np.median([e.delay for e in told_of]) < 1.0


def test_where_the_processor_is_taken_by_others_less_is_looked_at_and_it_is_said(
    models: ModelPair, bursts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread that waits for its turn does not get on, and takes nothing of the processor."""
    scored = EventsTrack.take

    def wait_for_a_turn(track: EventsTrack, *clip: Any) -> list[LiveScore]:
        time.sleep(2 / track.spec.per_second)
        return scored(track, *clip)

    monkeypatch.setattr(EventsTrack, "take", wait_for_a_turn)
    watch = watch_of([camera_of(f"gate={bursts}", looped=True)], models)
    events = events_until(
        watch, lambda events: any(isinstance(e, Capacity) and e.nth > 1 for e in events)
    )
    told = [e for e in events if isinstance(e, Capacity)][-1]
    assert told.is_slowed
    assert not told.enough
    assert told.load < 0.75, "by what the processor was seen to do it would be enough"


def test_cameras_are_changed_while_it_runs(models: ModelPair, bursts: Path) -> None:
    with RtspCamera() as server:
        gate, yard = camera_of(f"gate={server.address}"), camera_of(f"yard={bursts}", looped=True)
        watch = watch_of([gate], models, health_every=0.2)
        seen: list[set[str]] = []
        with closing(watch.run()) as job:
            for wanted in ([gate], [gate, yard], [yard]):
                watch.change(wanted)
                names = {camera.name for camera in wanted}
                seen.append(_scored_until(job, names))
                losses = watch.health("yard" if gate not in wanted else "gate").losses
                assert losses == 0
    assert seen[0] == {"gate"}
    assert seen[1] == {"gate", "yard"}
    assert "yard" in seen[2]
    assert watch.picture("gate") is None


def _scored_until(job: Job[None], wanted: set[str]) -> set[str]:
    """The cameras that are scored until each of the wanted ones has been several times."""
    counts: Counter[str] = Counter()
    began = time.monotonic()
    while any(counts[camera] < 5 for camera in wanted):
        step = next(job)
        assert isinstance(step, LiveStep)
        counts.update(e.camera for e in step.events if isinstance(e, LiveScore))
        assert time.monotonic() - began < 60.0, "they are not scored"
    return set(counts)


def test_a_zone_is_scored_beside_the_whole_picture(models: ModelPair, bursts: Path) -> None:
    corner = Zone(name="corner", points=((0.0, 0.0), (0.02, 0.0), (0.02, 0.02), (0.0, 0.02)))
    whole = Zone(name="all", points=((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))
    camera = Camera(name="gate", address=str(bursts), zones=(corner, whole))
    events = events_until(watch_of([camera], models), lambda _: False)
    scores = [e for e in events if isinstance(e, LiveScore) and e.kind is TrackKind.CLIP_SCORES]
    by_zone = {zone: [s.score for s in scores if s.zone == zone] for zone in ("", "all", "corner")}
    assert by_zone["all"] == by_zone[""]
    assert max(by_zone[""]) > 0.9
    assert max(by_zone["corner"]) < 0.1


def test_pictures_can_be_asked_for(models: ModelPair) -> None:
    with RtspCamera() as server:
        watch = watch_of([camera_of(f"gate={server.address}")], models)
        watch.show("gate", height=48)
        events_until(watch, lambda _: watch.picture("gate"))
        assert watch.health("gate").state is CameraState.CONNECTING  # it is over
    with pytest.raises(KeyError):
        watch.health("yard")


def test_a_clip_that_was_decoded_late_is_scored_though_others_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def over(events: list[LiveEvent]) -> object:
        time.sleep(0.1)  # clips of both tracks wait then
        return of_kind(events, TrackKind.CLIP_SCORES)

    slow_down(monkeypatch, 0.08)  # where a picture comes every 40 ms
    long = make_models(tmp_path, spec=replace(SPEC, frames=15, step=15))  # 1.5 s
    with RtspCamera(keyframe_every=50) as server:
        watch = watch_of([camera_of(server.address)], long)
        (score,) = of_kind(events_until(watch, over), TrackKind.CLIP_SCORES)
    assert 1.0 < score.delay < 4.0


def test_that_nothing_is_scored_of_a_camera_is_said(
    models: ModelPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watched_camera, "_UNSEEN", 2.0)
    with RtspCamera(rate=0.75, keyframe_every=1) as server:
        watch = watch_of([camera_of(f"yard={server.address}")], models)
        events = events_until(watch, lambda e: any(isinstance(x, NotScored) for x in e))
    (told,) = [e for e in events if isinstance(e, NotScored)]
    assert (told.camera, told.kind) == ("yard", TrackKind.CLIP_SCORES)
    assert "its pictures come too far apart" in told.message


def test_that_a_camera_is_too_much_to_decode_is_said(
    models: ModelPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_down(monkeypatch, 0.4)  # where a picture comes every 40 ms
    monkeypatch.setattr(watched_camera, "_UNSEEN", 6.0)  # pictures are dropped long before
    with RtspCamera() as server:
        watch = watch_of([camera_of(f"yard={server.address}")], models)
        events = events_until(watch, lambda e: any(isinstance(x, NotScored) for x in e))
    (told,) = [e for e in events if isinstance(e, NotScored)]
    assert "this computer is too slow to decode it" in told.message


def test_two_cameras_of_one_name_are_refused(models: ModelPair) -> None:
    cameras = [camera_of("gate=a.mp4"), camera_of("gate=b.mp4")]
    with pytest.raises(UsageError, match="gate"):
        watch_of(cameras, models)


def test_a_camera_that_does_not_answer_holds_nothing_up(
    models: ModelPair, bursts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_open, "_OPEN_SECONDS", 50.0)  # instead of 5
    with RtspCamera() as frozen:
        frozen.freeze()
        watch = watch_of([camera_of(f"dead={frozen.address}"), camera_of(f"yard={bursts}")], models)
        with closing(watch.run()) as job:
            assert _scored_until(job, {"yard"}) == {"yard"}
            assert watch.health("dead").state is CameraState.CONNECTING, "it is still waited for"
            frozen.kill()


def test_closing_waits_for_a_camera_that_does_not_answer_as_long_as_opening_does(
    models: ModelPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_open, "_OPEN_SECONDS", 1.0)  # instead of 5
    with RtspCamera() as frozen:
        frozen.freeze()
        with closing(watch_of([camera_of(f"dead={frozen.address}")], models).run()) as job:
            next(job)
            began = time.monotonic()
        assert time.monotonic() - began < 20.0


def test_a_slow_consumer_hears_what_is_new(models: ModelPair) -> None:
    with RtspCamera() as server:
        delays: list[float] = []
        began = time.monotonic()
        with closing(watch_of([camera_of(server.address)], models).run()) as job:
            for step in job:
                assert isinstance(step, LiveStep)
                delays += [e.delay for e in step.events if isinstance(e, LiveScore)]
                time.sleep(1.0)
                if time.monotonic() - began > 6.0:
                    break
    assert len(delays) > 5
    assert np.median(delays[-5:]) < 3.0  # those of clips that wait would have become five

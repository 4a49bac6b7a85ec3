"""An analysis of a clip around alarms finds more, and leaves its alarms."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from crimeview.core.clip_order import ClipOrder
from crimeview.core.found_by import FoundBy
from crimeview.core.segment import Segment, SegmentRule
from crimeview.core.track import TrackKind
from crimeview.core.watching import LiveAlarm
from crimeview.jobs import clip_keeper
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.clip_keeper import ClipKeeper, ring_for
from crimeview.jobs.live_clips import ClipShelf
from crimeview.jobs.models import ModelPair
from crimeview.jobs.open_models import Wish, opened_models
from crimeview.jobs.resegment import resegment
from crimeview.store.case import Case, open_case
from tests.bursts import write_bursts
from tests.jobs.filmed_packets import filmed_packets
from tests.jobs.finished import finished
from tests.tiny_models import make_models

ORDER = ClipOrder(pre=10.0, post=1.0)
BURST = (2.2, 4.0)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    return write_bursts(path, duration=6.0, bursts=[BURST])


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


def kept_clip(
    case: Case, models: ModelPair, film: Path, kind: TrackKind, monkeypatch: pytest.MonkeyPatch
) -> int:
    """A clip of the whole film with an alarm of that kind while it moves; its recording's id."""
    monkeypatch.setattr(clip_keeper, "_EVERY", 0.005)
    began = time.time() - 12.0
    ring = ring_for(ORDER)
    alarm = LiveAlarm(
        id="a1",
        camera="gate",
        rule="night",
        start=began + BURST[0],
        end=None,
        peak=0.9,
        peak_time=began + BURST[0] + 0.5,
        kind=kind,
    )
    with opened_models(models, wish=Wish(), threads=1) as opened:
        keeper = ClipKeeper(ClipShelf(case, opened), ORDER, lambda _name: ring)
        with closing(keeper):
            for packet in filmed_packets(film, began=began):
                ring.put(packet)
            keeper.take(alarm)
            keeper.take(replace(alarm, end=began + BURST[1]))
            looks = keeper.looks + 3
            deadline = time.monotonic() + 60
            while keeper.looks < looks:
                assert time.monotonic() < deadline
                time.sleep(0.002)
    (clip,) = case.live.clips()
    assert clip.recording_id is not None
    return clip.recording_id


def segments_of(case: Case, recording_id: int) -> list[Segment]:
    return sorted((s.segment for s in case.segments(recording_id)), key=lambda s: s.start)


def analyzed(case: Case, models: ModelPair, recording_id: int) -> list[Segment]:
    settings = AnalyzeSettings(gate=False, novelty=False)
    path = case.recording(recording_id).path
    for _ in analyze([path], case=case, models=models, settings=settings):
        pass
    run = case.analyses.newest(recording_id)
    assert run is not None
    assert case.features(recording_id) is not None, "it was analyzed"
    return segments_of(case, recording_id)


def test_an_analysis_leaves_the_alarms_beside_what_it_finds(
    case: Case, models: ModelPair, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = kept_clip(case, models, film, TrackKind.THEFT, monkeypatch)
    (alarm,) = segments_of(case, number)
    assert alarm.found_by is FoundBy.THEFT
    found = analyzed(case, models, number)
    assert alarm in found
    events = [segment for segment in found if FoundBy.EVENTS in segment.found_by]
    assert len(events) == 1, "the burst was found by the network's scores as well"
    assert len(found) == 2
    finished(resegment(case, rule=SegmentRule(threshold=0.5, min_length=30.0)))
    assert segments_of(case, number) == [alarm], "another rule finds nothing, the alarm stays"
    finished(resegment(case, rule=SegmentRule(threshold=0.5)))
    assert alarm in segments_of(case, number)
    assert len(segments_of(case, number)) == 2


def test_what_the_alarms_own_scorer_finds_at_that_time_is_the_alarm(
    case: Case, models: ModelPair, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = kept_clip(case, models, film, TrackKind.CLIP_SCORES, monkeypatch)
    (alarm,) = segments_of(case, number)
    assert analyzed(case, models, number) == [alarm]
    (row,) = case.segments(number)
    assert row.segment == alarm

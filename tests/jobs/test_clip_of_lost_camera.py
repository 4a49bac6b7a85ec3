"""A camera that is lost during an alarm, and rules that wait long before they raise one."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from crimeview.core.address import camera_of
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.clip_order import ClipOrder
from crimeview.core.segment import SegmentRule
from crimeview.core.track import TrackKind
from crimeview.core.watching import LiveAlarm, LiveScore, LostClip, SavedClip
from crimeview.jobs import clip_keeper
from crimeview.jobs.alarm_judge import AlarmJudge
from crimeview.jobs.clip_keeper import ClipKeeper, ring_for, ring_seconds
from crimeview.jobs.live_clips import ClipShelf
from crimeview.jobs.models import ModelPair
from crimeview.jobs.open_models import Wish, opened_models
from crimeview.jobs.resegment import resegment
from crimeview.jobs.watch import Watch, WatchSettings
from crimeview.store.case import Case, open_case
from crimeview.video.live_packets import LivePacket, PacketRing
from tests.jobs.filmed_packets import filmed_packets
from tests.jobs.finished import finished
from tests.tiny_models import make_models
from tests.video.recordings import steady, write_recording

ORDER = ClipOrder(pre=1.0, post=1.0)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds with a keyframe each second."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    write_recording(path, steady(100), options={"g": "25"})
    return path


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clip_keeper, "_EVERY", 0.005)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


@pytest.fixture
def shelf(case: Case, models: ModelPair) -> Iterator[ClipShelf]:
    with opened_models(models, wish=Wish(), threads=1) as opened:
        yield ClipShelf(case, opened)


def alarm_at(start: float, *, peak: float = 0.45) -> LiveAlarm:
    return LiveAlarm(
        id="a1",
        camera="gate",
        rule="night",
        start=start,
        end=None,
        peak=peak,
        peak_time=start + 0.1,
        kind=TrackKind.VIOLENCE,
    )


class Told:
    """What a keeper has told, waited for as briefly as can be."""

    def __init__(self, keeper: ClipKeeper) -> None:
        self._keeper = keeper
        self.events: list[SavedClip | LostClip] = []

    def wait(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 60
        while not condition():
            self.events += self._keeper.told()
            assert self._keeper.fault is None, self._keeper.fault
            assert time.monotonic() < deadline
            time.sleep(0.002)

    def wait_for_looks(self, count: int = 3) -> None:
        """Until the keeper has looked so many times since."""
        looks = self._keeper.looks + count
        self.wait(lambda: self._keeper.looks >= looks)


@dataclass(frozen=True)
class Filming:
    """A camera that has sent a film, `began` being when (seconds since 1970), and its keeper."""

    film: Path
    began: float
    ring: PacketRing
    keeper: ClipKeeper
    told: Told

    def film_again(self, *, after: float) -> None:
        """The same film by another connection, that many seconds later."""
        for packet in filmed_packets(self.film, began=self.began + after, connection=2):
            self.ring.put(packet)


@contextmanager
def filming(
    shelf: ClipShelf, film: Path, *, ago: float, order: ClipOrder = ORDER, held: float = ORDER.pre
) -> Iterator[Filming]:
    """Keep clips of a film that began `ago` s ago; `held` s and more of it are at hand."""
    began = time.time() - ago
    ring = ring_for(replace(order, pre=held))
    keeper = ClipKeeper(shelf, order, lambda _name: ring)
    with closing(keeper):
        for packet in filmed_packets(film, began=began):
            ring.put(packet)
        yield Filming(film, began, ring, keeper, Told(keeper))


def test_a_connection_lost_during_an_alarm_leaves_one_clip_with_the_alarms_peak(
    case: Case, shelf: ClipShelf, film: Path
) -> None:
    with filming(shelf, film, ago=12.0, held=60.0) as camera:
        began, keeper, told = camera.began, camera.keeper, camera.told
        alarm = alarm_at(began + 1.5)
        keeper.take(alarm)
        told.wait_for_looks()
        camera.film_again(after=6.0)
        told.wait(lambda: bool(told.events))
        told.wait_for_looks()
        # The scores that come again end the alarm, where it was high last: before the break.
        keeper.take(replace(alarm, end=began + 3.0, peak=0.94, peak_time=began + 2.5))
        told.wait_for_looks()
    told.events += keeper.told()
    (clip,) = case.live.clips()
    assert told.events == [clip]
    assert [recording.path for recording in case.recordings()] == [clip.path]
    assert [path for path in shelf.folder.rglob("*") if path.is_file()] == [clip.path]
    (row,) = case.segments(clip.recording_id)
    assert row.segment.start == pytest.approx(1.5, abs=0.05)
    assert row.segment.end == pytest.approx(3.0, abs=0.05)
    assert (row.segment.peak, row.segment.peak_time) == (0.94, pytest.approx(2.5, abs=0.05))


def test_the_seconds_after_an_alarm_are_kept_across_a_lost_connection(
    case: Case, shelf: ClipShelf, film: Path
) -> None:
    order = replace(ORDER, post=5.0)
    with filming(shelf, film, ago=12.0, order=order, held=60.0) as camera:
        began, keeper, told = camera.began, camera.keeper, camera.told
        alarm = alarm_at(began + 1.5)
        keeper.take(alarm)
        told.wait_for_looks()
        keeper.take(replace(alarm, end=began + 3.5))
        told.wait_for_looks()
        camera.film_again(after=6.0)
        told.wait(lambda: len(told.events) == 2)
    first, second = case.live.clips()
    assert first.alarms == second.alarms == ("a1",)
    assert first.end == pytest.approx(began + 4.0, abs=0.1)
    assert second.start == pytest.approx(began + 6.0, abs=0.1)
    assert second.end >= began + 3.5 + 5.0
    assert len(case.segments(first.recording_id)) == 1
    assert case.segments(second.recording_id) == []


def test_a_camera_that_is_back_after_all_that_was_wanted_is_not_recorded(
    case: Case, shelf: ClipShelf, film: Path
) -> None:
    with filming(shelf, film, ago=8.0, order=replace(ORDER, post=4.0), held=60.0) as camera:
        began, keeper, told = camera.began, camera.keeper, camera.told
        alarm = alarm_at(began + 0.5)
        keeper.take(alarm)
        told.wait_for_looks()
        keeper.take(replace(alarm, end=began + 1.0))
        told.wait_for_looks()
        camera.film_again(after=6.0)
        told.wait(lambda: bool(told.events))
        told.wait_for_looks()
    told.events += keeper.told()
    assert told.events == case.live.clips()
    assert len(told.events) == 1


def test_an_alarm_that_goes_on_has_the_highest_score_so_far(
    case: Case, shelf: ClipShelf, film: Path
) -> None:
    """Watching that ends during an alarm is never told the alarm's peak."""
    with filming(shelf, film, ago=5.0) as camera:
        began, keeper, told = camera.began, camera.keeper, camera.told
        keeper.take(alarm_at(began + 1.0))
        for at, value in ((1.0, 0.45), (2.0, 0.91), (3.0, 0.6)):
            score = LiveScore(
                camera="gate",
                kind=TrackKind.VIOLENCE,
                start=began + at,
                end=began + at + 0.5,
                score=value,
                threshold=0.5,
                known=10.0,
                told=began + at + 0.6,
            )
            keeper.take(score)
        told.wait_for_looks()
    (clip,) = case.live.clips()
    (row,) = case.segments(clip.recording_id)
    assert row.segment.peak == pytest.approx(0.91)
    assert row.segment.peak_time == pytest.approx(2.25, abs=0.05)
    stored = case.track(clip.recording_id or 0, TrackKind.VIOLENCE)
    assert stored is not None
    assert stored.values.tolist() == pytest.approx([0.45, 0.91, 0.6])


def test_finding_segments_anew_leaves_an_alarms_segment(
    case: Case, shelf: ClipShelf, film: Path
) -> None:
    with filming(shelf, film, ago=5.0) as camera:
        began, keeper, told = camera.began, camera.keeper, camera.told
        keeper.take(alarm_at(began + 1.0))
        told.wait_for_looks()
    before = case.segments()
    assert len(before) == 1
    assert finished(resegment(case, rule=SegmentRule(threshold=0.01))) == 0
    assert case.segments() == before
    assert case.analyses.newest() is None, "the clip's own run says nothing of the case's rule"


def test_a_clip_is_stored_whole_or_not_at_all(
    case: Case, shelf: ClipShelf, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another reader never sees a recording without its camera and its segments."""

    def fail(*_args: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("crimeview.store.kept_clips.replace_segments", fail)
    with filming(shelf, film, ago=5.0) as camera:
        began, keeper, told = camera.began, camera.keeper, camera.told
        keeper.take(alarm_at(began + 1.0))
        told.wait_for_looks()
    (lost,) = keeper.told()
    assert isinstance(lost, LostClip)
    assert case.recordings() == []
    assert case.times.clocks() == {}
    assert case.live.clips() == []


def later(packets: list[LivePacket], seconds: float) -> list[LivePacket]:
    """The same packets of the same connection, so much later."""
    return [replace(packet, wall=packet.wall + seconds) for packet in packets]


def test_packets_are_held_as_long_as_a_rule_waits(film: Path) -> None:
    """An alarm of a rule that waits 20 s is told when its beginning is 20 s old."""
    rings = ring_for(ORDER), ring_for(ORDER, wait=20.0)
    packets = filmed_packets(film, began=0.0)
    for at in range(0, 40, 4):
        for packet in later(packets, at):
            for ring in rings:
                ring.put(packet)
    wanted = 40.0 - 20.0 - ORDER.pre
    short, long = (ring.since(wanted)[0].wall for ring in rings)
    assert short > wanted + 5.0
    assert wanted - 1.1 <= long <= wanted


def test_a_ring_can_be_made_to_hold_more(film: Path) -> None:
    ring = PacketRing(seconds=2.0, most=10**9)
    ring.hold(9.0)
    packets = filmed_packets(film, began=0.0)
    for at in range(0, 20, 4):
        for packet in later(packets, at):
            ring.put(packet)
    assert ring.since(0.0)[0].wall <= 11.0


def test_watching_holds_packets_for_the_rule_that_waits_longest(
    case: Case, models: ModelPair, film: Path
) -> None:
    rule = AlarmRule(
        id="r", name="long", track=AlarmTrack.EVENTS, threshold=0.5, min_duration=20.0, armed=True
    )
    case.alarms.put_rule(rule)
    judge = AlarmJudge(case)
    watch = Watch(
        [camera_of(f"gate={film}", looped=True)],
        models=models,
        judge=judge,
        settings=WatchSettings(clips=ORDER),
        case=case,
    )
    with closing(watch.run()) as job:
        next(job)
        ring = watch._ring_of("gate")
        assert ring is not None
        assert ring.seconds == ring_seconds(ORDER, wait=20.0)
        case.alarms.put_rule(replace(rule, min_duration=40.0))
        judge.read_rules()
        next(job)
        assert ring.seconds == ring_seconds(ORDER, wait=40.0)

"""One window or command watches a case, and tells what was on when it ends."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import keyring
import pytest

from crimeview.cli.watch_alarms import judging, tell_of_new
from crimeview.core.address import camera_of
from crimeview.core.alarm_obstacles import Scored
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.delivery import Delivery, MqttSettings, Security
from crimeview.core.errors import CaseError
from crimeview.core.outbox import OutboxState
from crimeview.core.track import TrackKind
from crimeview.core.watching import LiveAlarm, LiveScore
from crimeview.jobs.models import ModelPair
from crimeview.jobs.watch import LiveStep
from crimeview.jobs.watch_case import Watchers, watch_case
from crimeview.store.case import Case, open_case
from tests.bursts import write_bursts
from tests.held_keyring import HeldKeyring
from tests.messaging.servers import Broker, served
from tests.tiny_models import make_models

RULE = AlarmRule(
    id="r", name="night", track=AlarmTrack.EVENTS, threshold=0.01, hysteresis=0.01, armed=True
)


@pytest.fixture(autouse=True)
def _held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", HeldKeyring())


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


def score(at: float, value: float) -> LiveScore:
    return LiveScore(
        camera="gate",
        kind=TrackKind.CLIP_SCORES,
        start=at,
        end=at + 1.0,
        score=value,
        threshold=0.5,
        known=100.0,
        told=at + 1.1,
    )


def test_a_case_is_watched_by_one_at_a_time(case: Case) -> None:
    """A second judge would take the first one's alarms for left over, and end them."""
    case.alarms.put_rule(RULE)
    with judging(case, threshold=None) as (judge, _):
        assert [alarm.end for alarm in judge.take(score(100.0, 0.7))] == [None]
        with open_case(case.folder) as other:
            with pytest.raises(CaseError, match="watched already"), judging(other, threshold=None):
                pass
            with (
                closing(watch_case(other, find_models=no_models, begun=lambda _w: None)) as job,
                pytest.raises(CaseError, match="watched already"),
            ):
                next(job)
        (alarm,) = case.alarms.alarms()
        assert alarm.end is None, "it goes on"
    with judging(case, threshold=None):
        pass  # and again once nobody does


def no_models() -> ModelPair:
    raise AssertionError("nothing is loaded for what is refused")


def test_stopping_during_an_alarm_tells_its_end(case: Case, tmp_path: Path) -> None:
    models = make_models(tmp_path / "models")
    street = write_bursts(tmp_path / "street.mp4", duration=4.0, bursts=[(0.0, 4.0)])
    case.alarms.put_rule(RULE)
    case.live.set_cameras([camera_of(f"gate={street}", looped=True)])
    begun: list[Watchers] = []
    with served(Broker()) as broker:
        settings = MqttSettings(host="127.0.0.1", port=broker.port, security=Security.NONE)
        case.alarms.put_delivery(Delivery(id="ha", name="ha", settings=settings))
        with closing(watch_case(case, find_models=lambda: models, begun=begun.append)) as job:
            for step in job:
                assert isinstance(step, LiveStep)
                if any(isinstance(event, LiveAlarm) for event in step.events):
                    break
        states = [told.payload for told in broker.kept if told.topic.endswith("/state")]
    assert states == ["ON", "OFF"]
    assert {entry.state for entry in case.alarms.outbox()} == {OutboxState.SENT}


def test_a_rule_that_is_armed_while_watching_is_taken_up(case: Case) -> None:
    with judging(case, threshold=0.6) as (judge, _):
        (candidate,) = judge.take(score(100.0, 0.75))
        assert candidate.sentence == "gate: an unusual event, score 0.75 of 0.60."
        with open_case(case.folder) as other:
            other.alarms.put_rule(replace(RULE, threshold=0.7))
        told = [alarm for event in lively(101.0) for alarm in judge.take(event)]
        assert {alarm.rule for alarm in told if alarm.end is None} == {"night"}
        assert {alarm.id for alarm in told if alarm.end is not None} == {candidate.id}


def test_what_is_armed_while_watching_is_told_with_what_is_in_its_way(
    case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    new: list[AlarmRule] = []
    with judging(case, threshold=0.6, taken_up=new.extend) as (judge, _):
        with open_case(case.folder) as other:
            other.alarms.put_rule(replace(RULE, track=AlarmTrack.NOVELTY))
            other.alarms.put_rule(replace(RULE, id="t", name="shop", track=AlarmTrack.THEFT))
            other.alarms.put_rule(replace(RULE, id="o", name="off", armed=False))
        for event in lively(101.0):
            judge.take(event)
        assert [rule.name for rule in new] == ["night", "shop"]
        with open_case(case.folder) as other:
            other.alarms.put_rule(replace(RULE, track=AlarmTrack.NOVELTY, snoozed_until=4e9))
        for event in lively(111.0):
            judge.take(event)
    assert len(new) == 2, "to be snoozed is not to be armed"
    gate = camera_of("gate=rtsp://gate")
    tell_of_new(new, [gate], Scored(learned=case.scenes.learned()), follows=False)
    told = capsys.readouterr().err
    assert "“shop” listens to thefts: they are looked for from the next time" in told
    assert "“night” raises nothing: nothing was learned of “gate”" in told


def lively(at: float) -> list[object]:
    from crimeview.core.watching import CameraHealth, CameraState

    health = CameraHealth(camera="gate", time=at, state=CameraState.LIVE, since=0.0)
    return [health, score(at, 0.75), score(at + 1.0, 0.75)]


def test_a_threshold_beside_armed_rules_is_said_to_count_for_nothing(
    case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    case.alarms.put_rule(RULE)
    with judging(case, threshold=0.4):
        pass
    assert "--threshold says nothing while rules are armed" in capsys.readouterr().err

"""Home Assistant is told of sensors when rules are armed, and when they are gone."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import keyring
import pytest

from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.delivery import Delivery, MqttSettings, Security
from crimeview.core.watching import Camera
from crimeview.jobs import sensors_told
from crimeview.jobs.deliver import deliver, remove_delivery
from crimeview.jobs.sensors_told import pending_sensors
from crimeview.store.case import Case, open_case
from tests.held_keyring import HeldKeyring
from tests.messaging.servers import Broker, Kept, served
from tests.store.earlier import as_of

RULE = AlarmRule(id="r1", name="night", track=AlarmTrack.EVENTS, threshold=0.5, armed=True)
GATE, YARD = (Camera(name=name, address=f"{name}.mp4") for name in ("gate", "yard"))
CONFIG = "homeassistant/binary_sensor/crimeview_r1_{}/config"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", HeldKeyring())
    monkeypatch.setattr(sensors_told, "_LOOK", 0.0)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        case.live.set_cameras([GATE])
        yield case


@pytest.fixture
def broker(case: Case) -> Iterator[Broker]:
    with served(Broker()) as broker:
        settings = MqttSettings(host="127.0.0.1", port=broker.port, security=Security.NONE)
        case.alarms.put_delivery(Delivery(id="ha", name="ha", settings=settings))
        yield broker


def deliver_until(case: Case, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    with closing(deliver(case, pause=0.005)) as job:
        while not condition():
            next(job)
            assert time.monotonic() < deadline


def settled(case: Case) -> Callable[[], bool]:
    return lambda: not list(pending_sensors(case))


def of_sensors(broker: Broker) -> list[Kept]:
    return [kept for kept in broker.kept if "/status/" not in kept.topic]


def last(broker: Broker) -> dict[str, str]:
    """What the broker holds now, but for what was deleted."""
    held = {kept.topic: kept.payload for kept in of_sensors(broker) if kept.retained}
    return {topic: payload for topic, payload in held.items() if payload}


def test_a_sensor_is_there_before_its_first_alarm(case: Case, broker: Broker) -> None:
    case.alarms.put_rule(replace(RULE, armed=False))
    assert list(pending_sensors(case)) == [], "a rule that was never armed is nothing yet"
    case.alarms.put_rule(RULE)
    deliver_until(case, settled(case))
    config, state = of_sensors(broker)
    assert config.topic == CONFIG.format("gate")
    described = json.loads(config.payload)
    assert (described["name"], described["unique_id"]) == ("night", "crimeview_r1_gate")
    assert described["availability_topic"] == "crimeview/status/ha"
    assert (state.topic, state.payload) == (described["state_topic"], "OFF")
    deliver_until(case, settled(case))
    assert len(of_sensors(broker)) == 2, "it is told once"


def test_a_renamed_rule_is_described_anew_and_its_state_left_alone(
    case: Case, broker: Broker
) -> None:
    case.alarms.put_rule(RULE)
    deliver_until(case, settled(case))
    case.alarms.put_rule(replace(RULE, name="late"))
    deliver_until(case, settled(case))
    *_, state, config = of_sensors(broker)
    assert state.payload == "OFF"
    assert json.loads(config.payload)["name"] == "late"


@pytest.mark.parametrize("gone", ["rule", "camera", "delivery"])
def test_a_sensor_goes_with_its_rule_camera_or_delivery(
    case: Case, broker: Broker, gone: str
) -> None:
    case.alarms.put_rule(RULE)
    deliver_until(case, settled(case))
    assert CONFIG.format("gate") in last(broker)
    match gone:
        case "rule":
            case.alarms.remove_rule(RULE.id)
        case "camera":
            case.live.set_cameras([YARD])
        case _:
            remove_delivery(case, case.alarms.deliveries()[0])
    deliver_until(case, settled(case))
    assert CONFIG.format("gate") not in last(broker)
    assert not any("gate" in topic for topic in last(broker))
    assert (CONFIG.format("yard") in last(broker)) == (gone == "camera")


def test_a_disarmed_rule_keeps_its_sensor(case: Case, broker: Broker) -> None:
    case.alarms.put_rule(RULE)
    deliver_until(case, settled(case))
    case.alarms.put_rule(replace(RULE, armed=False))
    assert list(pending_sensors(case)) == []


def test_a_broker_that_cannot_be_reached_is_told_later(case: Case) -> None:
    settings = MqttSettings(host="127.0.0.1", port=1, security=Security.NONE)
    delivery = Delivery(id="ha", name="ha", settings=settings)
    case.alarms.put_delivery(delivery)
    case.alarms.put_rule(RULE)
    with closing(deliver(case, pause=0.01)) as job:
        for _ in range(20):
            next(job)
    assert len(list(pending_sensors(case))) == 1
    remove_delivery(case, delivery)
    assert case.alarms.deliveries() == []


def test_a_case_from_before_sensors_were_noted_opens(case: Case) -> None:
    case.alarms.put_rule(RULE)
    case.close()
    as_of(case.folder, "0095")
    with open_case(case.folder) as later:
        assert later.alarms.sensors("ha") == {}
        assert later.alarms.rules() == [RULE]

import json
import time

import pytest

from crimeview.core.alarm_message import Publication
from crimeview.core.delivery import DeliveryError, MqttSettings, Security
from crimeview.messaging import mqtt
from tests.held_port import held_port
from tests.messaging.servers import Broker, served

TOLD = [
    Publication(topic="homeassistant/x/config", payload=json.dumps({"name": "밤"})),
    Publication(topic="crimeview/gate/state", payload="ON"),
    Publication(topic="crimeview/test", payload="{}", retained=False),
]


def publish(broker: Broker, *, user: str = "", password: str | None = None) -> None:
    to = MqttSettings(host="127.0.0.1", port=broker.port, security=Security.NONE, user=user)
    mqtt.publish(TOLD, to=to, password=password)


def test_all_is_published_in_order_and_confirmed() -> None:
    with served(Broker()) as broker:
        publish(broker)
    assert [(k.topic, k.payload, k.retained) for k in broker.kept] == [
        (told.topic, told.payload, told.retained) for told in TOLD
    ]
    assert {kept.quality for kept in broker.kept} == {1}
    assert broker.disconnects == 1, "it takes its leave"


def test_the_broker_is_told_who_we_are() -> None:
    with served(Broker(user="cv", password="sesame")) as broker:
        publish(broker, user="cv", password="sesame")
        with pytest.raises(DeliveryError, match="lets “cv” not in") as raised:
            publish(broker, user="cv", password="guess")
    assert raised.value.refused
    assert len(broker.kept) == len(TOLD)


def test_a_broker_that_does_not_confirm_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = mqtt.TIMEOUT
    monkeypatch.setattr(mqtt, "TIMEOUT", 0.3)
    began = time.monotonic()
    with (
        served(Broker(silent=True)) as broker,
        pytest.raises(DeliveryError, match="did not answer"),
    ):
        publish(broker)
    assert time.monotonic() - began < usual


def test_a_broker_that_is_not_there_is_tried_again() -> None:
    with held_port() as port:
        to = MqttSettings(host="127.0.0.1", port=port, security=Security.NONE)
        with pytest.raises(DeliveryError, match="cannot be reached") as raised:
            mqtt.publish(TOLD, to=to, password=None)
    assert not raised.value.refused

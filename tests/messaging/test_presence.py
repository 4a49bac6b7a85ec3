"""A broker knows whether somebody watches, whatever way that ends."""

import socket

import pytest

from crimeview.core.delivery import DeliveryError, MqttSettings, Security
from crimeview.messaging.mqtt import Presence
from tests.held_port import held_port
from tests.messaging.servers import Broker, served
from tests.waiting import wait_for

TOPIC = "crimeview/status/d1"


def presence_at(port: int) -> Presence:
    to = MqttSettings(host="127.0.0.1", port=port, security=Security.NONE)
    return Presence(TOPIC, online="online", offline="offline", to=to, password=None)


def told(broker: Broker) -> list[tuple[str, str, bool]]:
    return [(kept.topic, kept.payload, kept.retained) for kept in broker.kept]


def test_it_is_told_while_somebody_watches_and_after() -> None:
    with served(Broker()) as broker:
        presence = presence_at(broker.port)
        presence.tend()
        assert told(broker) == [(TOPIC, "online", True)]
        presence.tend()
        assert len(broker.connects) == 1, "one connection is kept"
        presence.close()
    assert told(broker)[1:] == [(TOPIC, "offline", True)]
    assert broker.disconnects == 1


def test_the_broker_tells_the_last_will_of_who_vanishes() -> None:
    with served(Broker()) as broker:
        presence = presence_at(broker.port)
        presence.tend()
        assert broker.connects[0].will == (TOPIC, "offline")
        assert presence._client is not None
        cut = presence._client.socket()
        assert isinstance(cut, socket.socket)
        cut.shutdown(socket.SHUT_RDWR)
        # The broker reads each connection in a thread of its own: it notices the end of the first
        # before there is another.
        wait_for(lambda: len(broker.kept) == 2)
        while len(broker.connects) < 2:
            presence.tend()
        presence.close()
    assert [payload for _, payload, _ in told(broker)] == ["online", "offline", "online", "offline"]


def test_a_broker_that_is_away_is_told_of_and_found_again() -> None:
    with held_port() as port:
        presence = presence_at(port)
        with pytest.raises(DeliveryError, match="cannot be reached"):
            presence.tend()
        presence.close()
    with served(Broker(user="x", password="y")) as other, pytest.raises(DeliveryError) as raised:
        presence_at(other.port).tend()
    assert raised.value.refused

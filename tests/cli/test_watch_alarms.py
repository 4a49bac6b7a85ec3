"""Alarms that `crimeview watch` raises by the rules of a case, and tells of."""

import json
from pathlib import Path

from crimeview.store.case import open_case
from tests.bursts import write_bursts
from tests.cli.conftest import Command
from tests.messaging.servers import Broker, served


def test_alarms_go_by_the_rules_of_the_case_and_are_told(
    crimeview: Command, tmp_path: Path
) -> None:
    street = write_bursts(tmp_path / "street.mp4", duration=4.6, bursts=[(1.2, 2.8)])
    case = tmp_path / "case"
    with served(Broker()) as broker:
        words = ("mqtt", "127.0.0.1", "--port", broker.port, "--security", "none")
        assert crimeview("deliveries", "add", *words, "--case", case).code == 0
        rule = ("--threshold", 0.5, "--merge-gap", 1, "--arm")
        assert crimeview("alarms", "add", "bursts", *rule, "--case", case).code == 0
        ended = crimeview("watch", f"gate={street}", "--json", "--case", case)
    assert ended.code == 0
    alarms = [line for line in ended.lines if line["type"] == "alarm"]
    assert {alarm["rule"] for alarm in alarms} == {"bursts"}
    with open_case(case) as opened:
        (stored,) = opened.alarms.alarms()
        left = [entry.error for entry in opened.alarms.outbox() if entry.error]
    assert stored.end is not None
    assert stored.camera == "gate"
    assert left == []
    watched = [kept.payload for kept in broker.kept if "/status/" in kept.topic]
    assert watched == ["online", "offline"], "silence is not taken for quiet"
    told = [kept for kept in broker.kept if "/status/" not in kept.topic]
    (config, began, on, *_) = told
    assert config.topic.startswith("homeassistant/binary_sensor/crimeview_")
    assert json.loads(began.payload)["id"] == stored.id
    assert on.payload == "ON"
    assert told[-1].payload == "OFF"

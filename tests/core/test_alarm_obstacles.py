from dataclasses import replace

import pytest

from crimeview.core.alarm_obstacles import (
    LIVE_TRACKS,
    Obstacle,
    ObstacleKind,
    Scored,
    obstacle_of,
    obstacle_sentence,
)
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.watching import Camera, Zone

RULE = AlarmRule(id="r", name="night", track=AlarmTrack.EVENTS, threshold=0.5, armed=True)
DOOR = Zone(name="door", points=((0.1, 0.1), (0.9, 0.1), (0.9, 0.9)))
GATE = Camera(name="gate", address="rtsp://gate", zones=(DOOR,))
YARD = Camera(name="yard", address="rtsp://yard")


@pytest.mark.parametrize(
    ("rule", "kind", "names"),
    [
        (replace(RULE, cameras=("north",)), ObstacleKind.CAMERAS, ("north",)),
        (replace(RULE, cameras=("north", "yard")), ObstacleKind.SOME_CAMERAS, ("north",)),
        (replace(RULE, zone="dor"), ObstacleKind.ZONE, ("gate", "yard")),
        (replace(RULE, zone="door", cameras=("yard",)), ObstacleKind.ZONE, ("yard",)),
        (replace(RULE, zone="door", cameras=("gate", "yard")), ObstacleKind.SOME_ZONES, ("yard",)),
        (replace(RULE, zone="door", track=AlarmTrack.VIOLENCE), ObstacleKind.ZONE_TRACK, ()),
    ],
)
def test_what_is_in_a_rules_way(rule: AlarmRule, kind: ObstacleKind, names: tuple[str]) -> None:
    obstacle = obstacle_of(rule, [GATE, YARD])
    assert obstacle == Obstacle(kind=kind, names=names)
    sentence = obstacle_sentence(rule, obstacle)
    assert "“night” raises nothing" in sentence
    wanted = (rule.zone,) if kind is ObstacleKind.ZONE else names
    assert all(f"“{name}”" in sentence for name in wanted)


@pytest.mark.parametrize(
    "rule",
    [
        RULE,
        replace(RULE, zone="door"),
        replace(RULE, cameras=("gate",), zone="door"),
        replace(RULE, track=AlarmTrack.VIOLENCE),
        replace(RULE, track=AlarmTrack.LOST, zone="nowhere"),
    ],
)
def test_a_rule_that_can_raise_alarms_has_none(rule: AlarmRule) -> None:
    assert obstacle_of(rule, [GATE, YARD]) is None


def test_what_is_not_scored_raises_nothing() -> None:
    rule = replace(RULE, track=AlarmTrack.VIOLENCE)
    obstacle = obstacle_of(rule, [GATE], scored=Scored(tracks=LIVE_TRACKS - {AlarmTrack.VIOLENCE}))
    assert obstacle == Obstacle(kind=ObstacleKind.TRACK)


def test_without_cameras_nothing_is_raised_yet() -> None:
    obstacle = obstacle_of(RULE, [])
    assert obstacle is not None
    assert obstacle.kind.is_total
    assert "no camera is watched" in obstacle_sentence(RULE, obstacle)


def test_a_rule_that_raises_alarms_of_some_cameras_is_not_dead() -> None:
    obstacle = obstacle_of(replace(RULE, cameras=("north", "yard")), [GATE, YARD])
    assert obstacle is not None
    assert not obstacle.kind.is_total


def test_a_rule_on_thefts_without_their_models_raises_nothing() -> None:
    rule = replace(RULE, track=AlarmTrack.THEFT)
    assert obstacle_of(rule, [GATE]) is None
    obstacle = obstacle_of(rule, [GATE], scored=Scored(missing=frozenset({AlarmTrack.THEFT})))
    assert obstacle == Obstacle(kind=ObstacleKind.MODELS)
    assert obstacle.kind.is_total
    assert "crimeview models fetch pose" in obstacle_sentence(rule, obstacle)


@pytest.mark.parametrize(
    ("learned", "kind", "names"),
    [
        (frozenset(), ObstacleKind.UNLEARNED, ("gate", "yard")),
        (frozenset({"Gate"}), ObstacleKind.SOME_UNLEARNED, ("yard",)),
    ],
)
def test_a_rule_on_novelty_needs_cameras_that_were_learned(
    learned: frozenset[str], kind: ObstacleKind, names: tuple[str, ...]
) -> None:
    rule = replace(RULE, track=AlarmTrack.NOVELTY)
    obstacle = obstacle_of(rule, [GATE, YARD], scored=Scored(learned=learned))
    assert obstacle == Obstacle(kind=kind, names=names)
    assert obstacle.kind.is_total is not bool(learned)
    assert "nothing was learned" in obstacle_sentence(rule, obstacle)
    events = obstacle_of(RULE, [GATE, YARD], scored=Scored(learned=learned))
    assert events is None, "other tracks need nothing learned"
    assert (
        obstacle_of(rule, [GATE, YARD], scored=Scored(learned=frozenset({"gate", "yard"}))) is None
    )
    assert obstacle_of(rule, [GATE, YARD]) is None, "where it is not known nothing is claimed"


def test_what_leaves_nothing_is_said_before_what_leaves_some() -> None:
    rule = replace(RULE, track=AlarmTrack.NOVELTY, cameras=("gate", "north"))
    obstacle = obstacle_of(rule, [GATE, YARD], scored=Scored(learned=frozenset({"yard"})))
    assert obstacle == Obstacle(kind=ObstacleKind.UNLEARNED, names=("gate",))

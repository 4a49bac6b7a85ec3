"""Why a rule raises nothing of the cameras on the wall, in the window's language."""

from crimeview.core.alarm_obstacles import Obstacle, ObstacleKind
from crimeview.core.alarm_rule import AlarmRule
from crimeview.gui.text import translate
from crimeview.gui.wall_text import track_text


def obstacle_text(rule: AlarmRule, obstacle: Obstacle | None) -> str:
    """What is in a rule's way and what to do about it; empty where nothing is."""
    if obstacle is None:
        return ""
    names = ", ".join(f"“{name}”" for name in obstacle.names)
    return _text(obstacle.kind).format(
        cameras=names, zone=f"“{rule.zone}”", track=track_text(rule.track)
    )


def _text(kind: ObstacleKind) -> str:
    return _partial_text(kind) if not kind.is_total else _total_text(kind)


def _partial_text(kind: ObstacleKind) -> str:
    """Where it raises nothing of some of its cameras."""
    match kind:
        case ObstacleKind.SOME_CAMERAS:
            return translate(
                "Obstacle", "It raises nothing of {cameras}, which is not on the wall."
            )
        case ObstacleKind.SOME_UNLEARNED:
            return translate(
                "Obstacle", "It raises nothing of {cameras}, of which nothing was learned."
            )
        case _:
            return translate(
                "Obstacle", "It raises nothing of {cameras}, which has no zone {zone}."
            )


def _total_text(kind: ObstacleKind) -> str:
    match kind:
        case ObstacleKind.NO_CAMERAS:
            return translate("Obstacle", "It raises nothing yet: the wall has no camera.")
        case ObstacleKind.CAMERAS:
            return translate(
                "Obstacle",
                "It raises nothing: {cameras} is not on the wall. Choose a camera that is.",
            )
        case ObstacleKind.TRACK:
            return translate(
                "Obstacle", "It raises nothing: “{track}” is not scored while cameras are watched."
            )
        case ObstacleKind.ZONE_TRACK:
            return translate(
                "Obstacle",
                "It raises nothing: “{track}” is scored of whole pictures only. Choose the whole "
                "picture.",
            )
        case ObstacleKind.ZONE:
            return translate(
                "Obstacle",
                "It raises nothing: none of its cameras has a zone {zone}. Mark one, or choose the "
                "whole picture.",
            )
        case ObstacleKind.MODELS:
            return translate(
                "Obstacle",
                "It raises nothing: the models that score “{track}” are not there. Fetch them: "
                "crimeview models fetch pose.",
            )
        case _:
            return translate(
                "Obstacle",
                "It raises nothing: nothing was learned of {cameras}. Analyze recordings, and give "
                "what was learned the camera's name.",
            )

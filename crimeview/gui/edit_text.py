"""What was undone or made again, in words."""

from crimeview.core.alarm_rule import ListedRule
from crimeview.core.edit import Action, Edit
from crimeview.core.review import Review
from crimeview.core.segment import RulePreset
from crimeview.core.type_suggestion import ClusterName
from crimeview.core.watching import WallCamera
from crimeview.gui.review_text import action_text
from crimeview.gui.text import recordings_text, segments_text, translate


def taken_back_text(edit: Edit, *, again: bool) -> str:
    """`Undid: camera and time of 7 recordings`."""
    said = (
        translate("EditText", "Made again: {what}")
        if again
        else translate("EditText", "Undid: {what}")
    )
    if edit.action in (Action.NAME_CLUSTER, Action.UNNAME_CLUSTER):
        return said.format(what=_cluster_text(edit if again else edit.inverse()))
    return said.format(what=_what(edit))


def _what(edit: Edit) -> str:
    count = len(edit.changes)
    match edit.action:
        case Action.CLOCK:
            said = translate("EditText", "camera and time of {recordings}")
            return said.format(recordings=recordings_text(count))
        case Action.TRUTH:
            said = translate("EditText", "ground truth of {recordings}")
            return said.format(recordings=recordings_text(count))
        case Action.PRESET:
            preset = edit.changes[0].after or edit.changes[0].before
            name = preset.name if isinstance(preset, RulePreset) else ""
            return translate("EditText", "the rule “{name}”").format(name=name)
        case Action.ALARM_RULES:
            return _rules_text(edit)
        case Action.WALL:
            return _wall_text(edit)
    return _learned_text(edit.action) or _reviews_text(edit)


def _learned_text(action: Action) -> str | None:
    """What is said of cameras of recordings, and of what is learned, if it is one of these."""
    return {
        Action.TEACH: translate("EditText", "what the camera was taught"),
        Action.FORGET: translate("EditText", "forgetting what the camera was taught"),
        Action.CAMERA: translate("EditText", "which camera a recording is compared with"),
        Action.RENAME_CAMERA: translate("EditText", "the name of a camera"),
        Action.LEARN_TYPES: translate("EditText", "what was learned of types"),
        Action.FORGET_TYPES: translate("EditText", "forgetting what was learned of types"),
    }.get(action)


def _reviews_text(edit: Edit) -> str:
    reviews = sum(isinstance(c.after or c.before, Review) for c in edit.changes)
    action = action_text(edit.action)
    return f"{action} · {segments_text(reviews)}" if reviews else action


def _rules_text(edit: Edit) -> str:
    """Which alarm rules were changed."""
    records = (change.after or change.before for change in edit.changes)
    names = [record.rule.name for record in records if isinstance(record, ListedRule)]
    if len(names) == 1:
        return translate("EditText", "the alarm rule “{name}”").format(name=names[0])
    return translate("EditText", "{count} alarm rules").format(count=len(names))


def _cluster_text(done: Edit) -> str:
    """Which name an edit, as it was done, has given or taken back."""
    last = done.changes[-1]  # those before it give way
    if done.action is Action.NAME_CLUSTER:
        named, text = last.after, translate("EditText", "the name “{name}” of a cluster")
    else:
        named = last.before
        text = translate("EditText", "taking back the name “{name}” of a cluster")
    return text.format(name=named.name if isinstance(named, ClusterName) else "")


def _wall_text(edit: Edit) -> str:
    """Which cameras were added, changed or removed."""
    sides = [side for change in edit.changes for side in (change.after, change.before)]
    names = sorted({side.camera.name for side in sides if isinstance(side, WallCamera)})
    if len(names) == 1:
        return translate("EditText", "the camera “{name}” of the wall").format(name=names[0])
    return translate("EditText", "cameras of the wall: {names}").format(names=", ".join(names))

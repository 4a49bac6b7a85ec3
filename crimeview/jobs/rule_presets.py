"""Keeping rules by name, and deleting them, as edits."""

from collections.abc import Sequence

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.segment import RulePreset


def kept_preset(preset: RulePreset, *, known: Sequence[RulePreset]) -> Edit | None:
    """The edit that keeps a rule by name, in place of one of the `known` ones with its name.

    None where it is kept so already.
    """
    own = (preset.camera, preset.name)
    before = next((each for each in known if (each.camera, each.name) == own), None)
    return _edit(Change(before=before, after=preset)) if before != preset else None


def deleted_preset(preset: RulePreset) -> Edit:
    """The edit that deletes a rule that was kept by name."""
    return _edit(Change(before=preset, after=None))


def _edit(change: Change) -> Edit:
    return Edit(action=Action.PRESET, changes=(change,))

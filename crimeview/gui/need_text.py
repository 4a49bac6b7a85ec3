"""Why a command cannot be given now, in words."""

from crimeview.gui.commands import Need
from crimeview.gui.text import translate


def need_text(lacking: Need) -> str:
    """What to do first, for the first of the needs that are not met; empty where all are."""
    if not lacking:
        return ""
    sentences = {
        Need.ANALYSIS: translate("Need", "Only while an analysis is running"),
        Need.AT_REST: translate("Need", "Not while an analysis is running"),
        Need.PENDING: translate("Need", "All recordings are analyzed"),
        Need.RECORDING: translate("Need", "Choose a recording first"),
        Need.SEGMENTS: translate("Need", "No segments are listed"),
        Need.SEGMENT: translate("Need", "Choose a segment first"),
        Need.UNDO: translate("Need", "Nothing to undo"),
        Need.REDO: translate("Need", "Nothing to redo"),
        Need.MISSING: translate("Need", "No recording is missing"),
        Need.CAMERA: translate("Need", "Add a camera first"),
        Need.RESULTS: translate("Need", "Nothing was found yet"),
        Need.ALARM: translate("Need", "No alarm was raised"),
        Need.SOUND: translate("Need", "The recording has no sound"),
    }
    for need, sentence in sentences.items():
        if need in lacking:
            return sentence
    return translate("Need", "Not possible now")

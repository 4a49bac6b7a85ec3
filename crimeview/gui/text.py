"""What the window says: translation, and the words for values that many places show."""

from PySide6.QtCore import QCoreApplication

from crimeview.core.recording import RecordingState
from crimeview.core.timetext import clock_text
from crimeview.store.rows import CaseRecording

_sources: dict[str, str] = {}  # what was said in another language, and the English for it


def translate(context: str, text: str) -> str:
    """A text in the window's language.

    lupdate finds `translate("Context", "Text")` by this name.
    """
    said = QCoreApplication.translate(context, text)
    if said != text:
        _sources[said] = text
    return said


def english(said: str) -> str:
    """The English for what `translate` has said; as it is where that is unknown."""
    return _sources.get(said, said)


def length_text(seconds: float) -> str:
    """How long something lasts: `0.8 s`, `12 s`, `3 min 20 s`, `2 h 5 min`."""
    if seconds < 9.95:
        return translate("Text", "{seconds} s").format(seconds=f"{seconds:.1f}")
    whole = round(seconds)
    if whole < 60:
        return translate("Text", "{seconds} s").format(seconds=whole)
    if whole < 3600:
        minutes, rest = divmod(whole, 60)
        return translate("Text", "{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
    hours, rest = divmod(round(whole / 60), 60)
    return translate("Text", "{hours} h {minutes} min").format(hours=hours, minutes=rest)


def time_left_text(seconds: float | None) -> str:
    """A remaining time, as roughly as it is known."""
    if seconds is None:
        return translate("Text", "Estimating the time left …")
    if seconds < 10:
        return translate("Text", "A few seconds left")
    if seconds < 60:
        return translate("Text", "About {seconds} s left").format(seconds=round(seconds / 10) * 10)
    if seconds < 3600:
        return translate("Text", "About {minutes} min left").format(minutes=round(seconds / 60))
    hours, rest = divmod(round(seconds / 60), 60)
    return translate("Text", "About {hours} h {minutes} min left").format(hours=hours, minutes=rest)


def segments_text(count: int) -> str:
    if count == 1:
        return translate("Text", "1 segment")
    return translate("Text", "{count} segments").format(count=count)


def recordings_text(count: int) -> str:
    if count == 1:
        return translate("Text", "1 recording")
    return translate("Text", "{count} recordings").format(count=count)


def percent_text(fraction: float) -> str:
    return f"{int(fraction * 100)}%"  # never 100% before the end


def analyzed_share(recording: CaseRecording) -> float | None:
    """How much of a recording is analyzed, 0 to 1; None while its length is unknown."""
    if recording.recording is None or recording.recording.duration <= 0:
        return None
    return min(1.0, recording.analyzed / recording.recording.duration)


def state_text(recording: CaseRecording, *, segments: int) -> str:
    """One line on how far a recording is; for a failed one, its sentence."""
    share = analyzed_share(recording)
    match recording.state:
        case RecordingState.NEW:
            return translate("Text", "Not analyzed yet")
        case RecordingState.WAITING:
            return translate("Text", "Waiting")
        case RecordingState.ANALYZING if share is not None:
            return translate("Text", "Analyzing, {percent}").format(percent=percent_text(share))
        case RecordingState.ANALYZING:
            return translate("Text", "Analyzing")
        case RecordingState.STOPPED if recording.analyzed > 0:
            return translate("Text", "Stopped at {time}").format(
                time=clock_text(recording.analyzed)
            )
        case RecordingState.STOPPED:
            return translate("Text", "Stopped")
        case RecordingState.FAILED:
            return recording.error or translate("Text", "Failed")
    return segments_text(segments) if segments else translate("Text", "Nothing found")

"""What is said of a segment of a library, in words."""

from datetime import datetime

from crimeview.core.timetext import clock_text
from crimeview.gui.review_text import kind_text
from crimeview.gui.text import length_text, translate
from crimeview.store.library.rows import Entry


def type_text(entry: Entry) -> str:
    """The type, or that it is not known."""
    kind = entry.facts.crime_type
    return kind_text(kind) if kind else translate("Entry", "Type not known")


def span_text(entry: Entry) -> str:
    """`0:01:20 · 12 s`."""
    return f"{clock_text(entry.start)} · {length_text(entry.end - entry.start)}"


def happened_text(entry: Entry) -> str:
    """Date and time in this computer's zone; empty where that is not known."""
    if entry.happened is None:
        return ""
    return datetime.fromtimestamp(entry.happened).astimezone().strftime("%Y-%m-%d %H:%M")


def moment_of(text: str) -> float | None:
    """Seconds since 1970 of a date, or a date and time, in this computer's zone; None for none."""
    try:
        return datetime.fromisoformat(text.strip()).astimezone().timestamp()
    except ValueError:
        return None


def where_text(entry: Entry) -> str:
    """Camera, place and date, as far as they are known."""
    facts = entry.facts
    return " · ".join(part for part in (facts.camera, facts.place, happened_text(entry)) if part)


def accessible_text(entry: Entry) -> str:
    """All of it in one line."""
    parts = [type_text(entry), entry.recording.name, span_text(entry), where_text(entry)]
    return ", ".join(part for part in parts if part)

"""What found a segment and why, as the command line prints it."""

from crimeview.core.novelty import CLASS_REASONS, Reason
from crimeview.core.segment import Segment

_TIMES = (Reason.FAST, Reason.LARGE)
_SHARES = (Reason.WRONG_WAY, Reason.WRONG_PLACE)


def found_by_text(segment: Segment) -> str:
    """`events + novelty`; empty for what a person marked."""
    return " + ".join(segment.found_by.words)


def per_hour_text(segment: Segment) -> str:
    """How many such an hour of quiet time would show; empty where that is not known."""
    if segment.per_hour is None:
        return ""
    return f"{segment.per_hour:.2g}" if segment.per_hour >= 0.01 else "<0.01"


def why_text(segment: Segment) -> str:
    """The reason with its number: `fast 2.5x`, `new class: truck, 0 of 412 looks`."""
    reason, number = segment.reason, segment.number
    if reason is None or number is None:
        return ""
    if reason in CLASS_REASONS:
        return f"{reason.value}: {segment.seen_class}, {number:.0f} of {segment.looks} looks"
    if reason in _TIMES:
        return f"{reason.value} {number:.1f}x"
    if reason in _SHARES:
        return f"{reason.value} {100 * number:.1f} %"
    return f"{reason.value} {number:.0f} s"

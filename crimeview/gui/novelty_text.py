"""What makes something unusual for its camera, in words."""

from crimeview.core.novelty import Reason
from crimeview.core.segment import FoundBy, Segment
from crimeview.gui.text import length_text, translate

_RARE = 0.001  # of the time or of movements; below, one says “never”


def reason_text(reason: Reason) -> str:
    """The reason as briefly as can be."""
    return {
        Reason.FAST: translate("Novelty", "Too fast"),
        Reason.LARGE: translate("Novelty", "Large and moving"),
        Reason.WRONG_WAY: translate("Novelty", "Wrong way"),
        Reason.WRONG_PLACE: translate("Novelty", "Wrong place"),
        Reason.LOITERING: translate("Novelty", "Loitering"),
        Reason.STATIONARY: translate("Novelty", "Left standing"),
    }[reason]


def number_text(reason: Reason, number: float) -> str:
    """The reason's number as briefly as can be: `2.5×`, `0.4 %`, `45 s`."""
    match reason:
        case Reason.FAST | Reason.LARGE:
            return translate("Novelty", "{times}×").format(times=f"{number:.1f}")
        case Reason.WRONG_WAY | Reason.WRONG_PLACE:
            return _share(number)
        case _:
            return length_text(number)


def reason_sentence(reason: Reason, number: float) -> str:
    """The reason with what its number says."""
    match reason:
        case Reason.FAST:
            text = translate("Novelty", "{number} times the usual fast speed here")
        case Reason.LARGE:
            text = translate("Novelty", "{number} times the usual large movement here")
        case Reason.WRONG_WAY:
            text = translate("Novelty", "Goes this way here: {number} of movements")
        case Reason.WRONG_PLACE:
            text = translate("Novelty", "Something is here {number} of the time")
        case Reason.LOITERING:
            text = translate("Novelty", "Somebody has stayed here for {number}")
        case Reason.STATIONARY:
            text = translate("Novelty", "Has stood here for {number} and did not before")
    if reason in (Reason.FAST, Reason.LARGE):
        return text.format(number=f"{number:.1f}")
    return text.format(number=number_text(reason, number))


def found_by_text(found_by: FoundBy) -> str:
    """Which scorer found a segment."""
    return {
        FoundBy.EVENTS: translate("Novelty", "found by the network"),
        FoundBy.NOVELTY: translate("Novelty", "unusual for this camera"),
        FoundBy.BOTH: translate("Novelty", "found by the network, and unusual for this camera"),
    }[found_by]


def per_hour_text(per_hour: float) -> str:
    """How often such a segment is to be expected."""
    if per_hour >= 0.095:
        text = translate("Novelty", "about {number} such an hour are to be expected")
        return text.format(number=f"{per_hour:.1f}")
    return translate("Novelty", "less than one such in ten hours is to be expected")


def why_texts(segment: Segment) -> list[str]:
    """What found a segment, why, and how often such is to be expected; empty where only a network.

    A network gives no reasons, and without novelty nothing is known of how often.
    """
    if segment.per_hour is None:
        return []
    texts = [found_by_text(segment.found_by)]
    if segment.reason is not None and segment.number is not None:
        reason = f"{reason_text(segment.reason)} ({number_text(segment.reason, segment.number)})"
        texts.append(reason)
    return [*texts, per_hour_text(segment.per_hour)]


def _share(number: float) -> str:
    if number < _RARE:
        return translate("Novelty", "under 0.1 %")
    return translate("Novelty", "{share} %").format(share=f"{100 * number:.1f}")

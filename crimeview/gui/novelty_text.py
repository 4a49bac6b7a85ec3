"""What found a segment and why, in words."""

from crimeview.core.found_by import FoundBy
from crimeview.core.novelty import CLASS_REASONS, ClassSeen, Reason
from crimeview.core.segment import Segment
from crimeview.gui.class_names import class_text
from crimeview.gui.text import length_text, translate

_RARE = 0.001  # of the time or of movements; below, one says “never”


def reason_text(reason: Reason, *, number: float = 0.0, seen: ClassSeen | None = None) -> str:
    """The reason as briefly as can be; of a class, `seen` and the number say more."""
    if reason in CLASS_REASONS:
        return _class_text(reason, number, seen)
    return {
        Reason.FAST: translate("Novelty", "Too fast"),
        Reason.LARGE: translate("Novelty", "Large and moving"),
        Reason.WRONG_WAY: translate("Novelty", "Wrong way"),
        Reason.WRONG_PLACE: translate("Novelty", "Wrong place"),
        Reason.LOITERING: translate("Novelty", "Loitering"),
        Reason.STATIONARY: translate("Novelty", "Left standing"),
    }[reason]


def row_text(segment: Segment) -> str:
    """What found a segment, or why, where there is little room; empty where only the network."""
    if segment.found_by == FoundBy.EVENTS:
        return ""
    return scorers_text(segment.found_by, novelty=_reason_row(segment))


def scorers_text(found_by: FoundBy, *, novelty: str = "") -> str:
    """Scorers where there is little room; `novelty` stands for that one where it is given.

    What tells most comes first, so that the end can be cut off.
    """
    names = {
        FoundBy.EVENTS: translate("Novelty", "Network"),
        FoundBy.VIOLENCE: translate("Novelty", "Violence"),
        FoundBy.THEFT: translate("Novelty", "Theft?"),
        FoundBy.NOVELTY: novelty or translate("Novelty", "Unusual"),
    }
    return " + ".join(names[scorer] for scorer in reversed(list(found_by)))


def _reason_row(segment: Segment) -> str:
    seen = segment.seen
    if segment.reason is None:
        return ""
    if seen is None:
        return reason_text(segment.reason)
    if segment.reason is Reason.NEW_CLASS_HERE:
        text = translate("Novelty", "New here: {class}")
    elif (segment.number or 0.0) < 1:
        text = translate("Novelty", "New: {class}")
    else:
        text = translate("Novelty", "Seldom: {class}")
    return text.replace("{class}", class_text(seen.name))


def number_text(reason: Reason, number: float, *, seen: ClassSeen | None = None) -> str:
    """The reason's number as briefly as can be: `2.5×`, `0.4 %`, `45 s`, `0 of 412 looks`."""
    match reason:
        case Reason.FAST | Reason.LARGE:
            return translate("Novelty", "{times}×").format(times=f"{number:.1f}")
        case Reason.NEW_CLASS | Reason.NEW_CLASS_HERE:
            text = translate("Novelty", "{number} of {looks} looks")
            looks = seen.looks if seen is not None else 0
            return text.format(number=f"{number:,.0f}", looks=f"{looks:,}")
        case Reason.WRONG_WAY | Reason.WRONG_PLACE:
            return _share(number)
        case _:
            return length_text(number)


def reason_sentence(reason: Reason, number: float, *, seen: ClassSeen | None = None) -> str:
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
        case Reason.NEW_CLASS:
            text = translate("Novelty", "{number} showed one before")
        case Reason.NEW_CLASS_HERE:
            text = translate("Novelty", "{number} showed one in this part of the picture")
    if reason in (Reason.FAST, Reason.LARGE):
        return text.format(number=f"{number:.1f}")
    return text.format(number=number_text(reason, number, seen=seen))


def found_by_text(found_by: FoundBy) -> str:
    """Which scorers found a segment; empty where none did."""
    texts = {
        FoundBy.EVENTS: translate("Novelty", "found by the network"),
        FoundBy.VIOLENCE: translate("Novelty", "looks like violence"),
        FoundBy.THEFT: translate(
            "Novelty", "moves like a staged theft, which is not shown to find thefts in real stores"
        ),
        FoundBy.NOVELTY: translate("Novelty", "unusual for this camera"),
    }
    return ", ".join(texts[scorer] for scorer in found_by)


def per_hour_text(per_hour: float) -> str:
    """How often such a segment is to be expected."""
    if per_hour >= 0.095:
        text = translate("Novelty", "about {number} like it are expected in an hour of quiet")
        return text.format(number=f"{per_hour:.1f}")
    return translate("Novelty", "fewer than one like it is expected in ten hours of quiet")


def why_texts(segment: Segment) -> list[str]:
    """What found a segment, why, and how often such is to be expected.

    Empty where nothing but the network's events have been looked for: it gives no reasons, and
    nothing is known of how often.
    """
    if segment.per_hour is None and segment.found_by in (FoundBy.EVENTS, FoundBy.NOTHING):
        return []
    texts = [found_by_text(segment.found_by)]
    if segment.reason is not None and segment.number is not None:
        number, seen = segment.number, segment.seen
        what = reason_text(segment.reason, number=number, seen=seen)
        texts.append(f"{what} ({number_text(segment.reason, number, seen=seen)})")
    if segment.per_hour is not None:
        texts.append(per_hour_text(segment.per_hour))
    return texts


def _class_text(reason: Reason, number: float, seen: ClassSeen | None) -> str:
    if seen is None:
        return translate("Novelty", "Kind of object never seen")
    if reason is Reason.NEW_CLASS_HERE:
        text = translate("Novelty", "{class}: never in this part")
    elif number < 1:
        text = translate("Novelty", "{class}: never seen here")
    else:
        text = translate("Novelty", "{class}: seldom seen here")
    name = class_text(seen.name)
    return text.replace("{class}", name[:1].upper() + name[1:])


def _share(number: float) -> str:
    if number < _RARE:
        return translate("Novelty", "under 0.1 %")
    return translate("Novelty", "{share} %").format(share=f"{100 * number:.1f}")

"""What a search by likeness has come to, in words."""

from typing import TYPE_CHECKING

from crimeview.core.timetext import clock_text
from crimeview.gui.text import translate

if TYPE_CHECKING:
    from crimeview.jobs.similar import Similar


def verdict_sentence(found: "Similar") -> str:
    """Whether anything close was found, and what that was learned from."""
    if not found.matches:
        return translate("SimilarText", "Nothing that fits the filter can be compared.")
    others = _sentence_of_others(found)
    if not found.same:
        return others
    first = translate("SimilarText", "The first is the same, encoded anew.")
    if found.same > 1:
        text = translate("SimilarText", "The first {count} are the same, encoded anew.")
        first = text.format(count=found.same)
    return f"{first} {others}".rstrip()


def _sentence_of_others(found: "Similar") -> str:
    """Of the results that are not the same; empty where there are no others."""
    limit = found.threshold.value
    others = [match for match in found.matches if not match.is_same]
    if not others:
        return ""
    if limit is None:
        return translate(
            "SimilarText",
            "Too few segments to tell which of these are close: it takes 20 of 5 recordings.",
        )
    close = sum(bool(match.is_close) for match in others)
    if not close and found.same:
        return translate("SimilarText", "No other is close: none is above {limit}.").format(
            limit=f"{limit:.3f}"
        )
    if not close:
        if found.threshold.basis == "types":
            text = translate(
                "SimilarText",
                "No close match: none is above {limit}, which segments of different types reach "
                "here, too.",
            )
        else:
            text = translate(
                "SimilarText",
                "No close match: none is above {limit}. Give types to most segments, and closer "
                "can be told from chance more finely.",
            )
        return text.format(limit=f"{limit:.3f}")
    text = translate(
        "SimilarText", "{close} of {count} are close matches: above {limit}, as learned here."
    )
    if found.same:
        text = translate(
            "SimilarText", "{close} of {count} others are close: above {limit}, as learned here."
        )
    return text.format(close=close, count=len(others), limit=f"{limit:.3f}")


def query_sentence(found: "Similar") -> str:
    """`yard.mp4, 0:01:38.0 to 0:01:45.0`."""
    query = found.query
    return translate("SimilarText", "{name}, {start} to {end}").format(
        name=query.name,
        start=clock_text(query.start, decimals=1),
        end=clock_text(query.end, decimals=1),
    )

"""What a search by likeness has come to, in words."""

from typing import TYPE_CHECKING

from crimeview.core.timetext import clock_text
from crimeview.gui.text import translate

if TYPE_CHECKING:
    from crimeview.jobs.similar import Similar


def verdict_sentence(found: "Similar") -> str:
    """Whether anything close was found, and what that was learned from."""
    limit = found.threshold.value
    if not found.matches:
        return translate("SimilarText", "Nothing that fits the filter can be compared.")
    if limit is None:
        return translate(
            "SimilarText",
            "Too few segments to tell which of these are close: it takes 20 of 5 recordings.",
        )
    if not found.has_close_match:
        if found.threshold.basis == "types":
            text = translate(
                "SimilarText",
                "No close match: none is above {limit}, which segments of different types reach "
                "here, too.",
            )
        else:
            text = translate(
                "SimilarText",
                "No close match: none is above {limit}, which different recordings would reach "
                "here by chance.",
            )
        return text.format(limit=f"{limit:.3f}")
    close = sum(bool(match.is_close) for match in found.matches)
    text = translate(
        "SimilarText", "{close} of {count} are close matches: above {limit}, as learned here."
    )
    return text.format(close=close, count=len(found.matches), limit=f"{limit:.3f}")


def query_sentence(found: "Similar") -> str:
    """`yard.mp4, 0:01:38.0 to 0:01:45.0`."""
    query = found.query
    return translate("SimilarText", "{name}, {start} to {end}").format(
        name=query.name,
        start=clock_text(query.start, decimals=1),
        end=clock_text(query.end, decimals=1),
    )

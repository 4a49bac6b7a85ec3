"""The words for a map: facets, their values, what is known of a point."""

from typing import TYPE_CHECKING

from crimeview.core.found_by import FoundBy
from crimeview.core.review import ReviewState
from crimeview.core.timetext import clock_text
from crimeview.gui.novelty_text import scorers_text
from crimeview.gui.review_text import kind_text, review_state_text
from crimeview.gui.text import length_text, translate
from crimeview.jobs.map_facets import OTHER, SUGGESTED, Facet

if TYPE_CHECKING:
    from crimeview.jobs.map_points import MapItem


def facet_text(facet: Facet) -> str:
    return {
        Facet.TYPE: translate("MapText", "Type"),
        Facet.CLUSTER: translate("MapText", "Cluster"),
        Facet.RECORDING: translate("MapText", "Recording"),
        Facet.CASE: translate("MapText", "Case"),
        Facet.CAMERA: translate("MapText", "Camera"),
        Facet.DATE: translate("MapText", "Date"),
        Facet.STATE: translate("MapText", "Review"),
        Facet.OUTCOME: translate("MapText", "Outcome"),
        Facet.FOUND: translate("MapText", "Found by"),
    }[facet]


def value_text(facet: Facet, value: str | None) -> str:
    """A value as people read it."""
    if value is None:
        return {
            Facet.TYPE: translate("MapText", "No type"),
            Facet.CLUSTER: translate("MapText", "In no cluster"),
            Facet.FOUND: translate("MapText", "Marked by a person"),
        }.get(facet, translate("MapText", "Not known"))
    if value == OTHER:
        return translate("MapText", "Others")
    if facet is Facet.TYPE and value.endswith(SUGGESTED):
        text = translate("MapText", "{kind} (suggested)")
        return text.format(kind=kind_text(value.removesuffix(SUGGESTED)))
    if facet is Facet.TYPE:
        return kind_text(value)
    if facet is Facet.FOUND:
        return scorers_text(FoundBy.of_words(value.split()))
    if facet is Facet.STATE:
        return review_state_text(ReviewState(value))
    if facet is Facet.CLUSTER:
        return translate("MapText", "Cluster {number}").format(number=int(value) + 1)
    return value


def point_lines(item: "MapItem") -> tuple[str, str, str]:
    """Three lines on a point: what, where and when, how sure."""
    kind = translate("MapText", "No type")
    if item.kind:
        kind = kind_text(item.kind)
    elif item.suggested:
        kind = value_text(Facet.TYPE, item.suggested + SUGGESTED)
    first = kind
    if item.state is not None:
        first = f"{kind} · {review_state_text(item.state)}"
    second = f"{item.path.name} · {clock_text(item.start)}"
    score = translate("MapText", "Score {score}").format(score=f"{item.peak:.2f}")
    parts = [score, length_text(item.end - item.start)]
    if item.day is not None:
        parts.append(item.day.isoformat())
    return first, second, " · ".join(parts)


def trust_text(trust: float) -> str:
    return translate("MapText", "Trustworthiness {value}").format(value=f"{trust:.2f}")

"""The words for a map: facets, their values, what is known of a point."""

from typing import TYPE_CHECKING

from crimeview.core.review import ReviewState
from crimeview.core.timetext import clock_text
from crimeview.gui.review_text import kind_text, review_state_text
from crimeview.gui.text import length_text, translate
from crimeview.jobs.map_facets import OTHER, Facet

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
    }[facet]


def value_text(facet: Facet, value: str | None) -> str:
    """A value as people read it."""
    if value is None:
        return {
            Facet.TYPE: translate("MapText", "No type"),
            Facet.CLUSTER: translate("MapText", "In no cluster"),
        }.get(facet, translate("MapText", "Not known"))
    if value == OTHER:
        return translate("MapText", "Others")
    if facet is Facet.TYPE:
        return kind_text(value)
    if facet is Facet.STATE:
        return review_state_text(ReviewState(value))
    if facet is Facet.CLUSTER:
        return translate("MapText", "Cluster {number}").format(number=int(value) + 1)
    return value


def point_lines(item: "MapItem") -> tuple[str, str, str]:
    """Three lines on a point: what, where and when, how sure."""
    kind = kind_text(item.kind) if item.kind else translate("MapText", "No type")
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

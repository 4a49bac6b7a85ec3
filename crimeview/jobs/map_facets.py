"""By what the points of a map are told apart."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from crimeview.jobs.map_points import MapItem

Numbers = NDArray[np.intp]

MOST_VALUES = 24  # told apart by color and symbol; rarer ones are one


class Facet(Enum):
    """What colors and symbols stand for."""

    TYPE = "type"
    CLUSTER = "cluster"
    RECORDING = "recording"
    CASE = "case"
    CAMERA = "camera"
    DATE = "date"
    STATE = "state"
    FOUND = "found"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValues:
    """`codes` (n,) number the `values`: a text, None for not known, `OTHER` for the rarer ones.

    Of types those that are suggested end in `SUGGESTED`.

    `counts` say how many points have each. Values stand the most frequent first, dates and
    clusters in their order, then those that are rarer or not known.
    """

    facet: Facet
    values: tuple[str | None, ...]
    counts: tuple[int, ...]
    codes: Numbers


OTHER = "…"
SUGGESTED = "?"  # after a type that the program suggests and nobody has said: “fight?”


def facet_values(
    items: "Sequence[MapItem]", facet: Facet, *, clusters: Numbers | None = None
) -> FacetValues:
    """What each item has of a facet; `clusters` (n,), -1 for none, are needed for that one."""
    if facet is Facet.CLUSTER:
        numbers = np.full(len(items), -1) if clusters is None else clusters
        texts = [str(number) if number >= 0 else None for number in numbers.tolist()]
    elif facet is Facet.DATE:
        texts = _dates([item.day for item in items])
    else:
        texts = [_READ[facet](item) for item in items]
    return _coded(facet, texts)


def _coded(facet: Facet, texts: Sequence[str | None]) -> FacetValues:
    counts = Counter(texts)
    known = [text for text in counts if text is not None]
    known.sort(key=lambda text: (-counts[text], text))
    kept = known[:MOST_VALUES]
    if facet is Facet.TYPE:  # what people said comes before what is suggested
        kept.sort(key=lambda text: text.endswith(SUGGESTED))
    if facet in _ORDERED:
        kept.sort(key=_number)
    values: list[str | None] = list(kept)
    if len(known) > len(kept):
        values.append(OTHER)
    if None in counts:
        values.append(None)
    place = {text: number for number, text in enumerate(values)}
    rest = place.get(OTHER, 0)
    codes = np.array([place.get(text, rest) for text in texts], np.intp)
    told = np.bincount(codes, minlength=len(values)).tolist()
    return FacetValues(facet=facet, values=tuple(values), counts=tuple(told), codes=codes)


def _number(text: str) -> tuple[int, str]:
    return int(text) if text.isdecimal() else 0, text


def _dates(days: Sequence[date | None]) -> list[str | None]:
    """Days, or months or years where there are too many days to tell apart."""
    for width in (10, 7, 4):  # of 2024-05-17
        texts = [day.isoformat()[:width] if day is not None else None for day in days]
        if len(set(texts) - {None}) <= MOST_VALUES:
            return texts
    return texts


_ORDERED = (Facet.DATE, Facet.CLUSTER)
_READ: "Mapping[Facet, Callable[[MapItem], str | None]]" = {
    Facet.TYPE: lambda item: item.kind or (item.suggested and item.suggested + SUGGESTED) or None,
    Facet.RECORDING: lambda item: item.path.name,
    Facet.CASE: lambda item: item.case or None,
    Facet.CAMERA: lambda item: item.camera or None,
    Facet.STATE: lambda item: item.state.value if item.state is not None else None,
    Facet.OUTCOME: lambda item: item.outcome or None,
    Facet.FOUND: lambda item: " ".join(item.found_by.words) or None,
}

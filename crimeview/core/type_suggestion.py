"""What type a segment may be of, as the program suggests it: never what a person has said."""

from collections.abc import Mapping
from dataclasses import dataclass

ORDINARY = "normal"  # the class of what is nothing of a type
LIKELIEST = 3

# Classes of published data sets, in the words of `core.review.KINDS`.
_KINDS = {
    "fighting": "fight",
    "roadaccidents": "crash",
    "shoplifting": "theft",
    "stealing": "theft",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeSuggestion:
    """A suggested type.

    `kind` is None where it is unknown, or nothing of a type; `confidence`, 0 to 1, is that of
    `kind`, or of the likeliest where there is none. `likeliest` are up to three types (“normal”
    among them) with their chances, the likeliest first. `source` says in words what suggests it.
    """

    kind: str | None
    confidence: float
    likeliest: tuple[tuple[str, float], ...]
    source: str


def kind_of_class(name: str) -> str:
    """The crime type that a class of a data set is: “fight” for “Fighting”."""
    word = name.strip().lower()
    return _KINDS.get(word, word)


def suggestion(
    chances: Mapping[str, float], *, threshold: float, source: str, is_far: bool = False
) -> TypeSuggestion:
    """What chances of types say: a type is told from `threshold` on, and never of what is far.

    Raises ValueError where there are no chances.
    """
    ordered = sorted(chances.items(), key=lambda pair: -pair[1])[:LIKELIEST]
    if not ordered:
        raise ValueError("a suggestion needs chances")
    first, confidence = ordered[0]
    told = confidence >= threshold and first != ORDINARY and not is_far
    return TypeSuggestion(
        kind=first if told else None,
        confidence=float(confidence),
        likeliest=tuple((name, float(chance)) for name, chance in ordered),
        source=source,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeLessonUse:
    """Whether something that was learned of types is used; `id` is the lesson's."""

    id: int
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterName:
    """What a cluster of segments is called, None: it has no name; `id` is the cluster's."""

    id: int
    name: str | None

"""The words for types that are suggested, which nobody has said yet."""

from crimeview.core.type_suggestion import ORDINARY, TypeSuggestion
from crimeview.gui.review_text import kind_text
from crimeview.gui.text import translate
from crimeview.store.rows import CaseSegment


def suggested_kind(row: CaseSegment) -> TypeSuggestion | None:
    """The suggestion that can be accepted; None where there is none, or a person named a type."""
    if row.suggested is None or row.suggested.kind is None:
        return None
    said = row.review.kind if row.review is not None else None
    return row.suggested if not said else None


def suggested_text(suggested: TypeSuggestion) -> str:
    """`Suggested: Fight, 72 %`."""
    text = translate("SuggestedText", "Suggested: {kind}, {share}")
    return text.format(kind=kind_text(suggested.kind or ""), share=_share(suggested.confidence))


def unknown_kind(row: CaseSegment) -> TypeSuggestion | None:
    """What is said of a segment that nobody gave a type, and whose type is not told either."""
    if row.suggested is None or row.suggested.kind is not None:
        return None
    said = row.review.kind if row.review is not None else None
    return row.suggested if not said else None


def unknown_text(suggested: TypeSuggestion) -> str:
    """`Type unknown`, or that it is nothing of a type."""
    first = suggested.likeliest[0][0] if suggested.likeliest else ""
    if first == ORDINARY:
        return translate("SuggestedText", "Probably ordinary")
    return translate("SuggestedText", "Type unknown")


def likeliest_text(suggested: TypeSuggestion) -> str:
    """`Fight 71%, ordinary 26%, Crash 3%`: what it may be, the likeliest first."""
    return ", ".join(
        f"{_class_text(name)} {_share(chance)}" for name, chance in suggested.likeliest
    )


def suggested_briefly(suggested: TypeSuggestion) -> str:
    """`Fight? 72%`, where there is little room."""
    text = translate("SuggestedText", "{kind}? {share}")
    return text.format(kind=kind_text(suggested.kind or ""), share=_share(suggested.confidence))


def suggested_why(suggested: TypeSuggestion) -> str:
    """What suggests it, and what else it may be, in lines."""
    return f"{_source_text(suggested.source)}\n{likeliest_text(suggested)}"


def _source_text(source: str) -> str:
    kind, _, name = source.partition(" ")
    if kind == "cluster":
        return translate("SuggestedText", "From a group that was given a name")
    if kind == "learned":
        text = translate("SuggestedText", "From what was learned in this case (lesson {number})")
        return text.format(number=name)
    return translate("SuggestedText", "By the model {name}").format(name=name)


def _class_text(name: str) -> str:
    return translate("SuggestedText", "ordinary") if name == ORDINARY else kind_text(name)


def _share(chance: float) -> str:
    return f"{chance:.0%}"

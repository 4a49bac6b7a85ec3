"""The case's own settings: what it is called, what it is about, its crime types."""

from collections.abc import Mapping

from crimeview.core.edit import Action, CaseNote, Change, Edit

TITLE, DESCRIPTION, KINDS = "title", "description", "crime types"


def described(known: Mapping[str, str], texts: Mapping[str, str]) -> Edit | None:
    """The edit that gives a case with the `known` settings these ones; None where it has them."""
    changes = []
    for name, text in texts.items():
        before = CaseNote(name=name, text=known[name]) if name in known else None
        after = CaseNote(name=name, text=text.strip()) if text.strip() else None
        if before != after:
            changes.append(Change(before=before, after=after))
    return Edit(action=Action.DESCRIBE, changes=tuple(changes)) if changes else None

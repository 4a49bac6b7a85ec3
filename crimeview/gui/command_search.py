"""Finding commands by a few letters of what they are called.

A word is looked for at the beginning of a text, then of a word, then anywhere, and last as letters
in order with others between. Texts are compared by their letters alone, and Korean ones by the
consonants and vowels that syllables consist of: so `ㄷㅇ` finds `다음`, and a syllable that is half
written finds what it will be.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crimeview.gui.commands import Actions, key_texts, plain_title
from crimeview.gui.need_text import need_text
from crimeview.gui.text import english

_START, _WORD, _INSIDE, _SCATTERED = 0.0, 1.0, 2.0, 3.0  # how far from what was meant
_OTHER_TEXT = 0.5  # for each text that is less to the point than the one before it
_NOT_NOW, _ELSEWHERE = 0.75, 2.0  # a page that is shown is what somebody thinks of


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A command as it is found: `lacking` says why it cannot be given now, empty where it can.

    Where its page is not shown it is `elsewhere`. `texts` are what it is looked for in, the title
    first; `on` is None for what is no choice.
    """

    id: str
    title: str
    menu: str
    keys: Sequence[str]
    lacking: str
    elsewhere: bool
    on: bool | None
    texts: Sequence[str]


def entries_of(actions: Actions) -> list[Entry]:
    """All commands that can be chosen on some page, in the order of the table."""
    return [_entry(actions, name) for name in actions.commands if actions.offered(name)]


def ranked(entries: Iterable[Entry], query: str, *, recent: Sequence[str] = ()) -> list[Entry]:
    """The entries in which each word of the query is found, the likeliest first.

    Without a query all of them: those of the ids `recent` first, then what can be done now.
    """
    words = _letters(query).split()
    if not words:
        places = {command_id: place for place, command_id in enumerate(recent)}
        last = len(places)
        return sorted(entries, key=lambda e: (places.get(e.id, last), bool(e.lacking)))
    found = [(distance, e) for e in entries if (distance := _distance(e, words)) is not None]
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _entry(actions: Actions, command_id: str) -> Entry:
    command, action = actions.commands[command_id], actions[command_id]
    title = plain_title(action.text())
    place = plain_title(command.menu)
    if command.section is not None:
        place = f"{place} › {plain_title(command.section)}"
    in_english = [plain_title(english(t)) for t in (command.title, command.section or "")]
    return Entry(
        id=command_id,
        title=title,
        menu=place,
        keys=tuple(key_texts(command)),
        lacking=need_text(actions.lacking(command_id)),
        elsewhere=actions.elsewhere(command_id),
        on=action.isChecked() if command.checked is not None else None,
        texts=(title, *in_english, command_id.replace("-", " "), place),
    )


def _distance(entry: Entry, words: Sequence[str]) -> float | None:
    """How far an entry is from the words, 0 for its very beginning; None where one is missing."""
    texts = [_letters(text) for text in entry.texts]
    total = _NOT_NOW * bool(entry.lacking) + _ELSEWHERE * entry.elsewhere
    for word in words:
        distances = [
            distance + number * _OTHER_TEXT
            for number, text in enumerate(texts)
            if (distance := _distance_in(text, word)) is not None
        ]
        if not distances:
            return None
        total += min(distances)
    return total


def _distance_in(text: str, word: str) -> float | None:
    if text.startswith(word):
        return _START
    if f" {word}" in text:
        return _WORD
    if word in text:
        return _INSIDE
    gaps = _gaps(text, word)
    return None if gaps is None else _SCATTERED + gaps / len(text)


def _gaps(text: str, word: str) -> int | None:
    """How many letters lie between those of the word where they stand in the text, in order.

    None where they do not, and where the first of them is not the first of a word.
    """
    starts = [0, *(place + 1 for place, letter in enumerate(text) if letter == " ")]
    found = []
    for start in starts:
        at = start
        if not text.startswith(word[0], start):
            continue
        for letter in word[1:]:
            at = text.find(letter, at + 1)
            if at < 0:
                break
        else:
            found.append(at - start + 1 - len(word))
    return min(found, default=None)


def _letters(text: str) -> str:
    return unicodedata.normalize("NFKD", text).casefold()

import pytest

from crimeview.gui.command_search import Entry, entries_of, ranked
from crimeview.gui.settings import Language
from tests.gui.conftest import OpenWindow


def _entry(command_id: str, *texts: str, lacking: str = "", elsewhere: bool = False) -> Entry:
    return Entry(
        id=command_id,
        title=texts[0],
        menu="",
        keys=(),
        lacking=lacking,
        elsewhere=elsewhere,
        on=None,
        texts=texts,
    )


ENTRIES = [
    _entry("open", "Open recordings"),
    _entry("record", "Record"),
    _entry("reorder", "Reverse the order"),
    _entry("next", "다음 구간", "Next segment"),
    _entry("save", "Save the picture", lacking="Choose a recording first"),
]


def _found(query: str, **more: object) -> list[str]:
    return [entry.id for entry in ranked(ENTRIES, query, **more)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("rec", "record"),  # the beginning of the title, before the beginning of a word
        ("RECORDINGS", "open"),
        ("order", "reorder"),
        ("rvo", "reorder"),  # letters in order, others between
        ("next seg", "next"),  # English words in another language
        ("seg next", "next"),  # in any order
        ("다음", "next"),
        ("ㄷㅇㄱㄱ", "next"),  # first consonants
        ("다으", "next"),  # a syllable that is half written
        ("pic sav", "save"),
    ],
)
def test_a_few_letters_find_a_command(query: str, first: str) -> None:
    assert _found(query)[0] == first


def test_every_word_must_be_found() -> None:
    assert _found("open picture") == []
    assert _found("zzz") == []
    assert _found("eo") == [], "letters that begin no word are not enough"


def test_what_was_given_lately_is_first_and_what_cannot_be_given_last() -> None:
    assert _found("", recent=("reorder", "next")) == ["reorder", "next", "open", "record", "save"]


def test_commands_of_the_window_are_found_in_both_languages(open_window: OpenWindow) -> None:
    window = open_window(language=Language.KOREAN).window
    entries = entries_of(window.commands)
    for query, command_id in (
        ("next segment to", "next-new"),
        ("undo", "undo"),
        ("설정", "settings"),
        ("theme dark", "theme-dark"),
        ("ㅅㅈ", "settings"),
    ):
        assert command_id in [entry.id for entry in ranked(entries, query)[:3]], query
    hidden = {entry.id for entry in entries} & {f"recent-case-{n}" for n in range(1, 10)}
    assert not hidden, "places for cases that there are not"


def test_what_the_shown_page_does_comes_before_the_same_of_another_page() -> None:
    there = _entry("there", "Play or pause", elsewhere=True)
    here = _entry("here", "Play or pause both", lacking="Choose a recording first")
    assert [entry.id for entry in ranked([there, here], "play or pause")] == ["here", "there"]

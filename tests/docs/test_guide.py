"""The guide is there in both languages, of one content, and says what the window says."""

import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
NAMES = sorted(page.name for page in GUIDE.glob("*.md"))
Read = Callable[[str], str]
NAMED = {"Reverse the order", "다음"}  # of the other language, and named so
TEXTS = ROOT / "resources" / "translations" / "crimeview_ko.ts"


def _english(name: str) -> str:
    return (GUIDE / name).read_text("utf-8")


def _korean(name: str) -> str:
    return (GUIDE / "ko" / name).read_text("utf-8")


def _prose(text: str) -> str:
    """Without blocks of code, whose values are in the reader's language."""
    return re.sub(r"^ {4}.*$", "", text, flags=re.MULTILINE)


def _headings(text: str) -> list[int]:
    return [len(marks) for marks in re.findall(r"^(#+) ", _prose(text), re.MULTILINE)]


def _spans(text: str) -> set[str]:
    """Keys, files, columns: all that is written as code."""
    return set(re.findall(r"`([^`]+)`", _prose(text)))


def _targets(text: str, folder: Path) -> set[str]:
    """Pages and pictures that are linked, whatever their language."""
    links = re.findall(r"\]\(([^)#]+)(#[^)]*)?\)", text)
    paths = {(folder / link).resolve().relative_to(ROOT).as_posix() for link, _ in links}
    return {re.sub(r"-(en|ko)-", "-xx-", p).replace("guide/ko/", "guide/") for p in paths}


def _pages_told(text: str) -> list[str]:
    return re.findall(r"^\| \[[^]]+\]\((?!\.\.)([\w-]+\.md)\)", text, re.MULTILINE)


def test_every_page_is_there_in_korean() -> None:
    assert len(NAMES) >= 9
    assert sorted(page.name for page in (GUIDE / "ko").glob("*.md")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_headings(name: str) -> None:
    assert _headings(_english(name)) == _headings(_korean(name))


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_name_the_same_keys(name: str) -> None:
    assert _spans(_english(name)) == _spans(_korean(name))


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_pictures_and_links(name: str) -> None:
    assert _targets(_english(name), GUIDE) == _targets(_korean(name), GUIDE / "ko")


@pytest.mark.parametrize("name", NAMES)
def test_a_korean_page_has_korean_pictures(name: str) -> None:
    shown = re.findall(r"^!\[[^]]*\]\(([^)]+)\)", _korean(name), re.MULTILINE)
    assert not [picture for picture in shown if "-en-" in picture]


@pytest.mark.parametrize("read", [_english, _korean])
def test_the_index_has_every_page_in_reading_order(read: Read) -> None:
    told = _pages_told(read("README.md"))
    assert sorted(told) == [name for name in NAMES if name != "README.md"]
    for page, following in itertools.pairwise(told):
        assert re.search(rf"^(Next|다음): \[[^]]+\]\({following}\)", read(page), re.MULTILINE)


def _said(text: str) -> str:
    """As it stands in the window, without what marks its key in the menu; any number is `#`."""
    plain = re.sub(r"\(&\w\)", "", text).replace("&", "")
    return re.sub(r"\{\w+\}|\d+", "#", " ".join(plain.split())).rstrip("…").lower()


def _is_said(words: str, window: str) -> bool:
    """Whether the window has these words, or each of them where several are told in a row."""
    parts = [words, *re.split(r" > |, | and ", words)]
    found = [re.search(rf"(?<![^\W_]){re.escape(_said(part))}", window) for part in parts]
    return found[0] is not None or all(found[1:])


@pytest.mark.parametrize(("read", "of"), [(_english, "source"), (_korean, "translation")])
@pytest.mark.parametrize("name", NAMES)
def test_what_stands_in_italics_is_said_by_the_window(name: str, read: Read, of: str) -> None:
    window = "\n".join(_said(m.findtext(of, "")) for m in ET.parse(TEXTS).iter("message"))
    told = re.findall(r"(?<![*\w])\*([^*\s][^*]*?)\*(?!\*)", _prose(read(name)))
    words = {" ".join(t.split()) for t in told}
    assert not [w for w in sorted(words - NAMED) if not _is_said(w, window)]

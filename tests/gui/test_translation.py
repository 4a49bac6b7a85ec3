import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from crimeview.core.places import shipped

TRANSLATIONS = shipped("resources") / "translations"
SOURCES = sorted((Path(__file__).resolve().parents[2] / "crimeview" / "gui").rglob("*.py"))
Message = tuple[str, str, str]  # context, source, translation


def _messages(file: Path) -> list[Message]:
    return [
        (
            context.findtext("name", ""),
            message.findtext("source", ""),
            message.findtext("translation", ""),
        )
        for context in ET.parse(file).getroot().iter("context")
        for message in context.iter("message")
    ]


@pytest.fixture(scope="module")
def korean() -> list[Message]:
    return _messages(TRANSLATIONS / "crimeview_ko.ts")


def test_every_text_is_translated(tmp_path: Path, korean: list[Message]) -> None:
    extract = Path(sys.executable).parent / "pyside6-lupdate"
    if not extract.exists():
        pytest.skip("pyside6-lupdate is not installed")
    fresh = tmp_path / "fresh.ts"
    subprocess.run([extract, *SOURCES, "-ts", fresh], check=True, capture_output=True)
    in_source = {(context, text) for context, text, _ in _messages(fresh)}
    translated = {(context, text) for context, text, translation in korean if translation}
    assert len(in_source) > 50
    assert in_source == translated


def test_placeholders_survive_translation(korean: list[Message]) -> None:
    for _, source, translation in korean:
        assert sorted(re.findall(r"{\w+}", source)) == sorted(re.findall(r"{\w+}", translation))


def test_the_compiled_file_is_up_to_date(qapp: QApplication, korean: list[Message]) -> None:
    translator = QTranslator()
    assert translator.load("crimeview_ko", str(TRANSLATIONS))
    for context, source, translation in korean:
        assert translator.translate(context, source) == translation


# One word for each term, wherever it stands: whoever reads on is not to ask whether it is another.
TERMS = {
    "alarm": "경보",
    "case": "사건",
    "clip": "클립",
    "cluster": "군집",
    "confirmed": "확정",
    "dismissed": "기각",
    "keyring": "키링",
    "lead": "단서",
    "novelty": "이례성",
    "package": "패키지",
    "playhead": "재생 위치",
    "projection": "투영",
    "region": "영역",
    "reviewer": "검토자",
    "schedule": "시간표",
    "segment": "구간",
    "threshold": "임계값",
}
NAMED_OTHERWISE = ("Rule for segments", "Not used: of segments of recordings")  # so they begin
OTHER_WORDS = ("낯선 일", "드문 일", "문턱값", "사영", "없어진", "십시오")


@pytest.mark.parametrize(("term", "word"), TERMS.items())
def test_a_term_has_one_korean_word(term: str, word: str, korean: list[Message]) -> None:
    said = re.compile(rf"(?<![{{\w-]){term}s?\b(?!}})", re.IGNORECASE)
    told = [
        (source, translation)
        for context, source, translation in korean
        if said.search(source.replace("&", "")) and context != "Classes"
    ]
    assert told
    assert not [s for s, t in told if word not in t and not s.startswith(NAMED_OTHERWISE)]


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_no_other_word_stands_for_a_term(word: str, korean: list[Message]) -> None:
    assert not [translation for _, _, translation in korean if word in translation]

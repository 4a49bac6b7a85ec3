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

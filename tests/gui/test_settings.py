import json
from pathlib import Path

import pytest

from crimeview.gui.settings import Language, Preferences, Settings, Theme


def test_choices_are_remembered(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "settings.json"
    Preferences(file).change(
        theme=Theme.LIGHT, language=Language.KOREAN, analyze_on_opening=False, layout={"a": "00ff"}
    )
    again = Preferences(file)
    assert again.complaint is None
    assert again.settings == Settings(
        theme=Theme.LIGHT, language=Language.KOREAN, analyze_on_opening=False, layout={"a": "00ff"}
    )


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "settings.json")
    assert preferences.settings == Settings()
    assert preferences.complaint is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"theme": "purple"}',
        '{"analyze_on_opening": "yes"}',
        '{"layout": [1]}',
        "\x00\xff",
    ],
)
def test_a_bad_file_is_set_aside_with_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(text, encoding="latin-1")
    preferences = Preferences(file)
    aside = tmp_path / "settings.unreadable.json"
    assert preferences.settings == Settings()
    assert preferences.complaint is not None
    assert str(aside) in preferences.complaint
    assert aside.read_text(encoding="latin-1") == text
    assert not file.exists()


def test_what_a_newer_program_has_written_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"theme": "light", "hologram": True}))
    assert Preferences(file).settings == Settings(theme=Theme.LIGHT)


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    preferences = Preferences(blocked / "settings.json")
    preferences.change(theme=Theme.LIGHT)
    assert preferences.settings.theme is Theme.LIGHT

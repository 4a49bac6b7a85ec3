import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from crimeview.gui.commands import Command, meet
from crimeview.gui.key_bindings import KeyBindings
from crimeview.gui.settings import Language, Preferences
from crimeview.gui.widgets.shortcut_sheet import ShortcutSheet
from tests.gui.conftest import OpenWindow


def _command(command_id: str, *keys: str, page: str | None = None) -> Command:
    return Command(
        id=command_id, title=command_id, menu="M", run=lambda: None, shortcuts=keys, page=page
    )


TABLE = [
    _command("a", "F5", "Ctrl+A"),
    _command("b", "F6"),
    _command("c"),
    _command("d", "F7", page="one"),
    _command("e", "F7", page="two"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def _bindings(file: Path) -> KeyBindings:
    bindings = KeyBindings(Preferences(file))
    bindings.take(TABLE)
    return bindings


def test_a_new_key_is_kept_and_the_former_holder_loses_it(file: Path) -> None:
    bindings = _bindings(file)
    assert [c.id for c in bindings.holders("F5", besides="b")] == ["a"]
    bindings.bind("b", ["F5", "f8"])
    again = _bindings(file)
    assert again.keys == {
        "a": ("Ctrl+A",),
        "b": ("F5", "F8"),
        "c": (),
        "d": ("F7",),
        "e": ("F7",),
    }
    assert again.is_changed("a")
    assert not again.is_changed("c")


def test_pages_do_not_take_keys_from_each_other(file: Path) -> None:
    bindings = _bindings(file)
    assert bindings.holders("F7", besides="d") == []
    assert [c.id for c in bindings.holders("F7", besides="c")] == ["d", "e"]
    bindings.bind("c", ["F7"])
    assert bindings.keys["d"] == bindings.keys["e"] == ()


def test_one_and_all_can_be_as_they_were(file: Path) -> None:
    bindings = _bindings(file)
    bindings.bind("b", ["F5"])
    bindings.bind("c", ["F9"])
    bindings.reset("b")
    assert bindings.keys["b"] == ("F6",)
    assert bindings.keys["a"] == ("Ctrl+A",), "nobody asked for it back"
    bindings.reset("a")
    assert bindings.keys["a"] == ("F5", "Ctrl+A")
    assert bindings.any_changed
    bindings.reset_all()
    assert not bindings.any_changed
    assert json.loads(file.read_text())["keys"] == {}


def test_keys_of_another_version_do_no_harm(file: Path) -> None:
    file.write_text(
        json.dumps({"keys": {"gone": ["F5"], "c": ["F6", "no key at all"], "b": ["F6", "F8"]}})
    )
    bindings = _bindings(file)
    assert bindings.keys["b"] == ("F6", "F8")
    assert bindings.keys["c"] == (), "F6 cannot be two"
    assert bindings.keys["a"] == ("F5", "Ctrl+A"), "what is gone holds nothing"
    bindings.bind("c", ["F10"])
    kept = json.loads(file.read_text())["keys"]
    assert kept["gone"] == ["F5"], "the other version may want it again"


def test_no_two_commands_that_meet_have_the_same_key(open_window: OpenWindow) -> None:
    commands = list(open_window().window.commands.commands.values())
    for number, one in enumerate(commands):
        assert len(set(one.shortcuts)) == len(one.shortcuts)
        for other in commands[number + 1 :]:
            if meet(one, other):
                assert not set(one.shortcuts) & set(other.shortcuts), f"{one.id}, {other.id}"


def test_menus_sheet_and_buttons_show_the_bound_keys_in_every_language(
    open_window: OpenWindow,
) -> None:
    window = open_window(keys={"save-picture": ["F4"], "shortcuts": ["F2"]}).window
    for language in (Language.ENGLISH, Language.KOREAN):
        window._set_language(language)
        action = window.commands["save-picture"]
        assert [key.toString() for key in action.shortcuts()] == ["F4"]
        assert "(F4)" in action.toolTip()
        window.commands["shortcuts"].trigger()
        sheet = window.findChildren(ShortcutSheet)[-1]
        caps = [label.text() for label in sheet.findChildren(QLabel) if label.property("keycap")]
        sheet.close()
        assert {"F4", "F2"} <= set(caps)
        assert "F1" not in caps
        others = window.commands.commands.values()
        assert caps.count("Ctrl+S") == sum("Ctrl+S" in c.shortcuts for c in others)

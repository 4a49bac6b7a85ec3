import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenuBar, QToolButton, QWidget

from crimeview.core.places import shipped
from crimeview.gui.commands import Actions, Command, Need
from crimeview.gui.look import Look
from crimeview.gui.settings import Theme
from crimeview.gui.turns import Turns
from tests.gui.conftest import OpenWindow


def _command(command_id: str, **more: object) -> Command:
    values = {"title": "&Do it…", "menu": "&Menu", "run": lambda: None} | more
    return Command(id=command_id, **values)


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(qapp, theme=Theme.DARK)


def test_two_commands_cannot_share_a_shortcut_or_a_name(qtbot: object, look: Look) -> None:
    owner = QWidget()
    with pytest.raises(ValueError, match=r"F5 is the shortcut of a and b"):
        Actions(
            [_command("a", shortcuts=("F5",)), _command("b", shortcuts=("F5",))],
            look=look,
            owner=owner,
            turns=Turns(),
        )
    with pytest.raises(ValueError, match="two commands are called a"):
        Actions([_command("a"), _command("a")], look=look, owner=owner, turns=Turns())


def test_what_a_command_needs_enables_it(qtbot: object, look: Look) -> None:
    owner = QWidget()
    actions = Actions(
        [_command("a"), _command("b", needs=Need.RECORDING | Need.SEGMENTS)],
        look=look,
        owner=owner,
        turns=Turns(),
    )
    for available, enabled in (
        (Need.NOTHING, False),
        (Need.RECORDING, False),
        (Need.RECORDING | Need.SEGMENTS | Need.ANALYSIS, True),
    ):
        actions.enable(available)
        assert actions["a"].isEnabled()
        assert actions["b"].isEnabled() is enabled


def test_menus_come_from_the_table(qtbot: object, look: Look) -> None:
    owner = QWidget()
    bar = QMenuBar(owner)
    actions = Actions(
        [
            _command("a"),
            _command("b", menu="Other"),
            _command("c", separated=True),
            _command("d", section="Sub"),
        ],
        look=look,
        owner=owner,
        turns=Turns(),
    )
    actions.fill(bar)
    assert [a.text() for a in bar.actions()] == ["&Menu", "Other"]
    menu = bar.actions()[0].menu()
    assert [a.isSeparator() for a in menu.actions()] == [False, True, False, False]
    assert menu.actions()[3].menu().actions() == [actions["d"]]


def test_menus_follow_the_page_that_is_shown(qtbot: object, look: Look) -> None:
    owner = QWidget()
    bar = QMenuBar(owner)
    actions = Actions(
        [
            _command("a"),
            _command("b", menu="Map", page="map"),
            _command("c", page="map", section="Sub"),
            _command("d", menu="Wall", page="wall"),
            _command("e", menu="Last"),
        ],
        look=look,
        owner=owner,
        turns=Turns(),
    )
    actions.fill(bar, first=["Wall"], last=["&Menu"])
    assert [a.text() for a in bar.actions()] == ["Wall", "Map", "Last", "&Menu"]

    def shown() -> list[str]:
        return [a.text() for a in bar.actions() if a.isVisible()]

    assert shown() == ["Last", "&Menu"]
    actions.enable(Need.NOTHING, page="map")
    assert shown() == ["Map", "Last", "&Menu"]
    section = bar.actions()[3].menu().actions()[-1]
    assert section.isVisible()
    actions.enable(Need.NOTHING, page="wall")
    assert shown() == ["Wall", "Last", "&Menu"]
    assert not section.isVisible()
    assert actions.offered("b"), "it is found all the same"
    actions.offer({"e": False})
    assert shown() == ["Wall", "&Menu"]
    assert not actions.offered("e")


def test_the_window_offers_every_command_in_a_menu(open_window: OpenWindow) -> None:
    window = open_window().window
    offered: list[QAction] = []
    pending = list(window.menuBar().actions())
    while pending:
        action = pending.pop()
        menu = action.menu()
        pending += menu.actions() if menu else []
        offered += [] if menu or action.isSeparator() else [action]
    assert set(offered) == {window.commands[name] for name in window.commands.commands}
    for command in window.commands.commands.values():
        for text in command.shortcuts:
            assert not QKeySequence(text).isEmpty(), f"{text} is no shortcut"


def test_every_icon_is_there(open_window: OpenWindow) -> None:
    for command in open_window().window.commands.commands.values():
        if command.icon is not None:
            assert (shipped("resources") / "icons" / f"{command.icon}.svg").is_file()


def test_every_button_can_be_reached_and_is_named(open_window: OpenWindow) -> None:
    driven = open_window()
    buttons = [b for b in driven.window.findChildren(QToolButton) if b.defaultAction()]
    assert len(buttons) >= 10
    for button in buttons:
        assert button.accessibleName()
        assert button.focusPolicy() & button.focusPolicy().TabFocus
        assert button.toolTip()

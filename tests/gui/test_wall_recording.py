"""What is recorded around alarms is set in the window, and holds for whoever watches the case."""

from pathlib import Path

from crimeview.core.clip_order import ClipOrder
from crimeview.gui.pages.wall.page import WallPage
from crimeview.gui.widgets.recording_dialog import RecordingDialog
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven


def shown(driven: Driven) -> RecordingDialog:
    driven.window.parts.navigation.show("wall")
    driven.settle()
    page = driven.window.page
    assert isinstance(page, WallPage)
    page.show_recording()
    (dialog,) = (d for d in driven.window.findChildren(RecordingDialog) if d.isVisible())
    return dialog


def kept(folder: Path) -> ClipOrder | None:
    with open_case(folder) as case:
        return case.live.recording(unless=ClipOrder(pre=99.0))


def test_it_is_set_for_the_case_and_switched_off(open_window: OpenWindow, tmp_path: Path) -> None:
    driven = open_window()
    dialog = shown(driven)
    assert dialog.order() == ClipOrder()
    dialog.accept()
    driven.settle()
    assert kept(tmp_path / "case") == ClipOrder(pre=99.0), "nothing was said yet"
    dialog = shown(driven)
    dialog.pre.setValue(25.0)
    dialog.days.setValue(0.0)
    dialog.gigabytes.setValue(3.0)
    dialog.accept()
    stored = driven.window.parts.wall
    wanted = ClipOrder(pre=25.0, days=None, most=3_000_000_000)
    driven.wait(lambda: stored.recording == wanted)
    assert kept(tmp_path / "case") == wanted
    dialog = shown(driven)
    assert (dialog.days.text(), dialog.pre.value()) == ("never", 25.0)
    dialog.recorded.setChecked(False)
    assert not dialog.pre.isEnabled()
    dialog.accept()
    driven.wait(lambda: stored.recording is None)
    assert kept(tmp_path / "case") is None


def test_it_is_reached_by_a_key(open_window: OpenWindow) -> None:
    driven = open_window()
    driven.window.parts.navigation.show("wall")
    driven.settle()
    driven.window.page.setFocus()
    command = next(c for c in driven.window.page.commands() if c.id == "wall-recording")
    assert command.shortcuts == ("G",)
    command.run()
    (dialog,) = (d for d in driven.window.findChildren(RecordingDialog) if d.isVisible())
    dialog.reject()
    driven.settle()

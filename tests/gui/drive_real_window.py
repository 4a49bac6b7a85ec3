"""Run by test_real_window in a process that has a screen: works the window, prints what it saw.

Arguments: the case folder and the recording.
"""

import faulthandler
import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crimeview.gui.app import application, compose
from crimeview.gui.settings import Preferences
from crimeview.gui.widgets.shortcut_sheet import ShortcutSheet
from crimeview.gui.window import Window
from crimeview.jobs.models import default_models
from crimeview.store.case import open_case
from tests.gui.driven import Driven, pixels
from tests.gui.recordings import RATE, shown_number


def main(case: Path, recording: Path) -> None:
    app = application(offscreen=False)
    preferences = Preferences()
    preferences.change(novelty=False)  # its box would lie over the number that is read
    window = compose(app, open_case(case), preferences=preferences, find_models=default_models)
    window.show()
    window.begin([])
    seen: dict[str, object] = {
        "platform": app.platformName(),
        "active": QTest.qWaitForWindowActive(window, 30_000),
    }
    driven = Driven(window)
    driven.drop(recording)
    driven.settle()
    listed = driven.workspace.listed
    numbers = []
    for row in (1, 0):
        driven.click_segment(row)
        driven.settle()
        numbers.append(_number_on_the_screen(driven))
    seen["segments"] = len(listed)
    seen["numbers"] = numbers
    seen["expected"] = [int(listed[row].segment.start * RATE + 1e-6) for row in (1, 0)]
    for _ in range(2):
        driven.press(Qt.Key.Key_Right)
    driven.settle()
    seen["stepped"] = _number_on_the_screen(driven)
    driven.press(Qt.Key.Key_F1)
    driven.wait(lambda: bool(_sheets(window)))
    seen["sheet"] = bool(_sheets(window))
    window.close()
    print(json.dumps(seen))


def _number_on_the_screen(driven: Driven) -> int:
    """The number of the frame, read from what the X server shows once it has what was painted."""
    area = driven.view.picture_rectangle().toRect()
    area.moveTopLeft(driven.view.mapTo(driven.window, area.topLeft()))

    def shows(number: int) -> bool:
        shot = driven.window.screen().grabWindow(driven.window.winId(), *area.getRect())
        try:
            return shown_number(pixels(shot.toImage())) == number
        except ValueError:  # nothing is shown as yet
            return False

    painted = driven.number_on_screen()
    driven.wait(lambda: shows(painted))
    return painted


def _sheets(window: Window) -> list[ShortcutSheet]:
    return [s for s in window.findChildren(ShortcutSheet) if s.isVisible()]


if __name__ == "__main__":
    faulthandler.dump_traceback_later(230, exit=True)  # says where it stands still
    main(Path(sys.argv[1]), Path(sys.argv[2]))
    QApplication.quit()

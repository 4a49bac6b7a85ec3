"""Run by test_whole_reviews in a process that has a screen: reviews a case, prints what it saw.

Argument: the folder of a case in which recordings are analyzed.
"""

import gc
import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.watchdog import watched
from crimeview.core.review import ReviewState
from crimeview.gui.app import application, compose
from crimeview.gui.settings import Preferences
from crimeview.jobs.models import default_models
from crimeview.store.case import open_case
from tests.gui.driven import Driven, pass_time
from tests.gui.whole_review import review, shape, undo_all

_BETWEEN = 5  # ms


class Paced(Driven):
    """Lets the window breathe between keys, as fingers do: each is then measured by itself."""

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        super().press(key, modifier)
        pass_time(_BETWEEN)


def main(folder: Path) -> None:
    app = application(offscreen=False)
    preferences = Preferences()
    preferences.change(novelty=False, show_novelty=False)
    case = open_case(folder)
    window = compose(app, case, preferences=preferences, find_models=default_models)
    gc.freeze()  # as the application does
    window.show()
    active = QTest.qWaitForWindowActive(window, 30_000)
    window.begin([])
    driven = Paced(window)
    driven.settle()
    with watched() as blocks:
        seen = _whole(driven)
    seen |= {
        "platform": app.platformName(),
        "active": active,
        "own": blocks.own,
        "often": blocks.often(max(1, len(case.segments()) // 4)),
        "ticks": blocks.ticks,
    }
    window.close()
    print(json.dumps(seen))


def _whole(driven: Driven) -> dict[str, object]:
    case = driven.workspace.case
    before = case.segments()
    review(driven)
    driven.settle()
    reviewed = case.segments()
    seen: dict[str, object] = {
        "before": len(before),
        "reviewed": len(reviewed),
        "new": sum(s.state is ReviewState.NEW for s in reviewed),
        "progress": driven.panel.progress.text,
    }
    shape(driven)
    seen["edits"] = len(case.edits.log())
    seen["presses"] = undo_all(driven)
    seen["edits_and_undone"] = len(case.edits.log())
    seen["stored_as_before"] = case.segments() == before
    seen["shown_as_before"] = list(driven.workspace.segments) == before
    return seen


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    QApplication.quit()

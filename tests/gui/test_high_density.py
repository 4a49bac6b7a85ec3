"""On screens of higher density pictures and icons have as many pixels as the screen."""

import json
import os
import subprocess
import sys

import pytest

CODE = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel
from crimeview.gui.app import application, compose
from crimeview.gui.settings import Preferences
from crimeview.gui.style import ICON
from crimeview.store.case import open_case

app = application(offscreen=True)
folder = Path(sys.argv[1])
window = compose(
    app, open_case(folder / "case"), preferences=Preferences(folder / "s.json"),
    find_models=lambda: None,
)
window.show()
window.begin([])
window.pages[0].show_parts(shown=True)
app.processEvents()
density = window.devicePixelRatioF()
labels = [l.pixmap() for l in window.findChildren(QLabel) if not l.pixmap().isNull()]
look = window.parts.look
icons, crisp = 0, 0
for command in window.commands.commands.values():
    if command.icon is not None:
        icons += 1
        shown = window.commands[command.id].icon().pixmap(QSize(ICON, ICON), density)
        drawn = look.pixmap(command.icon, size=ICON, color=look.colors.text, scale=density)
        faint = look.pixmap(command.icon, size=ICON, color=look.colors.faint, scale=density)
        size = int(ICON * density + 0.5)
        same = shown.toImage() in (drawn.toImage(), faint.toImage())
        crisp += same and shown.width() == size
shot = window.grab()
print(json.dumps({
    "density": density,
    "labels": [[p.width() / p.devicePixelRatio(), p.devicePixelRatio()] for p in labels],
    "icons": icons,
    "crisp": crisp,
    "shot": [shot.width() / window.width(), shot.height() / window.height()],
}))
window.close()
"""


@pytest.mark.parametrize("scale", ["1.25", "1.5", "2"])
def test_pixmaps_have_the_pixels_of_the_screen(tmp_path: object, scale: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(tmp_path)],
        env=os.environ | {"QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    density = float(scale)
    assert seen["density"] == density
    assert seen["icons"] > 20
    assert seen["crisp"] == seen["icons"]
    assert len(seen["labels"]) >= 3
    for _, of_label in seen["labels"]:
        assert of_label == pytest.approx(density, abs=0.02)
    assert seen["shot"] == pytest.approx([density, density], abs=0.01)

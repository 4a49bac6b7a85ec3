"""Renders the pictures of the guide's page on reviewing, from a recording of yours.

Usage: PYTHONPATH=. python docs/review_screenshots.py [RECORDING ...]

Without recordings it takes the program's own demonstration, as `docs/screenshots.py` does.
"""

import sys
from pathlib import Path

from pictures import at_home, save, settle
from screenshots import demonstration_file, taken_home

from crimeview.core.region import RegionUse
from crimeview.core.review import ReviewState
from crimeview.gui.app import application, compose
from crimeview.gui.settings import Preferences
from crimeview.gui.snapshot import SIZE
from crimeview.gui.window import Window
from crimeview.gui.workspace import Scope
from crimeview.jobs.models import default_models
from crimeview.store.case import open_case

_THRESHOLD = 0.2  # by which the demonstration has a few more leads
_IGNORED = ((0.0, 0.0), (1.0, 0.0), (1.0, 0.24), (0.45, 0.3), (0.0, 0.27))


def main(arguments: list[str]) -> None:
    given = [Path(a) for a in arguments] or [demonstration_file()]
    with at_home() as home:
        recordings = [taken_home(path, home) for path in given]
        settings = home / "settings.json"
        settings.write_text('{"language": "en", "reviewer": "kim"}', encoding="utf-8")
        window = compose(
            application(offscreen=False),
            open_case(home / "Cases" / "night"),
            preferences=Preferences(settings),
            find_models=default_models,
        )
        window.resize(*SIZE)
        window.show()
        window.begin(recordings)
        settle(window)
        _review(window)
        _draw(window)
        save(window, "regions")
        window.close()


def _review(window: Window) -> None:
    parts = window.parts
    parts.thresholding.drop(_THRESHOLD)
    settle(window)
    parts.workspace.set_scope(Scope.CASE)
    for state in (ReviewState.CONFIRMED, ReviewState.DISMISSED, ReviewState.UNSURE):
        if parts.reviewing.step_unreviewed(1):
            parts.reviewing.judge(state)
            settle(window)
    first = parts.workspace.listed[0]
    parts.workspace.select_segment(first.id)
    parts.workspace.playhead.seek(first.segment.peak_time)
    parts.reviewing.name("fight")
    parts.reviewing.tag(add=["gate", "two people"], drop=[], rows=parts.reviewing.chosen)
    parts.reviewing.note("Seen from the other camera too.", rows=parts.reviewing.chosen)
    settle(window)


def _draw(window: Window) -> None:
    regions = window.parts.regions
    regions.toggle()
    for point in _IGNORED:
        regions.draw(point)
    regions.use = RegionUse.IGNORE
    regions.finish_drawing()
    settle(window)


if __name__ == "__main__":
    main(sys.argv[1:])

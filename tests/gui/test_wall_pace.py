"""The window's thread is never held long by many cameras, however many pictures come."""

import time
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from crimeview.core.address import camera_of
from crimeview.core.track import TrackKind
from crimeview.core.watching import CameraHealth, CameraState, LivePicture, LiveScore
from crimeview.gui.pages.wall.page import WallPage
from crimeview.gui.watching import Watching
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.held import by_itself

CAMERAS = 16
LIMIT = 0.050  # s of the thread's own time


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new picture of every camera at every look, as tall as it is shown."""
    noise = np.random.default_rng(0).integers(0, 256, (360, 640, 4), np.uint8)
    numbers = count()

    def newest(_self: Watching, camera: str) -> LivePicture:
        return LivePicture(camera, next(numbers), time.time(), noise)

    monkeypatch.setattr(Watching, "picture", newest)
    monkeypatch.setattr(Watching, "running", property(lambda _self: True))


@pytest.mark.usefixtures("pictures")
def test_sixteen_cameras_are_shown_in_short_turns(open_window: OpenWindow, tmp_path: Path) -> None:
    names = [f"camera {number}" for number in range(CAMERAS)]
    with open_case(tmp_path / "case") as case:
        case.live.set_cameras([camera_of(f"{name}=rtsp://127.0.0.1:1/x") for name in names])
    driven = open_window()
    driven.window.resize(1440, 900)
    driven.window.parts.navigation.show("wall")
    watching = driven.window.parts.watching
    stored = driven.window.parts.wall
    driven.wait(lambda: len(stored.cameras) == CAMERAS)
    page = driven.window.page
    assert isinstance(page, WallPage)
    assert page.grid is not None
    now = time.time()
    for name in names:
        sight = watching.sight(name)
        sight.scores.extend((now - 150 + n * 0.64, (n % 10) / 10, 0.5) for n in range(230))
        sight.others[TrackKind.VIOLENCE] = _score(name, now)
        sight.health = CameraHealth(
            camera=name, time=now, state=CameraState.LIVE, since=now, frame_rate=25.0
        )
    shown: set[str] = set()
    held = []
    with by_itself():
        for _ in range(40):
            began = time.thread_time()
            page.grid._look_for_pictures()
            QApplication.processEvents()
            held.append(time.thread_time() - began)
            tiles = page.grid.tiles.items()
            shown |= {name for name, tile in tiles if tile._face._held is not None}
    assert shown == set(names), "everybody has a turn"
    assert max(held[2:]) < LIMIT, "the first ones make fonts and signs"
    assert np.median(held) < LIMIT / 2


def _score(camera: str, now: float) -> LiveScore:
    return LiveScore(
        camera=camera,
        kind=TrackKind.VIOLENCE,
        start=now - 1.0,
        end=now,
        score=0.3,
        threshold=0.5,
        known=60.0,
        told=now,
    )

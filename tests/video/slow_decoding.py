"""A computer that is too slow for its cameras."""

import time
from typing import Any

import pytest

from crimeview.video import live_decoder


def slow_down(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Decoding what a live camera sends takes so much longer for each packet."""
    run: Any = live_decoder._Run
    pictures = run.pictures

    def slow(self: object, packet: object) -> object:
        time.sleep(seconds)
        return pictures(self, packet)

    monkeypatch.setattr(run, "pictures", slow)

"""Jobs whose steps come with what is done alone, so that there are as many on any machine."""

import math

import pytest

from crimeview.jobs import coming, extract, gate, recording_analysis, scene_scores

_DAY = 86_400.0  # s; an endless wait is none that Python knows


def no_steps_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an analysis: those that say that it goes on, where nothing else has happened."""
    for module in (extract, gate):
        monkeypatch.setattr(module, "_REPORT", math.inf)
    monkeypatch.setattr(scene_scores, "REPORT", math.inf)
    monkeypatch.setattr(recording_analysis, "_HASH_REPORT", math.inf)
    monkeypatch.setattr(coming, "_PATIENCE", _DAY)


def a_step_for_every_clip(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an analysis, between what it stores."""
    no_steps_by_the_clock(monkeypatch)
    monkeypatch.setattr(extract, "_REPORT", 0.0)

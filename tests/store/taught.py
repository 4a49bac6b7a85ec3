"""Cameras of recordings, and what they forget, without any video."""

from pathlib import Path

import numpy as np

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.scene import Camera
from crimeview.store.case import Case

BACKGROUND = np.arange(12, dtype=np.uint8).reshape(3, 4)


def give_camera(case: Case, recording_id: int, *, fits: bool = False) -> int:
    return case.scenes.find_or_add(
        recording_id,
        name="yard",
        folder=Path("/cameras/yard"),
        background=BACKGROUND,
        fits=lambda sight: fits,
    ).id


def forget(case: Case, recording: int, *ids: int) -> Camera:
    camera = case.scenes.camera_of(recording)
    assert camera is not None
    chosen = [x for x in case.scenes.taught(camera.id) if x.id in ids]
    changes = tuple(Change(before=lesson, after=None) for lesson in chosen)
    case.edits.make(Edit(action=Action.FORGET, changes=changes), reviewer="kim")
    found = case.scenes.camera_of(recording)
    assert found is not None
    return found

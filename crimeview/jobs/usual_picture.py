"""What is usual for a camera, as it can be drawn over its picture."""

import numpy as np

from crimeview.core.scene import UsualPicture
from crimeview.jobs.scene import knowledge
from crimeview.scene.patches import DIRECTIONS
from crimeview.scene.usual import Usual
from crimeview.store.case import Case

_SELDOM = 0.002  # share of the time below which nothing is drawn
_FEW = 5.0  # movements at a place below which it has no direction


def usual_picture(case: Case, recording_id: int) -> UsualPicture | None:
    """What the camera of a recording has learned; None where that is nothing."""
    camera = case.scenes.camera_of(recording_id)
    if camera is None:
        return None
    counts = knowledge(case, camera)
    if not counts.moments:
        return None
    usual = Usual(counts)
    presence = np.where(usual.presence > _SELDOM, usual.presence, np.nan).astype(np.float32)
    angle = np.argmax(usual.directions, axis=-1) / DIRECTIONS * 2 * np.pi - np.pi
    known = (counts.direction.sum(axis=-1) >= _FEW) & np.isfinite(presence)
    speed = np.repeat(usual.middle[:, None] / 100, presence.shape[1], axis=1)
    return UsualPicture(
        camera=camera,
        seconds=counts.seconds,
        presence=presence,
        across=np.where(known, np.cos(angle), np.nan).astype(np.float32),
        down=np.where(known, np.sin(angle), np.nan).astype(np.float32),
        speed=speed.astype(np.float32),
    )

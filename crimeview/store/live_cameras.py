"""The cameras that a case watches, as its rows and back; their secrets are never among them."""

import json
from typing import Any

from crimeview.core.address import masked
from crimeview.core.watching import Camera, WallCamera, Zone
from crimeview.store.schema import LiveCameraRow


def wall_values(wall: WallCamera) -> dict[str, Any]:
    """The columns of a camera."""
    camera = wall.camera
    return {
        "name": camera.name,
        "place": wall.place,
        "address": camera.address,
        "has_secret": wall.has_secret,
        "looped": camera.looped,
        "zones": json.dumps([[zone.name, zone.points] for zone in camera.zones]),
    }


def wall_camera_row(wall: WallCamera) -> LiveCameraRow:
    return LiveCameraRow(**wall_values(wall))


def wall_camera(row: LiveCameraRow) -> WallCamera:
    """The camera of a row, as edits have it."""
    return WallCamera(place=row.place, camera=camera_of_row(row).plain, has_secret=row.has_secret)


def camera_of_row(row: LiveCameraRow) -> Camera:
    """The camera of a row, with a secret that an earlier version has stored in its address."""
    zones = tuple(
        Zone(name=name, points=tuple((x, y) for x, y in points))
        for name, points in json.loads(row.zones)
    )
    shown = masked(row.address)
    return Camera(
        name=row.name,
        address=shown,
        secret=row.address if shown != row.address else None,
        looped=row.looped,
        zones=zones,
    )

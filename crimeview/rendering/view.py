"""The empty place as the camera sees it: sky, ground and buildings."""

import numpy as np

from crimeview.rendering.camera import Camera, Floats
from crimeview.rendering.canvas import Picture
from crimeview.rendering.facade import facade_colors
from crimeview.rendering.ground import ground_colors
from crimeview.rendering.light import NIGHT, Light
from crimeview.rendering.place import Facade, Place

_SUPERSAMPLE = 2
_BAND = 20  # picture rows painted at a time: their arrays stay in the processor's cache


def paint_place(place: Place, *, camera: Camera, light: Light) -> Picture:
    """The empty place as planes float32 (3, height, width)."""
    height, width = camera.size
    planes = np.empty((3, height, width), np.float32)
    for top in range(0, height, _BAND):
        bottom = min(top + _BAND, height)
        rays = camera.rays(rows=(top, bottom), supersample=_SUPERSAMPLE)
        fine = light.grade(_seen(place, rays, camera, light))
        shape = (bottom - top, _SUPERSAMPLE, width, _SUPERSAMPLE, 3)
        coarse = fine.reshape(shape).mean(axis=(1, 3))
        planes[:, top:bottom] = np.clip(coarse, 0, 255).transpose(2, 0, 1)
    return planes


def _seen(place: Place, rays: Floats, camera: Camera, light: Light) -> Floats:
    """Colors (h, w, 3) along rays (3, h, w)."""
    sky = np.array(place.sky) * min(1.0, light.level)
    picture: Floats = sky * (1.05 - 0.25 * np.clip(rays[2] * 1.5, 0.0, 1.0)[..., None])
    below = rays[2] < -1e-3
    if below.any():
        down = rays[:, below]
        sight = camera.at[2] / -down[2]
        x, y = camera.at[0] + down[0] * sight, camera.at[1] + down[1] * sight
        pixel = sight / camera.focal
        color = ground_colors(place, x, y, pixel, pixel * sight / camera.at[2])
        color *= np.broadcast_to(light.gain(x, y), x.shape)[:, None]
        color += (sky * 0.8 - color) * np.clip((sight - 40.0) / 160.0, 0.0, 0.6)[:, None]
        picture[below] = color
    for facade in place.facades:
        _paint_facade(picture, facade, rays, camera, light, place.seed)
    return picture


def _paint_facade(
    picture: Floats, facade: Facade, rays: Floats, camera: Camera, light: Light, seed: int
) -> None:
    reach = (facade.y - camera.at[1]) / np.where(np.abs(rays[1]) < 1e-6, 1e-6, rays[1])
    x, z = camera.at[0] + rays[0] * reach, camera.at[2] + rays[2] * reach
    seen = (reach > 0) & (z > 0) & (z < facade.height) & (x > facade.x0) & (x < facade.x1)
    if not seen.any():
        return
    x, blur = x[seen], reach[seen] / camera.focal + 0.01
    night = light.level < NIGHT
    color, shining = facade_colors(facade, x, z[seen], blur, night=night, seed=seed)
    gain = np.broadcast_to(light.gain(x, np.full_like(x, facade.y)), x.shape)
    picture[seen] = color * np.maximum(gain, shining)[:, None]

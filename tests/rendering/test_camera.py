import math

import numpy as np
import pytest

from crimeview.rendering.camera import PERSON, Camera


def view(**changes: float) -> Camera:
    wished = {"distance": 9.0, "height": 4.0, "yaw": 0.3, "person": 0.3, "row": 0.75} | changes
    return Camera.looking_at((1.0, 2.0), size=(360, 640), **wished)


@pytest.mark.parametrize("yaw", [-0.8, 0.0, 0.8])
@pytest.mark.parametrize("person", [0.15, 0.4])
def test_a_person_looks_as_tall_as_wished(yaw: float, person: float) -> None:
    camera = view(yaw=yaw, person=person)
    pixels, depths = camera.project(np.array([[1.0, 2.0, 0.0], [1.0, 2.0, PERSON]]))
    assert (depths > 0).all()
    assert pixels[0] == pytest.approx([320, 270], abs=0.5)
    assert (pixels[0, 1] - pixels[1, 1]) / 360 == pytest.approx(person, rel=0.2)


def test_rays_hit_the_ground_where_points_are_seen() -> None:
    camera = view()
    rays = camera.rays(rows=(200, 201), supersample=1)[:, 0]
    sight = camera.at[2] / -rays[2]
    ground = np.stack([camera.at[i] + rays[i] * sight for i in range(3)], axis=1)
    pixels, _ = camera.project(ground)
    assert pixels[:, 0] == pytest.approx(np.arange(640) + 0.5)
    assert pixels[:, 1] == pytest.approx(200.5)


def test_what_is_in_the_picture_may_be_seen_and_what_is_behind_may_not() -> None:
    camera = view(yaw=0.0)
    for x, y in np.random.default_rng(0).uniform(-25, 25, (300, 2)):
        (pixel,), (depth,) = camera.project(np.array([[x, y, 0.9]]))
        if depth > 0 and 0 <= pixel[0] < 640 and 0 <= pixel[1] < 360:
            assert camera.may_see((x, y), margin=1.0)
    assert not camera.may_see((1.0, camera.at[1] - 6.0), margin=1.0)
    assert not camera.may_see((math.copysign(60.0, camera.at[0]), 2.0), margin=1.0)

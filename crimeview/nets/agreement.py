"""Whether a network computes the same elsewhere: what to run it on, and how to compare."""

import numpy as np
from numpy.typing import NDArray

from crimeview.core.manifest import Manifest
from crimeview.nets.preprocess import network_input
from crimeview.nets.verify import check_values

LEAST_COSINE = 0.995  # of centered outputs
_PROBES = 12  # inputs
_ROWS = 32  # of a scorer's free axis


def centered_cosine(wanted: NDArray[np.float32], found: NDArray[np.float32]) -> float:
    """Cosine of two sets of features (n, d) as a whole, less the mean feature of the first.

    Without centering the mean rules, and a collapse to it would look like agreement.
    """
    mean = wanted.mean(axis=0)
    a, b = (wanted - mean).ravel().astype(np.float64), (found - mean).ravel().astype(np.float64)
    return float(a @ b / max(np.linalg.norm(a) * np.linalg.norm(b), 1e-12))


def probe_inputs(manifest: Manifest) -> list[NDArray[np.float32]]:
    """Network inputs to compare on: that of the manifest's check, then drawn ones.

    Clips are soft shapes that wander before a noisy background, fast, slowly or not at all, by day
    and night; features are random ones of several sizes. The same on every computer.
    """
    random = np.random.default_rng(0)
    if manifest.clip is None:
        shape = tuple(_ROWS if n is None else n for n in manifest.input.shape)
        sizes = np.linspace(0.1, 1.0, _PROBES)
        drawn = [(size * random.random(shape)).astype(np.float32) for size in sizes]
        return [check_values(manifest), *drawn]
    clips = [_drawn_clip(manifest, random) for _ in range(_PROBES)]
    return [check_values(manifest), *clips]


def _drawn_clip(manifest: Manifest, random: np.random.Generator) -> NDArray[np.float32]:
    spec = manifest.clip
    assert spec is not None
    rows, columns = np.mgrid[: spec.crop[0], : spec.crop[1]].astype(np.float32)
    scene = random.normal(random.uniform(30, 200), random.uniform(2, 30), (*spec.crop, 1))
    clip = np.repeat(scene[None], spec.frames, axis=0).repeat(spec.channels, axis=3)
    pace = random.choice([0.0, 0.01, 0.05])  # of the picture, a frame
    for _ in range(random.integers(1, 6)):
        color, size = random.uniform(-120, 120, spec.channels), random.uniform(0.04, 0.15)
        place = random.uniform(0, 1, 2) * spec.crop
        speed = pace * random.normal(0, 1, 2) * spec.crop
        for number in range(spec.frames):
            y, x = place + number * speed
            far = ((rows - y) / spec.crop[0]) ** 2 + ((columns - x) / spec.crop[1]) ** 2
            clip[number] += np.exp(-far / (2 * size**2))[..., None] * color
    clip += random.normal(0, 2, clip.shape)  # what a sensor adds to each frame
    return network_input(clip.clip(0, 255).astype(np.uint8), spec, manifest.input)

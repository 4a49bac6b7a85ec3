"""Checking that a model on this machine gives what it gave where it was made."""

import math

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.core.manifest import Manifest, check_input, checked
from crimeview.nets.catalog import ModelFolder, Precision
from crimeview.nets.choice import Running
from crimeview.nets.engine_names import Engine
from crimeview.nets.preprocess import network_input
from crimeview.nets.session import Session


def verify(model: ModelFolder, *, engine: Engine = "cpu", precision: Precision = "fp32") -> float:
    """Check file, checksum and shapes, replay the manifest's check, and give the largest deviation.

    The check runs on `engine`. Each of a model's precisions has a file and a check of its own.
    Raises ModelError with one sentence if anything is not as the manifest says.
    """
    title = f"The model “{model.manifest.name}”" + (
        f" in {precision}" if precision != "fp32" else ""
    )
    session = Session(model, running=Running(precision=precision, engine=engine))
    expected = model.network(precision).check.expected
    found = checked(session.run(check_values(model.manifest)))
    if found.shape != (len(expected),):
        raise ModelError(
            f"{title} gives {found.size} numbers for its check where its "
            f"manifest has {len(expected)}; copy the model folder again."
        )
    deviation = float(np.max(np.abs(found - np.asarray(expected, np.float32))))
    allowed = model.network(precision).check.tolerance
    if not deviation <= allowed:  # also when it is NaN
        raise ModelError(
            f"{title} does not reproduce its check on this computer: it is off "
            f"by {deviation:.3g} where {allowed:.3g} is allowed; do not use it "
            f"here, and report this with your processor and the engine {engine}."
        )
    return deviation


def check_values(manifest: Manifest) -> NDArray[np.float32]:
    """The network input that a manifest's check is computed on.

    A scorer's free axis gets as many rows as the check has expected outputs.
    """
    if manifest.clip is not None:
        clip = manifest.clip
        pattern = check_input((clip.frames, *clip.crop, clip.channels))
        return network_input(pattern, clip, manifest.input)
    per_row = math.prod(n for n in manifest.output.shape if n is not None)
    rows = max(1, len(manifest.check.expected) // per_row)
    shape = tuple(rows if n is None else n for n in manifest.input.shape)
    return check_input(shape).astype(np.float32) / np.float32(255)

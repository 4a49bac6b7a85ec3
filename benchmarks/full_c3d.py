"""A full-width C3D to measure speed with: the paper's network with random weights.

Weights do not change speed, and published ones are not ours to hand on; a folder made here
computes nothing that means anything. Layers are standardized on drawn clips (per channel zero mean
and unit deviation before each ReLU), so that numbers are of the size that they have in a trained
network: subnormal ones would be slow, and int8 would have nothing to tell apart.

Run as `python benchmarks/full_c3d.py [FOLDER]`; `make_full_c3d` does the same.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from crimeview.core.clip import ClipSpec
from crimeview.core.manifest import Check, Input, Manifest, Metric, Origin, Output
from crimeview.nets.agreement import centered_cosine
from crimeview.nets.catalog import ModelFolder, read_model
from crimeview.nets.preprocess import network_input
from crimeview.nets.quantize import quantize
from crimeview.nets.session import file_runner, run_file
from crimeview.nets.verify import check_values
from crimeview.training.catform import CatForm
from crimeview.training.export import add_variant, export_model
from crimeview.training.importers.imported import C3D_FC6
from crimeview.training.networks import C3D, initialize, paper_c3d

NAME = "c3d-random"
# As the public ports take clips: all frames, 16 a clip, none of them in two clips.
SPEC = ClipSpec(frames=16, rate=None, step=16, resize=(128, 171), crop=(112, 112), color="rgb")
_CALIBRATION, _JUDGED = 8, 8  # clips
_INPUT = Input(
    name="clip",
    shape=(1, 3, 16, 112, 112),
    layout="NCTHW",
    scale=1.0,
    mean=(104.0, 117.0, 128.0),
    std=(60.0, 60.0, 60.0),
)


def make_full_c3d(folder: Path) -> ModelFolder:
    """Write `folder`/c3d-random in float32 and int8, or give what is there already; 310 MB.

    Clips in, fc6 out (4096 features). It names the feature space of the scorers that ship for C3D,
    so that a whole analysis can be timed; their scores mean nothing here.
    """
    place = folder / NAME
    if (place / "manifest.json").is_file() and read_model(place).manifest.variants:
        return read_model(place)
    inputs = [network_input(clip, SPEC, _INPUT) for clip in drawn_clips(_CALIBRATION + _JUDGED)]
    network = paper_c3d().eval().requires_grad_(requires_grad=False)
    initialize(network, seed=0)
    standardize(network, torch.from_numpy(np.concatenate(inputs)))
    draft = _draft()
    export_model(
        CatForm(network),
        draft=draft,
        check_values=check_values(draft),
        run=run_file,
        folder=place,
        random_inputs=1,
    )
    _add_int8(place, calibration=inputs[:_CALIBRATION], judged=inputs[_CALIBRATION:])
    return read_model(place)


def drawn_clips(count: int) -> list[NDArray[np.uint8]]:
    """Clips (16, 112, 112, 3) of soft shapes that wander over a noisy background."""
    random = np.random.default_rng(0)
    rows, columns = np.mgrid[:112, :112]
    clips = []
    for _ in range(count):
        light, noise = random.uniform(30, 200), random.uniform(2, 40)
        background = random.normal(light, noise, (112, 112, 3))
        clip = np.repeat(background[None], SPEC.frames, axis=0)
        for _ in range(random.integers(2, 12)):
            color, size = random.uniform(-200, 200, 3), random.uniform(4, 30)
            place, speed = random.uniform(0, 112, 2), random.normal(0, 3, 2)
            for number in range(SPEC.frames):
                y, x = place + number * speed
                shape = np.exp(-((rows - y) ** 2 + (columns - x) ** 2) / (2 * size**2))
                clip[number] += shape[..., None] * color
        clips.append(clip.clip(0, 255).astype(np.uint8))
    return clips


def standardize(network: C3D, clips: Tensor) -> None:
    """Bring all layers' outputs on `clips` (N, 3, 16, 112, 112) to unit deviation.

    Each channel of a convolution gets that and zero mean, fc6 as a whole.
    """
    with torch.inference_mode():
        values = clips[:2]  # there are enough places in two
        for layer in network.trunk:
            if isinstance(layer, nn.Conv3d):
                _standardize(layer, layer(values))
            values = layer(values)
        fc6 = next(layer for layer in network.head.modules() if isinstance(layer, nn.Linear))
        # All features by one figure: few clips say little of each.
        outputs = torch.cat([fc6(network.trunk(clip[None]).flatten(1)) for clip in clips])
        fc6.weight /= outputs.std()


def _standardize(layer: nn.Conv3d, outputs: Tensor) -> None:
    """Scale and shift what the layer computes so that `outputs` (N, channels, ...) would be so."""
    channels = outputs.transpose(0, 1).flatten(1)
    mean, deviation = channels.mean(dim=1), channels.std(dim=1).clamp(min=1e-6)
    layer.weight /= deviation.reshape(-1, 1, 1, 1, 1)
    if layer.bias is not None:
        layer.bias.copy_((layer.bias - mean) / deviation)


def _add_int8(
    place: Path,
    *,
    calibration: Sequence[NDArray[np.float32]],
    judged: Sequence[NDArray[np.float32]],
) -> None:
    model = read_model(place)
    with tempfile.TemporaryDirectory(prefix="crimeview-") as scratch:
        file = Path(scratch) / "int8.onnx"
        quantize(model.file, file, calibration, spared=0)
        plain, eight = file_runner(model.file, threads=2), file_runner(file, threads=2)
        cosine = centered_cosine(
            np.concatenate([plain(values) for values in judged]),
            np.concatenate([eight(values) for values in judged]),
        )
        metric = Metric(
            name="centered cosine to fp32",
            value=round(cosine, 4),
            interval=None,
            protocol=f"{len(judged)} drawn clips; the weights are random",
        )
        add_variant(
            file,
            precision="int8",
            metrics=(metric,),
            check_values=check_values(model.manifest),
            run=run_file,
            folder=place,
        )


def _draft() -> Manifest:
    return Manifest(
        name=NAME,
        kind="encoder",
        file=f"{NAME}.onnx",
        sha256="",
        clip=SPEC,
        input=_INPUT,
        output=Output(name="features", shape=(1, 4096)),
        feature_space=C3D_FC6,
        segments=None,
        threshold=None,
        calibration=None,
        metrics=(),
        origin=Origin(
            data=(),
            license="Apache-2.0",
            commit="none",
            date="2026-11-20",
            description="Full-width C3D (Tran et al. 2015) with random weights, to measure speed.",
        ),
        check=Check(expected=(), tolerance=0.0),
        variants=(),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="the folder of models it goes into")
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory(prefix="crimeview-") as scratch:
        model = make_full_c3d(folder or Path(scratch))
        print("| file | MB | centered cosine to fp32 |")
        print("|---|---|---|")
        print(f"| {model.file.name} | {model.file.stat().st_size / 1e6:.0f} | 1 |")
        for variant in model.manifest.variants:
            size = (model.folder / variant.file).stat().st_size / 1e6
            print(f"| {variant.file} | {size:.0f} | {variant.metrics[0].value:.4f} |")


if __name__ == "__main__":
    main()

"""C3D trained on Sports-1M, as published in PyTorch: fc6 of its two best-known builds.

Tran et al. 2015, section 3.3. DavideA/c3d-pytorch (`C3D_model.py`, `predict.py`) takes RGB frames
of 112 lines as they are, 0 to 255. mmaction2 (`mmaction/models/backbones/c3d.py`,
`configs/recognition/c3d`) squashes them to 171x128 and subtracts a mean color.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from crimeview.core.clip import ClipSpec
from crimeview.core.manifest import Check, Input, Manifest, Output
from crimeview.training.catform import CatForm
from crimeview.training.importers.imported import C3D_FC6, DIMENSIONS, Imported, origin_of
from crimeview.training.importers.source import Source
from crimeview.training.importers.weights import Wanted, take_weights
from crimeview.training.networks import C3D, paper_c3d

_SPORTS1M_CLASSES = 487
_LAYERS = ("1", "2", "3a", "3b", "4a", "4b", "5a", "5b")  # the convolutions


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One published build: its names, what it wants to see, and the model's usual name.

    `conv` makes the names of a convolution's weights from its number, `prefix` stands before all
    names; `unused` are layers after fc6, `head` the one that gives the classes.
    """

    title: str
    name: str
    prefix: str
    conv: Mapping[str, str]
    unused: tuple[str, ...]
    head: str
    resize: tuple[int, int]
    mean: tuple[float, float, float]

    @property
    def first(self) -> str:
        """The name that tells this build from others."""
        return f"{self.prefix}{self.conv['1']}.weight"


def _mmaction2(prefix: str) -> Build:
    names = {n: f"conv{n if len(n) == 2 else n + 'a'}.conv" for n in _LAYERS}
    return Build(
        title="C3D in mmaction2's naming",
        name="c3d-sports1m-mmaction2",
        prefix=prefix,
        conv=names,
        unused=(f"{prefix}fc7", "cls_head.fc_cls"),
        head="cls_head.fc_cls",
        resize=(128, 171),
        mean=(104.0, 117.0, 128.0),
    )


BUILDS = (
    Build(
        title="C3D in the naming of DavideA/c3d-pytorch",
        name="c3d-sports1m",
        prefix="",
        conv={n: f"conv{n}" for n in _LAYERS},
        unused=("fc7", "fc8"),
        head="fc8",
        resize=(112, 200),
        mean=(0.0, 0.0, 0.0),
    ),
    _mmaction2("backbone."),
    _mmaction2(""),  # the backbone alone, as it is published for training others from it
)


def import_c3d(tensors: Mapping[str, Tensor], build: Build, source: Source) -> Imported:
    """C3D up to fc6 after its ReLU from a checkpoint's tensors; raises ModelError."""
    with torch.device("meta"):
        plain = paper_c3d()
    unused = [f"{layer}.{part}" for layer in build.unused for part in ("weight", "bias")]
    weights = take_weights(
        tensors, _wanted(plain, build), title=f"{source.title} ({build.title})", unused=unused
    )
    plain.load_state_dict(weights, assign=True)
    plain.eval().requires_grad_(requires_grad=False)
    draft = _draft(build, source, _notes(tensors, build))
    return Imported(network=CatForm(plain), plain=plain, draft=draft)


def _wanted(network: C3D, build: Build) -> dict[str, Wanted]:
    """What each of the network's own weights is called in the build."""
    names = [build.conv[layer] for layer in _LAYERS] + ["fc6"]
    full = [f"{build.prefix}{name}.{part}" for name in names for part in ("weight", "bias")]
    own = network.state_dict()
    return {
        key: Wanted(name, tuple(tensor.shape))
        for (key, tensor), name in zip(own.items(), full, strict=True)
    }


def _notes(tensors: Mapping[str, Tensor], build: Build) -> tuple[str, ...]:
    """A network that gives other classes was trained further, and its fc6 with it."""
    head = tensors.get(f"{build.head}.weight")
    if head is None or head.shape[0] == _SPORTS1M_CLASSES:
        return ()
    note = (
        f"It was trained on after Sports-1M (it gives {head.shape[0]} classes, not "
        f"{_SPORTS1M_CLASSES}), so scorers made for Sports-1M features fit it less well."
    )
    return (note,)


def _draft(build: Build, source: Source, notes: tuple[str, ...]) -> Manifest:
    spec = ClipSpec(
        frames=16, rate=None, step=16, resize=build.resize, crop=(112, 112), color="rgb"
    )
    return Manifest(
        name=build.name,
        kind="encoder",
        file=f"{build.name}.onnx",
        sha256="",
        clip=spec,
        input=Input(
            name="clip",
            shape=(1, spec.channels, spec.frames, *spec.crop),
            layout="NCTHW",
            scale=1.0,
            mean=build.mean,
            std=(1.0, 1.0, 1.0),
        ),
        output=Output(name="features", shape=(1, DIMENSIONS)),
        feature_space=C3D_FC6,
        segments=None,
        threshold=None,
        calibration=None,
        metrics=(),
        origin=origin_of(
            source,
            what=f"{build.title}, up to fc6 after its ReLU",
            data=("Sports-1M (Karpathy et al. 2014)",),
            notes=notes,
        ),
        check=Check(expected=(), tolerance=0.0),
        variants=(),
    )

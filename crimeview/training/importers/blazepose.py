"""MediaPipe's two pose graphs, from its wheel or from Google's file, as ONNX."""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import onnx

from crimeview.core.errors import ModelError
from crimeview.core.manifest import Check, Input, Manifest, Origin, Output
from crimeview.training.importers.tflite.convert import to_onnx
from crimeview.training.importers.tflite.graph import MAGIC, Graph, read_graph

NOTICE = (
    "The pose networks are MediaPipe's BlazePose, © The MediaPipe Authors, under the Apache "
    "License 2.0 (https://www.apache.org/licenses/LICENSE-2.0). They are converted to ONNX: the "
    "operators, sparse weights made dense; segmentation and heat maps are left out."
)
REGIONS, LANDMARKS = "blazepose-regions", "blazepose-landmarks"
_LARGEST = 64 * 2**20  # bytes; the largest graph there is has 30 MB
_TFLITE = ".tflite"


@dataclass(frozen=True, slots=True)
class PoseNetwork:
    """One of the networks: the manifest but for checksum and check, and the ONNX file."""

    draft: Manifest
    model: onnx.ModelProto


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How one of the graphs is known, and which of its outputs are wanted, joined along `axis`."""

    name: str
    picture: tuple[int, ...]
    outputs: tuple[tuple[int, ...], ...]
    wanted: tuple[int, ...]
    axis: int
    joined: tuple[int, ...]
    scale: float
    offset: float  # subtracted after scaling
    what: str


_FORMS = (
    _Form(
        name=REGIONS,
        picture=(1, 224, 224, 3),
        outputs=((1, 2254, 12), (1, 2254, 1)),
        wanted=(0, 1),
        axis=2,
        joined=(1, 2254, 13),
        scale=2 / 255,
        offset=1.0,
        what="Finds bodies in a picture: the middle of the hips, size and turn.",
    ),
    _Form(
        name=LANDMARKS,
        picture=(1, 256, 256, 3),
        outputs=((1, 195), (1, 1), (1, 256, 256, 1), (1, 64, 64, 39), (1, 117)),
        wanted=(0, 1, 4),
        axis=1,
        joined=(1, 313),
        scale=1 / 255,
        offset=0.0,
        what="Gives the 33 landmarks of a body in the square around it.",
    ),
)


def pose_networks(path: Path) -> list[PoseNetwork]:
    """Both networks of a wheel or .task file; raises ModelError where one is not in it."""
    found: dict[str, PoseNetwork] = {}
    for member, data in _graphs(path):
        graph = read_graph(data)
        form = _form_of(graph)
        if form is not None and form.name not in found:
            found[form.name] = _converted(form, graph, data, f"{path.name}: {member}")
    missing = [form.name for form in _FORMS if form.name not in found]
    if missing:
        raise ModelError(
            f"{path.name} does not hold MediaPipe's pose networks as version 0.10.21 has them; "
            "give that version's wheel, or pose_landmarker_full.task."
        )
    return [found[form.name] for form in _FORMS]


def _graphs(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if not entry.filename.endswith(_TFLITE) or entry.file_size > _LARGEST:
                    continue
                data = archive.read(entry)
                if data[4:8] == MAGIC:
                    yield entry.filename, data
    # RuntimeError: packed in a way, or encrypted, that zipfile cannot read.
    except (OSError, zipfile.BadZipFile, RuntimeError) as error:
        raise ModelError(f"{path.name} is damaged; copy or fetch it again.") from error


def _form_of(graph: Graph) -> _Form | None:
    inputs, outputs = graph.signature()
    for form in _FORMS:
        if inputs == (form.picture,) and outputs == form.outputs:
            return form
    return None


def _converted(form: _Form, graph: Graph, data: bytes, place: str) -> PoseNetwork:
    model = to_onnx(
        graph,
        outputs=[graph.outputs[number] for number in form.wanted],
        input_name="picture",
        output_name="found",
        axis=form.axis,
    )
    return PoseNetwork(draft=_draft(form, data, place), model=model)


def _draft(form: _Form, data: bytes, place: str) -> Manifest:
    digest = hashlib.sha256(data).hexdigest()
    return Manifest(
        name=form.name,
        kind="pose",
        file=f"{form.name}.onnx",
        sha256="0" * 64,
        clip=None,
        input=Input(
            name="picture",
            shape=form.picture,
            layout=None,
            scale=form.scale,
            mean=(form.offset,) * 3,
            std=(1.0,) * 3,
        ),
        output=Output(name="found", shape=form.joined),
        feature_space=form.name,
        segments=None,
        threshold=None,
        calibration=None,
        metrics=(),
        origin=Origin(
            data=(f"{place} (SHA-256 {digest[:16]}…)",),
            license="Apache-2.0",
            commit="-",
            date=datetime.now(UTC).date().isoformat(),
            description=f"{form.what} {NOTICE}",
        ),
        check=Check(expected=(), tolerance=0.0),
        variants=(),
    )

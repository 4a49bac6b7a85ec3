"""A model is a folder: an ONNX file and this manifest. Nothing else is called a model.

No field has a default and unknown keys are refused, so that a manifest always says everything.
`sequence` and `detection` are left out where they do not apply, as in manifests from before them.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import ClipSpec, Color
from crimeview.core.detection import BoxLayout, BoxUnit, ChannelOrder, DetectionSpec
from crimeview.core.errors import ModelError
from crimeview.core.sequence import LandmarkChoice, Missing, SequenceSpec

Kind = Literal[
    "encoder",
    "scorer",
    "frame-classifier",
    "sequence-classifier",
    "detector",
    "pose",
    "projection",
    "type-classifier",
]
Layout = Literal["NCTHW", "NTCHW", "NTHWC", "NCHW"]
Precision = Literal["int8"]
T = TypeVar("T")
_LEFT_OUT = ("sequence", "detection")

_FILE, _SHA256 = r"[A-Za-z0-9._-]+\.onnx", r"[0-9a-f]{64}"
_MOST_CHECKED = 4096
_OF_FEATURES: tuple[Kind, ...] = ("encoder", "scorer", "projection", "type-classifier")
_LARGEST = 1e300  # JSON has whole numbers of any length


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """The network's input.

    `shape` uses None for a free axis. For clips, pixels p become `(p * scale - mean) / std` per
    channel and are laid out as `layout` (NCHW: a clip of one frame); for a scorer, whose input is
    features, `layout` is None, `scale` 1 and `mean` and `std` are empty.
    """

    name: str
    shape: tuple[int | None, ...]
    layout: Layout | None
    scale: float
    mean: tuple[float, ...]
    std: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """The network's output; `shape` uses None for a free axis."""

    name: str
    shape: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A measured figure with the protocol it was measured by; `interval` is its 95 % interval."""

    name: str
    value: float
    interval: tuple[float, float] | None
    protocol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a model comes from: data sets by name, license (SPDX), commit, ISO date, a sentence."""

    data: tuple[str, ...]
    license: str
    commit: str
    date: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The output that `check_input` must give, within `tolerance` (absolute); see `checked`."""

    expected: tuple[float, ...]
    tolerance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The same network at a lower precision, in a file of its own, with what that costs."""

    precision: Precision
    file: str
    sha256: str
    metrics: tuple[Metric, ...]
    check: Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a model is, wants and gives.

    `clip` is None for a model that does not take clips. `feature_space` names what an encoder's
    output or the input of what takes features means: the two fit only where it is equal.
    `threshold` is the default decision threshold on the output of a scorer or classifier, else
    None; below it a type classifier says “unknown”. `calibration` is a sentence on what that output
    means as a probability, None where it is not one.

    `segments` concerns scorers: a recording's features are averaged into that many segments before
    they are scored and each clip gets the score of its segment (Sultani et al. 2018, section 3.1);
    None scores clip by clip, in order of time.

    `sequence` is how a sequence classifier wants landmarks, `detection` how a detector's output is
    read; each None for other kinds.

    `classes` are what the outputs of a type classifier stand for, in order; no other kind has them,
    nor the key in its manifest.
    """

    name: str
    kind: Kind
    file: str
    sha256: str
    clip: ClipSpec | None
    input: Input
    output: Output
    feature_space: str | None
    segments: int | None
    threshold: float | None
    calibration: str | None
    metrics: tuple[Metric, ...]
    origin: Origin
    check: Check
    variants: tuple[Variant, ...]
    classes: tuple[str, ...] = ()
    sequence: SequenceSpec | None = None
    detection: DetectionSpec | None = None

    def to_json(self) -> str:
        values = {k: v for k, v in asdict(self).items() if v is not None or k not in _LEFT_OUT}
        if not self.classes:
            del values["classes"]
        return json.dumps(values, indent=2, ensure_ascii=False) + "\n"

    @staticmethod
    def from_json(text: str) -> "Manifest":
        """Parse and check; raises ModelError with one sentence."""
        try:
            data = json.loads(text)
        except json.JSONDecodeError as error:
            raise ModelError(f"The manifest is not valid JSON: {error}.") from error
        return _Reader("manifest").manifest(data)


def check_input(shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """The fixed pattern a manifest's `check` is computed on: uint8 noise, the same everywhere.

    Made by a multiplicative hash rather than a random generator, whose stream may change with the
    library's version. For clips it is the uint8 clip (T, height, width, channels) before the
    manifest's scaling; for features the pattern divided by 255.
    """
    index = np.arange(int(np.prod(shape)), dtype=np.uint64)
    return (
        ((index * np.uint64(2654435761) >> np.uint64(13)) & np.uint64(255))
        .astype(np.uint8)
        .reshape(shape)
    )


def checked(output: NDArray[np.float32]) -> NDArray[np.float32]:
    """The numbers of an output that a manifest's check holds: all, or evenly spaced ones.

    A detector gives hundreds of thousands for one picture.
    """
    flat = output.ravel()
    return flat[:: -(-flat.size // _MOST_CHECKED) or 1]


class _Reader:
    """Reads JSON values into manifest parts, naming the place of whatever does not fit."""

    def __init__(self, place: str) -> None:
        self._place = place

    def manifest(self, data: object) -> Manifest:
        if isinstance(data, dict):
            data = dict.fromkeys(_LEFT_OUT) | data
        has_classes = isinstance(data, dict) and data.get("kind") == "type-classifier"
        raw = self._keys(data, Manifest, without=() if has_classes else ("classes",))
        manifest = Manifest(
            name=self._matching(raw, "name", r"[a-z0-9][a-z0-9.-]*"),
            kind=self._choice(raw, "kind", get_args(Kind)),
            file=self._matching(raw, "file", _FILE),
            sha256=self._matching(raw, "sha256", _SHA256),
            clip=self._optional(raw, "clip", lambda v: _Reader("clip").clip(v)),
            input=_Reader("input").input(raw["input"]),
            output=_Reader("output").output(raw["output"]),
            feature_space=self._optional(raw, "feature_space", self._text),
            segments=self._optional(raw, "segments", self._count),
            threshold=self._optional(raw, "threshold", self._number),
            calibration=self._optional(raw, "calibration", self._text),
            metrics=tuple(_Reader("metrics").metric(m) for m in self._list(raw["metrics"])),
            origin=_Reader("origin").origin(raw["origin"]),
            check=_Reader("check").check(raw["check"]),
            variants=tuple(_Reader("variants").variant(v) for v in self._list(raw["variants"])),
            sequence=self._optional(raw, "sequence", lambda v: _Reader("sequence").sequence(v)),
            detection=self._optional(raw, "detection", lambda v: _Reader("detection").detection(v)),
            classes=self._classes(raw["classes"]) if has_classes else (),
        )
        self._check_parts(manifest)
        self._check_kind(manifest)
        if manifest.threshold is not None and not 0.0 < manifest.threshold <= 1.0:
            raise self._fault("threshold must lie above 0 and at most at 1")
        if manifest.clip and len(manifest.input.mean) != manifest.clip.channels:
            raise self._fault("input.mean and input.std need one number per channel of the clip")
        if manifest.input.layout == "NCHW" and manifest.clip and manifest.clip.frames != 1:
            raise self._fault("the layout NCHW needs clips of one frame")
        files = [manifest.file, *(v.file for v in manifest.variants)]
        if len(set(files)) < len(files):
            raise self._fault("each variant needs a file of its own")
        return manifest

    def _check_parts(self, manifest: Manifest) -> None:
        """Whether there is what the kind needs, and nothing that is another kind's."""
        if (manifest.kind == "sequence-classifier") != (manifest.sequence is not None):
            raise self._fault("sequence belongs to a sequence-classifier, which needs one")
        if (manifest.kind == "detector") != (manifest.detection is not None):
            raise self._fault("detection belongs to a detector, which needs one")

    def _check_kind(self, manifest: Manifest) -> None:
        """Raise where a model lacks what its kind needs, or has what is another's."""
        if manifest.kind == "encoder" and manifest.clip is None:
            raise self._fault("an encoder needs a clip")
        if manifest.kind in _OF_FEATURES and manifest.feature_space is None:
            raise self._fault(f"{manifest.kind} needs a feature_space")
        if manifest.kind in ("scorer", "type-classifier") and manifest.threshold is None:
            raise self._fault(f"a {manifest.kind} needs a threshold")
        if manifest.segments is not None and manifest.kind != "scorer":
            raise self._fault("only a scorer can have segments")
        width = manifest.output.shape[-1] if manifest.output.shape else None
        if manifest.kind == "projection" and width is None:
            raise self._fault("a projection needs the number of its outputs")
        if manifest.kind == "type-classifier" and width != len(manifest.classes):
            raise self._fault("a type-classifier needs one output for each class")

    def _classes(self, value: object) -> tuple[str, ...]:
        names = tuple(map(self._text, self._list(value)))
        if len(names) < 2 or len(set(names)) < len(names) or not all(names):
            raise self._fault("classes must be two or more names, none of them twice")
        return names

    def variant(self, data: object) -> Variant:
        raw = self._keys(data, Variant)
        return Variant(
            precision=self._choice(raw, "precision", get_args(Precision)),
            file=self._matching(raw, "file", _FILE),
            sha256=self._matching(raw, "sha256", _SHA256),
            metrics=tuple(_Reader("metrics").metric(m) for m in self._list(raw["metrics"])),
            check=_Reader("check").check(raw["check"]),
        )

    def sequence(self, data: object) -> SequenceSpec:
        raw = self._keys(data, SequenceSpec)
        sequence = SequenceSpec(
            frames=self._count(raw["frames"]),
            rate=self._number(raw["rate"]),
            step=self._count(raw["step"]),
            landmarks=self._choice(raw, "landmarks", get_args(LandmarkChoice)),
            missing=self._choice(raw, "missing", get_args(Missing)),
        )
        if sequence.rate <= 0:
            raise self._fault("rate must be above 0")
        return sequence

    def detection(self, data: object) -> DetectionSpec:
        named = isinstance(data, dict) and "names" in data  # they are not, before this was told
        raw = self._keys(data, DetectionSpec, without=() if named else ("names",))
        person = 0 if raw["person"] == 0 else self._count(raw["person"])
        detection = DetectionSpec(
            layout=self._choice(raw, "layout", get_args(BoxLayout)),
            color=self._choice(raw, "color", get_args(ChannelOrder)),
            unit=self._choice(raw, "unit", get_args(BoxUnit)),
            classes=self._count(raw["classes"]),
            person=person,
            names=tuple(map(self._text, self._list(raw["names"]))) if named else (),
        )
        if detection.names and len(detection.names) != detection.classes:
            raise self._fault("names must be as many as the classes, or none")
        if detection.person >= detection.classes:
            raise self._fault("person must be the number of one of the classes")
        return detection

    def clip(self, data: object) -> ClipSpec:
        raw = self._keys(data, ClipSpec)
        clip = ClipSpec(
            frames=self._count(raw["frames"]),
            rate=self._optional(raw, "rate", self._number),
            step=self._count(raw["step"]),
            resize=self._size(raw["resize"]),
            crop=self._size(raw["crop"]),
            color=self._choice(raw, "color", get_args(Color)),
        )
        if clip.rate is not None and clip.rate <= 0:
            raise self._fault("rate must be above 0")
        if clip.crop[0] > clip.resize[0] or clip.crop[1] > clip.resize[1]:
            raise self._fault("crop is larger than resize")
        return clip

    def input(self, data: object) -> Input:
        raw = self._keys(data, Input)
        mean, std = (tuple(map(self._number, self._list(raw[k]))) for k in ("mean", "std"))
        if len(mean) != len(std) or any(s <= 0 for s in std):
            raise self._fault("mean and std need the same length, and std must be above 0")
        return Input(
            name=self._text(raw["name"]),
            shape=self._shape(raw["shape"]),
            layout=self._optional(
                raw, "layout", lambda _: self._choice(raw, "layout", get_args(Layout))
            ),
            scale=self._number(raw["scale"]),
            mean=mean,
            std=std,
        )

    def output(self, data: object) -> Output:
        raw = self._keys(data, Output)
        return Output(name=self._text(raw["name"]), shape=self._shape(raw["shape"]))

    def metric(self, data: object) -> Metric:
        raw = self._keys(data, Metric)
        return Metric(
            name=self._text(raw["name"]),
            value=self._number(raw["value"]),
            interval=self._optional(raw, "interval", self._interval),
            protocol=self._text(raw["protocol"]),
        )

    def origin(self, data: object) -> Origin:
        raw = self._keys(data, Origin)
        return Origin(
            data=tuple(map(self._text, self._list(raw["data"]))),
            license=self._text(raw["license"]),
            commit=self._text(raw["commit"]),
            date=self._matching(raw, "date", r"\d{4}-\d{2}-\d{2}"),
            description=self._text(raw["description"]),
        )

    def check(self, data: object) -> Check:
        raw = self._keys(data, Check)
        return Check(
            expected=tuple(map(self._number, self._list(raw["expected"]))),
            tolerance=self._number(raw["tolerance"]),
        )

    def _fault(self, what: str) -> ModelError:
        return ModelError(f"The model's {self._place} is not valid: {what}.")

    def _keys(self, data: object, of: type, *, without: tuple[str, ...] = ()) -> Mapping[str, Any]:
        if not isinstance(data, dict):
            raise self._fault("it must be an object")
        wanted = {f.name for f in fields(of)}.difference(without)
        if missing := sorted(wanted - data.keys()):
            raise self._fault(f"{', '.join(missing)} missing")
        if unknown := sorted(data.keys() - wanted):
            raise self._fault(f"unknown key {', '.join(unknown)}")
        return data

    def _optional(self, raw: Mapping[str, Any], key: str, read: Callable[[Any], T]) -> T | None:
        return None if raw[key] is None else read(raw[key])

    def _choice(self, raw: Mapping[str, Any], key: str, choices: tuple[Any, ...]) -> Any:
        if raw[key] not in choices:
            raise self._fault(f"{key} must be one of {', '.join(choices)}")
        return raw[key]

    def _matching(self, raw: Mapping[str, Any], key: str, pattern: str) -> str:
        value = self._text(raw[key])
        if not re.fullmatch(pattern, value):
            raise self._fault(f"{key} “{value}” does not have the right form")
        return value

    def _text(self, value: object) -> str:
        if not isinstance(value, str):
            raise self._fault(f"{value!r} must be text")
        return value

    def _number(self, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._fault(f"{value!r} must be a number")
        number = float(value) if abs(value) <= _LARGEST else math.inf
        if not math.isfinite(number):  # JSON as Python reads it has NaN and Infinity
            raise self._fault("a number is not finite or far too large")
        return number

    def _count(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self._fault(f"{value!r} must be a whole number of at least 1")
        return value

    def _list(self, value: object) -> list[Any]:
        if not isinstance(value, list):
            raise self._fault(f"{value!r} must be a list")
        return value

    def _size(self, value: object) -> tuple[int, int]:
        height, width = self._pair(value)
        return self._count(height), self._count(width)

    def _interval(self, value: object) -> tuple[float, float]:
        low, high = self._pair(value)
        return self._number(low), self._number(high)

    def _pair(self, value: object) -> tuple[Any, Any]:
        items = self._list(value)
        if len(items) != 2:
            raise self._fault(f"{value!r} must have two numbers")
        return items[0], items[1]

    def _shape(self, value: object) -> tuple[int | None, ...]:
        return tuple(None if n is None else self._count(n) for n in self._list(value))

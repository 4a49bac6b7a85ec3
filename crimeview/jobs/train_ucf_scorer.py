"""Training a scorer on published features of UCF-Crime: figures by cross-validation, export."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.core.manifest import Check, Input, Manifest, Metric, Output, check_input
from crimeview.core.metrics import roc_auc
from crimeview.jobs.encoder_training import origin
from crimeview.jobs.fresh import set_aside
from crimeview.jobs.int8 import Judging, add_int8
from crimeview.jobs.phases import phase
from crimeview.nets.session import run_file
from crimeview.training.calibration import Calibrated, fit_platt, threshold_for_share
from crimeview.training.choices import UcfMethod
from crimeview.training.data.ucf_features import FOLDS, FeatureTable, read_ucf_features, regrouped
from crimeview.training.export import export_model
from crimeview.training.scorers.bag import FitScorer, LabeledBag, bag_logits
from crimeview.training.scorers.context import ContextRecipe, fit_context
from crimeview.training.scorers.logistic import balanced_weights
from crimeview.training.scorers.milr import MilrRecipe, fit_milr
from crimeview.training.scorers.recording_report import report_recordings
from crimeview.training.scorers.rtfm import RtfmRecipe, fit_rtfm
from crimeview.training.scorers.sultani import SultaniRecipe, fit_sultani

Floats = NDArray[np.float64]
FEATURE_SPACE = "c3d-sports1m-fc6"
QUIET_SHARE = 0.1  # of recordings without an event that may raise an alarm
_CONTEXT = ContextRecipe(local=MilrRecipe())
_INT8_BAGS = 64  # that calibrate int8, from the recordings of the first given fold
_INT8_FROM = 4_000_000  # bytes: smaller networks gain nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Method:
    """A way to fit with its recipe, and `key`, which tells it from others in what is kept."""

    fit: FitScorer
    key: str
    description: str


_METHODS: Mapping[UcfMethod, _Method] = {
    "sultani": _Method(
        fit=partial(fit_sultani, recipe=SultaniRecipe()),
        key=f"sultani {SultaniRecipe()}",
        description="Multiple-instance ranking (Sultani et al. 2018): d-512-32-1.",
    ),
    "rtfm": _Method(
        fit=partial(fit_rtfm, recipe=RtfmRecipe()),
        key=f"rtfm {RtfmRecipe()}",
        description="Feature magnitudes with attention to near segments (after RTFM, 2021).",
    ),
    "milr": _Method(
        fit=partial(fit_milr, recipe=MilrRecipe()),
        key=f"milr {MilrRecipe()}",
        description="Multiple-instance logistic regression, smoothed over time; linear.",
    ),
    "context": _Method(
        fit=partial(fit_context, recipe=_CONTEXT),
        key=f"context {_CONTEXT}",
        description="MI-LR for each segment, plus kernel logistic regression on the recording’s "
        "maxima.",
    ),
}


def train_ucf_scorer(
    *,
    method: UcfMethod,
    data: Path,
    out: Path,
    runs: Path,
    resume: bool,
    fold_sets: int = 4,
) -> Job[Manifest]:
    """Cross-validate, fit on everything and write the model folder `out`, named by its last part.

    `data` holds `c3d_fc6_train.npz` and `train.csv`. Held-out logits of each fold are kept under
    `runs` and taken from there with `resume`. The first of the `fold_sets` (2 or more) are the
    given folds, the others regroupings. Raises UsageError.
    """
    chosen = _METHODS[method]
    table = read_ucf_features(data)
    work = runs / out.name
    if not resume:
        set_aside(work, data=data)
    held_out = _held_out(table, chosen, work, sets=fold_sets)
    peaks = yield from phase(held_out, number=0, count=18, width=16)
    slope, offset = fit_platt(
        peaks.ravel(),
        np.tile(table.positive, len(peaks)),
        weights=np.tile(balanced_weights(table.positive), len(peaks)),
    )
    if not slope > 0:
        raise UsageError(
            "The scorer ranks recordings without an event above others where it has not seen "
            f"them; check the classes in {data}, or give more recordings."
        )
    chances = 1 / (1 + np.exp(-(slope * peaks + offset)))
    threshold = threshold_for_share(chances[:, ~table.positive].ravel(), share=QUIET_SHARE)
    network = yield from phase(chosen.fit(_bags(table), seed=0), number=16, count=18)
    metrics = report_recordings(table, chances, threshold=threshold)
    segments, dimensions = table.features.shape[1:]
    manifest = export_model(
        Calibrated(network, slope=slope, offset=offset),
        draft=_draft(
            out.name,
            shape=(segments, dimensions),
            threshold=threshold,
            metrics=tuple(metrics),
            description=chosen.description,
        ),
        check_values=check_input((segments, dimensions)).astype(np.float32) / np.float32(255),
        run=run_file,
        folder=out,
    )
    if (out / manifest.file).stat().st_size < _INT8_FROM:
        return manifest
    return (yield from phase(_with_int8(table, out), number=17, count=18))


def _held_out(table: FeatureTable, method: _Method, work: Path, *, sets: int) -> Job[Floats]:
    """The highest logit of each recording, held out (sets of folds, recordings)."""
    peaks = np.zeros((sets, len(table.names)))
    bags = _bags(table)
    key = _key(table, method)
    for number in range(sets):
        folds = regrouped(table, seed=number) if number else table.folds
        for fold in range(FOLDS):
            file = work / f"held-out-{number}-{fold}.npz"
            held = np.flatnonzero(folds == fold)
            found = _stored(file, key)
            if found is None:
                rest = [bag for bag, at in zip(bags, folds, strict=True) if at != fold]
                job = method.fit(rest, seed=FOLDS * number + fold)
                network = yield from phase(job, number=FOLDS * number + fold, count=FOLDS * sets)
                found = np.array([bag_logits(network, bags[row]).max() for row in held])
                _store(file, found, key)
            peaks[number, held] = found
    return peaks


def _bags(table: FeatureTable) -> list[LabeledBag]:
    return [
        LabeledBag(features=features, positive=bool(positive))
        for features, positive in zip(table.features, table.positive, strict=True)
    ]


def _key(table: FeatureTable, method: _Method) -> str:
    """What held-out logits depend on: the data, and the way of fitting with its recipe."""
    digest = hashlib.sha256(np.ascontiguousarray(table.features).tobytes())
    digest.update(repr((table.classes, table.groups, table.folds.tolist(), method.key)).encode())
    return digest.hexdigest()


def _stored(file: Path, key: str) -> Floats | None:
    if not file.is_file():
        return None
    with np.load(file) as stored:
        return stored["peaks"] if str(stored["key"]) == key else None


def _store(file: Path, peaks: Floats, key: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    scratch = file.with_suffix(".tmp")
    with scratch.open("wb") as stream:
        np.savez(stream, peaks=peaks, key=np.array(key))
    scratch.replace(file)


def _with_int8(table: FeatureTable, out: Path) -> Job[Manifest]:
    first = np.flatnonzero(table.folds == 0)
    random = np.random.default_rng(0)
    calibrating = random.choice(first, min(_INT8_BAGS, len(first)), replace=False)
    judged = np.flatnonzero(table.folds != 0)
    positive = table.positive[judged]

    def auc(scores: NDArray[np.float32]) -> float:
        return roc_auc(positive, scores.reshape(len(judged), -1).max(axis=1))

    return (
        yield from add_int8(
            out,
            calibration=[table.features[row].astype(np.float32) for row in calibrating],
            judging=Judging(
                inputs=[table.features[row].astype(np.float32) for row in judged],
                auc=auc,
                protocol="recordings that the scorer was trained on, highest segment: only to "
                "compare precisions",
            ),
        )
    )


def _draft(
    name: str,
    *,
    shape: tuple[int, int],
    threshold: float,
    metrics: tuple[Metric, ...],
    description: str,
) -> Manifest:
    return Manifest(
        name=name,
        kind="scorer",
        file=f"{name}.onnx",
        sha256="",
        clip=None,
        input=Input(
            name="features", shape=(None, shape[1]), layout=None, scale=1.0, mean=(), std=()
        ),
        output=Output(name="scores", shape=(None,)),
        feature_space=FEATURE_SPACE,
        segments=shape[0],
        threshold=threshold,
        calibration="The chance that a recording whose highest segment scores this shows an event, "
        "were recordings with and without one equally frequent (Platt scaling on held-out "
        f"recordings); at most {QUIET_SHARE:.0%} of those without one reach the threshold.",
        metrics=metrics,
        origin=origin(description, data=("UCF-Crime, official training recordings, C3D fc6",)),
        check=Check(expected=(), tolerance=0.0),
        variants=(),
    )

"""Training the classifier of the project's own types on our own encoder's segments."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.core.manifest import Check, Input, Manifest, Metric, Output, check_input
from crimeview.core.type_suggestion import ORDINARY
from crimeview.evaluation.figure import Figure, Resampling
from crimeview.jobs.encoder_training import Recipe, origin
from crimeview.jobs.fresh import set_aside
from crimeview.jobs.kept_results import KeptResults
from crimeview.jobs.metrics import metric_of, plain_metric
from crimeview.jobs.model_card import write_card
from crimeview.jobs.own_examples import OwnExamples, read_own_examples
from crimeview.jobs.own_projection import judged_rows
from crimeview.jobs.phases import phase
from crimeview.nets.session import run_file
from crimeview.training.data.examples import FOLDS
from crimeview.training.export import export_model
from crimeview.training.judging import moving
from crimeview.training.segments.crime_type import (
    TypeRecipe,
    calibration_error,
    classifier,
    fit_types,
    told_threshold,
)
from crimeview.training.segments.examples import vectors
from crimeview.training.segments.far import UnknownWhereFar, fit_reach
from crimeview.training.segments.frame import fit_frame
from crimeview.training.segments.multinomial import (
    cross_entropy,
    fit_multinomial,
    fit_temperature,
    probabilities,
)
from crimeview.training.segments.networks import outputs

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]

RIGHT = 0.8  # of what is told on held-out clips
_REACHED = 99.0  # percent of held-out examples that are not far
_PENALTY = 10.0  # of controls, whose numbers are standardized
_CHECKED = 2
OWN_RECIPE = TypeRecipe(directions=128)


@dataclass(frozen=True, slots=True, kw_only=True)
class _HeldOut:
    """Logits (judged, classes) and distances (judged,) by fits that have not seen a fold."""

    rows: NDArray[np.intp]
    logits: Doubles
    distances: Doubles
    controls: Mapping[str, NDArray[np.intp]]


def train_own_types(
    data: Path,
    *,
    out: Path,
    runs: Path,
    resume: bool,
    types: TypeRecipe = OWN_RECIPE,
    recipe: Recipe | None = None,
) -> Job[Manifest]:
    """Judge on the folds, fit on everything and write the model folder `out` and its card.

    The types are those of the data's labels, and ordinary. What was fitted is kept under `runs`,
    and used again with `resume`. Raises UsageError, ModelError.
    """
    work = runs / "segments" / out.name
    if not resume:
        set_aside(work, data=data)
    reading = read_own_examples(data, runs=runs, models=out.parent, recipe=recipe)
    own = yield from phase(reading, number=0, count=4, width=2)
    classes = sorted({piece.label for piece in own.pieces})
    if len(classes) < 2:
        raise UsageError(f"{data} has clips of one type only; label two or more.")
    kept = KeptResults(work, key=f"{own.key} {types} {classes}")
    held = yield from phase(_held_out(own, classes, types, kept), number=2, count=4)
    kinds = np.array([classes.index(own.pieces[n].label) for n in held.rows])
    temperature = fit_temperature(held.logits, kinds)
    threshold = told_threshold(probabilities(held.logits / temperature), kinds, share=RIGHT)
    radius = float(np.percentile(held.distances, _REACHED))
    job = fit_types(own.shipped, classes=classes, recipe=types)
    map_ = yield from phase(job, number=3, count=4)
    reach = fit_reach(own.shipped, fit_frame(own.shipped, count=types.directions))
    network = UnknownWhereFar(classifier(map_, temperature=temperature), reach, radius=radius)
    metrics = _metrics(own, held, kinds, classes, temperature=temperature, threshold=threshold)
    manifest = export_model(
        network.eval(),
        draft=_draft(out.name, own, tuple(classes), threshold=threshold, metrics=tuple(metrics)),
        check_values=check_input((_CHECKED, own.dimensions)).astype(np.float32) / np.float32(255),
        run=run_file,
        folder=out,
    )
    write_card(out)
    return manifest


def _held_out(
    own: OwnExamples, classes: Sequence[str], types: TypeRecipe, kept: KeptResults
) -> Job[_HeldOut]:
    rows, logits, distances = [], [], []
    for fold, examples in enumerate(own.by_fold):
        held = judged_rows(own, fold)
        known = kept.find(f"fold-{fold}")
        if known is None:
            seen = [e for e, p in zip(examples, own.pieces, strict=True) if p.fold != fold]
            own_rows = vectors([examples[n] for n in held])
            job = fit_types(seen, classes=classes, recipe=types)
            map_ = yield from phase(job, number=fold, count=FOLDS + 1)
            reach = fit_reach(seen, fit_frame(seen, count=types.directions))
            known = {"logits": outputs(map_, own_rows), "distances": outputs(reach, own_rows)}
            kept.keep(f"fold-{fold}", known)
        yield Step(done=fold + 1, total=FOLDS + 1, message="Fitting the types")
        rows.append(held)
        logits.append(np.asarray(known["logits"], np.float64))
        distances.append(np.asarray(known["distances"], np.float64))
    numbers = np.concatenate(rows)
    controls = yield from phase(_controls(own, numbers, classes), number=FOLDS, count=FOLDS + 1)
    return _HeldOut(
        rows=numbers,
        logits=np.concatenate(logits),
        distances=np.concatenate(distances),
        controls=controls,
    )


def _controls(
    own: OwnExamples, rows: NDArray[np.intp], classes: Sequence[str]
) -> Job[dict[str, NDArray[np.intp]]]:
    """Types (judged,) told without any network, each fold from the others."""
    pieces = [own.pieces[n] for n in rows]
    recordings = [piece.number for piece in pieces]
    moved = yield from moving([own.data.frames[n] for n in recordings])
    kinds = np.array([classes.index(piece.label) for piece in pieces])
    folds = np.array([piece.fold for piece in pieces])
    sets = np.array([piece.data for piece in pieces])
    one_hot = np.asarray(sets[:, None] == np.unique(sets)[None], np.float64)
    return {
        "motion statistics": _told(moved, kinds, folds),
        "file facts": _told(np.log1p(own.data.facts[recordings]), kinds, folds),
        "the data set alone": _told(one_hot, kinds, folds),
    }


def _told(
    numbers: NDArray[np.floating], kinds: NDArray[np.intp], folds: NDArray[np.intp]
) -> NDArray[np.intp]:
    """The likeliest kind (n,) by multinomial regression on standardized numbers (n, k)."""
    found = np.zeros(len(kinds), np.intp)
    for fold in np.unique(folds):
        rest, held = folds != fold, folds == fold
        mean, deviation = numbers[rest].mean(axis=0), numbers[rest].std(axis=0) + 1e-9
        placed = (numbers - mean) / deviation
        present, own = np.unique(kinds[rest], return_inverse=True)
        weight, bias = fit_multinomial(placed[rest], own, count=len(present), penalty=_PENALTY)
        found[held] = present[(placed[held] @ weight.T + bias).argmax(axis=1)]
    return found


def _metrics(
    own: OwnExamples,
    held: _HeldOut,
    kinds: NDArray[np.intp],
    classes: Sequence[str],
    *,
    temperature: float,
    threshold: float,
) -> list[Metric]:
    pieces = [own.pieces[n] for n in held.rows]
    resampling = Resampling([piece.group for piece in pieces])
    chances = probabilities(held.logits / temperature)
    first = chances.argmax(axis=1)
    right, told = first == kinds, chances.max(axis=1) >= threshold
    counts = ", ".join(f"{n} {c}" for c, n in zip(classes, np.bincount(kinds), strict=False))
    protocol = (
        f"{len(kinds)} clips and pieces of real surveillance footage ({counts}) of "
        f"{resampling.count} sources; encoder and classifier of each have not seen its fold (5 "
        "folds by source); interval by bootstrap over sources"
    )

    def share(values: Flags, whole: Flags | None = None) -> Figure:
        return resampling.share(values, np.ones(len(kinds)) if whole is None else whole)

    ordinary = classes.index(ORDINARY) if ORDINARY in classes else -1
    wrongly = told & (first != ordinary) & (kinds == ordinary)
    majority = np.bincount(kinds).argmax()
    return [
        metric_of("accuracy", share(right), protocol),
        metric_of("told (not “unknown”)", share(told), protocol),
        metric_of("right where told", share(told & right, told), protocol),
        *(
            metric_of(f"recall of {name}", share(right & (kinds == kind), kinds == kind), protocol)
            for kind, name in enumerate(classes)
        ),
        metric_of(
            "ordinary ones that a type is told of", share(wrongly, kinds == ordinary), protocol
        ),
        *_beside_controls(held.controls, kinds, right, resampling),
        *_within_sets(np.array([piece.data for piece in pieces]), kinds, right, share),
        metric_of("share of the most frequent", share(kinds == majority), protocol),
        *_calibrated(held.logits / temperature, kinds, right, protocol),
    ]


def _beside_controls(
    controls: Mapping[str, NDArray[np.intp]],
    kinds: NDArray[np.intp],
    right: Flags,
    resampling: Resampling,
) -> Iterator[Metric]:
    """How often each control is right, and how much oftener the classifier."""
    for name, control in controls.items():
        same = "the same clips and folds, no network"
        gain = right.astype(np.float64) - (control == kinds)
        ones = np.ones(len(kinds))
        yield metric_of(
            f"accuracy, control: {name}", resampling.share(control == kinds, ones), same
        )
        yield metric_of(
            f"accuracy, classifier minus {name}", resampling.share(gain, ones), "paired"
        )


def _within_sets(
    sets: NDArray[np.str_],
    kinds: NDArray[np.intp],
    right: Flags,
    share: Callable[[Flags, Flags], Figure],
) -> Iterator[Metric]:
    """How well types are told apart that are of one data set; `sets` (n,) names that of each."""
    for data in np.unique(sets):
        within = sets == data
        if len(np.unique(kinds[within])) < 2:
            continue
        usual = np.bincount(kinds[within]).argmax()
        of = f"the {within.sum()} clips of {data} among them"
        yield metric_of(f"accuracy within {data}", share(right & within, within), of)
        yield metric_of(
            f"share of the most frequent within {data}",
            share((kinds == usual) & within, within),
            of,
        )


def _calibrated(
    logits: Doubles, kinds: NDArray[np.intp], right: Flags, protocol: str
) -> list[Metric]:
    fitted = f"{protocol}; the one temperature was fitted on the same held-out logits"
    recalls = [right[kinds == kind].mean() for kind in np.unique(kinds)]
    return [
        plain_metric("mean recall of a type", float(np.mean(recalls)), fitted),
        plain_metric("calibration error", calibration_error(probabilities(logits), kinds), fitted),
        plain_metric("cross-entropy", cross_entropy(logits, kinds), fitted),
    ]


def _draft(
    name: str,
    own: OwnExamples,
    classes: tuple[str, ...],
    *,
    threshold: float,
    metrics: tuple[Metric, ...],
) -> Manifest:
    return Manifest(
        name=name,
        kind="type-classifier",
        file=f"{name}.onnx",
        sha256="",
        clip=None,
        input=Input(
            name="vectors", shape=(None, own.dimensions), layout=None, scale=1.0, mean=(), std=()
        ),
        output=Output(name="types", shape=(None, len(classes))),
        feature_space=own.space,
        segments=None,
        threshold=threshold,
        calibration="The chance that a segment is of this type, were it one of these, as frequent "
        "as in the training; one temperature, fitted on held-out clips. Below the threshold the "
        f"type is “unknown”: at least {RIGHT:.0%} of what was told on held-out clips was right. "
        f"Where a segment is farther from the training's than {_REACHED:g} % of held-out clips "
        "are, all chances are equal and the type is unknown.",
        metrics=metrics,
        origin=origin(
            "Multinomial logistic regression on the principal coordinates of a segment's mean "
            "feature, with a limit of distance.",
            data=sorted({piece.data for piece in own.pieces}),
        ),
        check=Check(expected=(), tolerance=0.0),
        variants=(),
        classes=classes,
    )

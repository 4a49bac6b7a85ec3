"""Training a projection of our own encoder's segments: figures on held-out folds, export."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.atlas.agreement import agreement, counted
from crimeview.atlas.grouping import group
from crimeview.core.embedding import unit
from crimeview.core.job import Job, Step
from crimeview.core.manifest import Check, Input, Manifest, Metric, Output, check_input
from crimeview.evaluation.retrieval import Found, Searches
from crimeview.jobs.encoder_training import Recipe, origin
from crimeview.jobs.fresh import set_aside
from crimeview.jobs.kept_results import KeptResults
from crimeview.jobs.metrics import metric_of, plain_metric
from crimeview.jobs.model_card import write_card
from crimeview.jobs.own_examples import OwnExamples, read_own_examples
from crimeview.jobs.phases import phase
from crimeview.nets.session import run_file
from crimeview.training.data.examples import FOLDS, RENDERED
from crimeview.training.export import export_model
from crimeview.training.segments.examples import Example, vectors
from crimeview.training.segments.networks import Network, outputs

Floats = NDArray[np.float32]
Fit = Callable[[Sequence[Example], int], Job[Network]]

_FIGURES = {
    "recall_at_1": "recall at 1",
    "mean_average_precision": "mean average precision",
    "mean_over_classes": "mean average precision over types",
}
_NOT_JUDGED = (RENDERED, "hockey_fights")  # drawn, and no surveillance
_CHECKED = 2
_DEALS = 20  # of labels, for the control
_PROTOCOL = (
    "{count} clips and pieces of real surveillance footage of {groups} sources, {types}; each "
    "searched for among those of its fold by vectors of an encoder and a projection that have not "
    "seen the fold, those of its own source never a result{seeds}; interval by bootstrap over "
    "sources"
)


def train_own_projection(
    data: Path,
    *,
    out: Path,
    runs: Path,
    resume: bool,
    fit: Fit,
    description: str,
    seeds: Sequence[int],
    recipe_key: str,
    recipe: Recipe | None = None,
) -> Job[Manifest]:
    """Judge on the folds, fit on everything and write the model folder `out` and its card.

    `fit` learns from examples with a seed; what each fit found is kept under `runs`, and used
    again with `resume`. Raises UsageError, ModelError.
    """
    work = runs / "segments" / out.name
    if not resume:
        set_aside(work, data=data)
    reading = read_own_examples(data, runs=runs, models=out.parent, recipe=recipe)
    own = yield from phase(reading, number=0, count=3)
    kept = KeptResults(work, key=f"{own.key} {recipe_key}")
    found = yield from phase(_rankings(own, fit, seeds, kept), number=1, count=3)
    network = yield from phase(fit(own.shipped, seeds[0]), number=2, count=3)
    width = outputs(network, _check_values(own.dimensions)).shape[1]
    manifest = export_model(
        network,
        draft=Manifest(
            name=out.name,
            kind="projection",
            file=f"{out.name}.onnx",
            sha256="",
            clip=None,
            input=Input(
                name="vectors",
                shape=(None, own.dimensions),
                layout=None,
                scale=1.0,
                mean=(),
                std=(),
            ),
            output=Output(name="projected", shape=(None, width)),
            feature_space=own.space,
            segments=None,
            threshold=None,
            calibration=None,
            metrics=tuple(_metrics(own, found, seeds=len(seeds))),
            origin=origin(description, data=sorted({piece.data for piece in own.pieces})),
            check=Check(expected=(), tolerance=0.0),
            variants=(),
        ),
        check_values=_check_values(own.dimensions),
        run=run_file,
        folder=out,
    )
    write_card(out)
    return manifest


def judged_rows(own: OwnExamples, fold: int) -> NDArray[np.intp]:
    """The pieces of a fold that are judged: real surveillance footage."""
    return np.flatnonzero(
        [piece.fold == fold and piece.data not in _NOT_JUDGED for piece in own.pieces]
    )


def _rankings(
    own: OwnExamples, fit: Fit, seeds: Sequence[int], kept: KeptResults
) -> Job[dict[str, Mapping[str, NDArray[np.generic]]]]:
    """What searches find in each fold, by plain and by projected vectors, and by shuffled labels.

    Arrays (judged,) over all folds: first, among_five, precision; and the AMI (folds,) of clusters.
    """
    parts: dict[str, list[Mapping[str, NDArray[np.generic]]]] = {}
    for fold, examples in enumerate(own.by_fold):
        held = judged_rows(own, fold)
        seen = [e for e, piece in zip(examples, own.pieces, strict=True) if piece.fold != fold]
        plain = unit(vectors([examples[n] for n in held]) - vectors(seen).mean(axis=0))
        parts.setdefault("plain", []).append(_judged(own, held, plain))
        as_searched = unit(vectors([examples[n] for n in held]))
        parts.setdefault("plain, not centered", []).append(_judged(own, held, as_searched))
        parts.setdefault("shuffled labels", []).append(_shuffled(own, held, plain))
        runs = []
        for number, seed in enumerate(seeds):
            name = f"fold-{fold}-seed-{seed}"
            known = kept.find(name)
            if known is None:
                job = fit(seen, seed)
                done = fold * len(seeds) + number
                network = yield from phase(job, number=done, count=FOLDS * len(seeds))
                rows = unit(outputs(network, vectors([examples[n] for n in held])))
                known = _judged(own, held, rows)
                kept.keep(name, known)
            runs.append(known)
            yield Step(done=fold + 1, total=FOLDS, message="Searching and grouping")
        parts.setdefault("projected", []).append(
            {k: np.mean([run[k] for run in runs], axis=0) for k in runs[0]}  # type: ignore[arg-type]
        )
    return {
        name: {k: np.concatenate([part[k] for part in folds]) for k in folds[0]}
        for name, folds in parts.items()
    }


def _judged(
    own: OwnExamples, held: NDArray[np.intp], rows: Floats
) -> dict[str, NDArray[np.generic]]:
    searches = _searches(own, held)
    found = searches.found(rows)
    kinds = searches.labels
    ami = agreement(counted(_clusters(rows, kinds), kinds)).adjusted_mutual_information
    return _arrays(found) | {"ami": np.array([ami])}


def _clusters(rows: Floats, kinds: NDArray[np.intp]) -> NDArray[np.intp]:
    """As many clusters (n,) of the vectors as there are kinds."""
    return group(rows, method="average-cosine", count=int(kinds.max()) + 1)


def _shuffled(
    own: OwnExamples, held: NDArray[np.intp], rows: Floats
) -> dict[str, NDArray[np.generic]]:
    """The same with labels dealt out anew among sources, the mean of several deals."""
    searches = _searches(own, held)
    kinds = searches.labels
    _, first, place = np.unique(
        [own.pieces[n].group for n in held], return_index=True, return_inverse=True
    )
    if (kinds[first][place] != kinds).any():  # a source of several kinds: among pieces
        first = place = np.arange(len(kinds))
    clusters = _clusters(rows, kinds)
    random = np.random.default_rng(0)
    deals = [
        agreement(counted(clusters, random.permutation(kinds[first])[place])) for _ in range(_DEALS)
    ]
    ami = float(np.mean([deal.adjusted_mutual_information for deal in deals]))
    return _arrays(searches.shuffled(rows)) | {"ami": np.array([ami])}


def _arrays(found: Found) -> dict[str, NDArray[np.generic]]:
    return {
        "first": found.first,
        "among_five": found.among_five,
        "precision": found.precision,
    }


def _searches(own: OwnExamples, held: NDArray[np.intp]) -> Searches:
    pieces = [own.pieces[n] for n in held]
    return Searches([piece.label for piece in pieces], [piece.group for piece in pieces])


def _found(arrays: Mapping[str, NDArray[np.generic]]) -> Found:
    return Found(
        first=np.asarray(arrays["first"], np.float64),
        among_five=np.asarray(arrays["among_five"], np.float64),
        precision=np.asarray(arrays["precision"], np.float64),
    )


def _metrics(
    own: OwnExamples, found: dict[str, Mapping[str, NDArray[np.generic]]], *, seeds: int
) -> list[Metric]:
    held = np.concatenate([judged_rows(own, fold) for fold in range(FOLDS)])
    searches = _searches(own, held)
    types = {own.pieces[n].label for n in held}
    protocol = _PROTOCOL.format(
        count=len(held),
        groups=len({own.pieces[n].group for n in held}),
        types=", ".join(sorted(types)),
        seeds=f", mean of {seeds} seeds" if seeds > 1 else "",
    )
    metrics = []
    for name, arrays in found.items():
        figures = searches.figures(_found(arrays))
        metrics += [
            metric_of(f"{title}, {name}", getattr(figures, key), protocol)
            for key, title in _FIGURES.items()
        ]
        metrics.append(
            plain_metric(
                f"AMI, {name}",
                float(np.mean(np.asarray(arrays["ami"], np.float64))),
                "agglomerative clusters (average cosine), as many as types, in each fold; mean of "
                "the folds",
            )
        )
    gain = searches.gain(_found(found["projected"]), _found(found["plain"]))
    metrics += [
        metric_of(f"gain in {title} over plain", getattr(gain, key), f"{protocol}; paired")
        for key, title in _FIGURES.items()
    ]
    return metrics


def _check_values(dimensions: int) -> Floats:
    return check_input((_CHECKED, dimensions)).astype(np.float32) / np.float32(255)

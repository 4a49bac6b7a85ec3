"""Training the classifier of crime types: figures by cross-validation, calibration, export."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.core.manifest import Check, Input, Manifest, Metric, Output, check_input
from crimeview.evaluation.figure import Resampling
from crimeview.jobs.encoder_training import origin
from crimeview.jobs.fresh import set_aside
from crimeview.jobs.kept_results import KeptResults
from crimeview.jobs.metrics import metric_of, plain_metric
from crimeview.jobs.model_card import write_card
from crimeview.jobs.phases import phase
from crimeview.jobs.segment_examples import (
    DATA,
    FEATURE_SPACE,
    SCORED,
    Examples,
    read_examples,
)
from crimeview.nets.session import run_file
from crimeview.nets.type_classifier import TOP
from crimeview.training.data.ucf_features import FOLDS, regrouped
from crimeview.training.export import export_model
from crimeview.training.segments.crime_type import (
    TypeRecipe,
    calibration_error,
    classifier,
    fit_types,
    told_threshold,
)
from crimeview.training.segments.examples import examples_key, vectors
from crimeview.training.segments.multinomial import cross_entropy, fit_temperature, probabilities
from crimeview.training.segments.networks import outputs

Doubles = NDArray[np.float64]
RIGHT = 0.7  # of what is told on held-out recordings
_CHECKED = 2


def train_crime_type(
    data: Path,
    *,
    out: Path,
    runs: Path,
    resume: bool = True,
    seeds: int = 3,
    recipe: TypeRecipe | None = None,
) -> Job[Manifest]:
    """Cross-validate, fit on everything and write the model folder `out` and its card.

    `data` as of `train_projection`. The folds are the given ones and `seeds` - 1 regroupings of
    them; near-duplicates stay in one fold. What each fold found is kept under `runs`, and used
    again with `resume`. Raises UsageError.
    """
    recipe = recipe or TypeRecipe()
    work = runs / "segments" / out.name
    if not resume:
        set_aside(work, data=data)
    inner = data / "ucf_crime"
    folder = inner if inner.is_dir() else data
    read = yield from phase(read_examples(folder, work=runs / "segments"), number=0, count=4)
    classes = sorted({str(read.examples[row].label) for row in read.labeled})
    if len(classes) < 2:
        raise UsageError(f"{folder} has recordings of one type only; label two or more.")
    kept = KeptResults(work, key=f"{examples_key(read.examples)} {recipe} {read.table.folds}")
    held_out = _held_out(read, classes, recipe, kept, sets=seeds)
    logits = yield from phase(held_out, number=1, count=4, width=2)
    kinds = np.array([classes.index(str(read.examples[row].label)) for row in read.labeled])
    temperature = fit_temperature(np.concatenate(logits), np.tile(kinds, seeds))
    threshold = told_threshold(
        probabilities(np.concatenate(logits) / temperature), np.tile(kinds, seeds), share=RIGHT
    )
    job = fit_types(read.examples, classes=classes, recipe=recipe)
    map_ = yield from phase(job, number=3, count=4)
    manifest = export_model(
        classifier(map_, temperature=temperature),
        draft=_draft(
            out.name,
            dimensions=read.table.features.shape[2],
            classes=tuple(classes),
            threshold=threshold,
            metrics=tuple(
                _metrics(read, logits, kinds, temperature=temperature, threshold=threshold)
            ),
        ),
        check_values=check_input((_CHECKED, read.table.features.shape[2])).astype(np.float32)
        / np.float32(255),
        run=run_file,
        folder=out,
    )
    write_card(out)
    return manifest


def _held_out(
    read: Examples, classes: list[str], recipe: TypeRecipe, kept: KeptResults, *, sets: int
) -> Job[list[Doubles]]:
    """Logits (labeled, classes) by fits that have not seen a recording's fold, for each set."""
    rows = vectors(read.examples)
    found = []
    for number in range(sets):
        folds = regrouped(read.table, seed=number) if number else read.table.folds
        logits = np.zeros((len(read.labeled), len(classes)))
        for fold in range(FOLDS):
            held = np.flatnonzero(folds[read.labeled] == fold)
            name = f"set-{number}-fold-{fold}"
            known = kept.find(name)
            if known is None:
                seen = [e for e, at in zip(read.examples, folds, strict=True) if at != fold]
                job = fit_types(seen, classes=classes, recipe=recipe)
                map_ = yield from phase(job, number=number * FOLDS + fold, count=sets * FOLDS)
                known = {"logits": outputs(map_, rows[read.labeled[held]])}
                kept.keep(name, known)
            logits[held] = known["logits"]
        found.append(logits)
    return found


def _metrics(
    read: Examples,
    logits: list[Doubles],
    kinds: NDArray[np.intp],
    *,
    temperature: float,
    threshold: float,
) -> list[Metric]:
    """Means over the sets of folds, with intervals by bootstrap over groups."""
    resampling = Resampling([read.examples[row].group for row in read.labeled])
    chances = [probabilities(part / temperature) for part in logits]
    order = [np.argsort(-c, axis=1) for c in chances]
    first = np.mean([o[:, 0] == kinds for o in order], axis=0)
    three = np.mean([(o[:, :TOP] == kinds[:, None]).any(axis=1) for o in order], axis=0)
    told = np.mean([c.max(axis=1) >= threshold for c in chances], axis=0)
    right = np.mean(
        [
            (c.max(axis=1) >= threshold) & (o[:, 0] == kinds)
            for c, o in zip(chances, order, strict=True)
        ],
        axis=0,
    )
    ones = np.ones(len(kinds))
    protocol = (
        f"{len(kinds)} recordings of {int(kinds.max()) + 1} types, 4-fold by near-duplicates, mean "
        f"of {len(logits)} sets of folds, interval by bootstrap over groups"
    )
    shares = {
        "accuracy": resampling.share(first, ones),
        f"right among the first {TOP}": resampling.share(three, ones),
        "told (not “unknown”)": resampling.share(told, ones),
        "right where told": resampling.share(right, told),
    }
    metrics = [metric_of(name, figure, protocol) for name, figure in shares.items()]
    metrics += _by_publication(read, logits, kinds)
    recalls = [first[kinds == kind].mean() for kind in np.unique(kinds)]
    majority = float(np.bincount(kinds).max() / len(kinds))
    return metrics + [
        plain_metric(name, float(value), how)
        for name, value, how in (
            ("mean recall of a type", np.mean(recalls), protocol),
            ("accuracy of always saying the most frequent type", majority, "the same recordings"),
            (
                "right among the three most frequent types",
                np.sort(np.bincount(kinds))[-TOP:].sum() / len(kinds),
                "the same recordings",
            ),
            (
                "calibration error",
                np.mean([calibration_error(c, kinds) for c in chances]),
                f"{protocol}; the one temperature was fitted on the same held-out logits",
            ),
            (
                "cross-entropy",
                np.mean([cross_entropy(part / temperature, kinds) for part in logits]),
                f"{protocol}; the one temperature was fitted on the same held-out logits",
            ),
        )
    ]


def _by_publication(read: Examples, logits: list[Doubles], kinds: NDArray[np.intp]) -> list[Metric]:
    """How well types are told apart that are of one publication.

    Extractions differ: where a publication has types of its own, they are told by the extraction.
    """
    publications = np.array(read.table.publications)[read.labeled]
    names = [name for name in np.unique(publications) if name]
    if len(names) < 2:
        return []
    metrics, usual = [], 0.0
    for name in names:
        own = publications == name
        offered = np.unique(kinds[own])
        counts = np.bincount(kinds[own])
        usual += counts.max()
        if len(offered) < 2:
            continue
        right = [offered[part[own][:, offered].argmax(axis=1)] == kinds[own] for part in logits]
        of = f"the {own.sum()} recordings of the publication {name}, of {len(offered)} types, of "
        metrics += [
            plain_metric(
                f"accuracy within {name}",
                float(np.mean(right)),
                f"{of}which the likeliest counts; folds as above",
            ),
            plain_metric(
                f"share of the most frequent type within {name}",
                counts.max() / own.sum(),
                f"{of}which the most frequent counts",
            ),
        ]
    return [
        plain_metric(
            "accuracy of knowing the publication alone",
            usual / len(kinds),
            "the same recordings, saying the most frequent type of each publication",
        ),
        *metrics,
    ]


def _draft(
    name: str,
    *,
    dimensions: int,
    classes: tuple[str, ...],
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
            name="vectors", shape=(None, dimensions), layout=None, scale=1.0, mean=(), std=()
        ),
        output=Output(name="types", shape=(None, len(classes))),
        feature_space=FEATURE_SPACE,
        segments=None,
        threshold=threshold,
        calibration="The chance that a segment is of this type, were it one of these types, as "
        "frequent as in the training; one temperature, fitted on held-out recordings. Below the "
        f"threshold the type is “unknown”: at least {RIGHT:.0%} of what was told on held-out "
        "recordings was right.",
        metrics=metrics,
        origin=origin(
            "Multinomial logistic regression on the principal coordinates of a segment's mean C3D "
            f"feature. Trained on {SCORED}.",
            data=(DATA,),
        ),
        check=Check(expected=(), tolerance=0.0),
        variants=(),
        classes=classes,
    )

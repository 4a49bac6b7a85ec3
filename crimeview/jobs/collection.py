"""Recordings with features and types, as vectors: what retrieval and groupings are judged on."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import Pooling, embedding, unit
from crimeview.core.errors import UsageError
from crimeview.core.given_features import GivenFeatures, read_features
from crimeview.core.job import Job, Step
from crimeview.evaluation.annotations import matched, read_annotations
from crimeview.evaluation.given import read_scores
from crimeview.evaluation.summary import Summary
from crimeview.evaluation.table import LeftOut, Only
from crimeview.jobs.elsewhere import elsewhere
from crimeview.jobs.evaluate_models import Runnable
from crimeview.jobs.evaluation import Evaluation, Protocol
from crimeview.nets.catalog import ModelFolder, list_models
from crimeview.nets.projection import Projection
from crimeview.nets.scorer import Scorer

Floats = NDArray[np.float32]

RANDOM_DRAWS = 5
NOT_CENTERED = ", not centered"  # after the name of a set of vectors
_USUAL_SCORER = "c3d-milr"  # of those that take published features: linear, and quick
CENTER = (
    "A vector is the mean, at length one, of a recording's segments, each at length one less the "
    "mean of all segments in the file of features; “not centered”: without that, as a library and "
    "“similar” compare them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was given: features and labels, and what scores segments: a table or a model.

    `projections` are models that turn vectors into others; `only` chooses rows of the labels.
    """

    features: Path
    labels: Path
    scores: Path | None = None
    scorer: ModelFolder | None = None
    projections: tuple[ModelFolder, ...] = ()
    only: Only | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Recordings of a known type, and each of the `vectors` that they can be compared by.

    A vector set is (n, d), each row at length one; those of a control come in several draws, each
    set otherwise is one alone. `models` were run; `notes` and `left_out` are for people.
    """

    names: tuple[str, ...]
    types: tuple[str, ...]
    groups: tuple[str, ...]
    vectors: dict[str, tuple[Floats, ...]]
    models: tuple[Runnable, ...]
    notes: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def evaluation_of(
    collection: Collection,
    given: Given,
    *,
    protocol: Protocol,
    statement: tuple[str, ...],
    summary: Summary,
    plots: tuple[Path, ...],
    notes: tuple[str, ...] = (),
) -> Evaluation:
    """What was found out about a collection by a protocol; `notes` are those beside its own."""
    sources = {"features": given.features, "labels": given.labels}
    return Evaluation(
        protocol=protocol,
        sources=sources | ({"scores": given.scores} if given.scores else {}),
        only=given.only,
        statement=statement,
        models=collection.models,
        summary=summary,
        left_out=collection.left_out,
        notes=(*collection.notes, *notes),
        plots=plots,
    )


def read_collection(given: Given) -> Job[Collection]:
    """Read features and labels, score the segments and make vectors of them.

    Recordings labeled “normal” have no type and do not count. Without a table of scores a scorer
    that takes such features is looked for among the models; without one there are only vectors that
    need none. Raises UsageError, ModelError.
    """
    read, unusable = yield from elsewhere(
        lambda: _finite(read_features(given.features)), f"Reading {given.features}"
    )
    annotations = read_annotations(given.labels, only=given.only)
    rows = {name: row for row, name in enumerate(read.names)}
    typed = [annotation for annotation in annotations.rows if annotation.positive]
    if annotations.rows and not typed:
        raise UsageError(
            f"All recordings that {given.labels} names are “normal”, which is no type; label at "
            "least two types."
        )
    pairs, lonely = matched(typed, rows)
    if len({a.label for a, _ in pairs}) < 2:
        raise UsageError(
            f"The recordings that {given.labels} names are of one type; label at least two (those "
            "that are “normal” have none)."
        )
    notes = [*annotations.notes, *(note for note in lonely if "annotated" in note)]
    scorer = None if given.scores else given.scorer or fitting_scorer(read.features.shape)
    scores = yield from _scores(given, read, [row for _, row in pairs], scorer)
    if scores is None:
        notes.append(
            "No scores of segments were given (--scores) and no scorer takes these features: only "
            "vectors of whole recordings and of random segments are compared."
        )
    vectors = yield from _vectors(read, [row for _, row in pairs], scores)
    way = Pooling.WHOLE if scores is None else Pooling.SOFTMAX
    own = _plain(read, [row for _, row in pairs], scores)
    vectors[f"{way.value}{NOT_CENTERED}"] = (own,)
    for model in given.projections:
        name = f"{way.value} → {model.manifest.name}"
        vectors[name] = (_projected(model, own, given.features),)
    return Collection(
        names=tuple(a.name for a, _ in pairs),
        types=tuple(a.label for a, _ in pairs),
        groups=tuple(a.group for a, _ in pairs),
        vectors=vectors,
        models=tuple(
            Runnable(m, "fp32") for m in (*([scorer] if scorer else []), *given.projections)
        ),
        notes=tuple(notes),
        left_out=(*annotations.left_out, *unusable),
    )


def fitting_scorer(shape: tuple[int, ...]) -> ModelFolder | None:
    """A scorer among the models that takes features (n, segments, d), the linear one if it does."""
    fitting = [
        model
        for model in list_models()
        if model.manifest.kind == "scorer"
        and model.manifest.input.shape[-1] == shape[2]
        and model.manifest.segments in (None, shape[1])
    ]
    return min(fitting, key=lambda m: m.manifest.name != _USUAL_SCORER, default=None)


def center_of(features: NDArray[np.floating]) -> Floats:
    """The mean (d,) of all segments (n, segments, d), each at length one."""
    summed = np.zeros(features.shape[2], np.float64)
    for recording in features:
        summed += unit(recording).sum(axis=0)
    return np.asarray(summed / max(1, features.shape[0] * features.shape[1]), np.float32)


def _scores(
    given: Given, read: GivenFeatures, rows: list[int], scorer: ModelFolder | None
) -> Job[dict[int, Floats] | None]:
    """The scores (segments,) of the recordings in `rows` of the features."""
    if given.scores is not None:
        return _from_table(given.scores, read, rows)
    if scorer is None:
        return None
    return (yield from _from_scorer(scorer, read, rows, given.features))


def _from_table(file: Path, read: GivenFeatures, rows: list[int]) -> dict[int, Floats]:
    table = read_scores(file).scores
    segments = read.features.shape[1]
    found = {row: table.get(read.names[row]) for row in rows}
    for row, scores in found.items():
        if scores is None or len(scores) != segments:
            raise UsageError(
                f"{file} must have {segments} scores for {read.names[row]}, one for each segment; "
                f"it has {0 if scores is None else len(scores)}."
            )
    return {row: np.asarray(scores, np.float32) for row, scores in found.items()}


def _from_scorer(
    model: ModelFolder, read: GivenFeatures, rows: list[int], file: Path
) -> Job[dict[int, Floats]]:
    wanted = model.manifest.input.shape[-1]
    if wanted is not None and wanted != read.features.shape[2]:
        raise UsageError(
            f"{file} has {read.features.shape[2]} numbers a segment, but the scorer "
            f"“{model.manifest.name}” takes {wanted}; choose another with --scorer."
        )
    found = {}
    with Scorer(model) as scorer:
        for done, row in enumerate(rows):
            yield Step(done=done, total=len(rows), message=f"Scoring {read.names[row]}")
            found[row] = scorer.scores(read.features[row])
    return found


def _vectors(
    read: GivenFeatures, rows: list[int], scores: dict[int, Floats] | None
) -> Job[dict[str, tuple[Floats, ...]]]:
    """A set of vectors for each way to pool, or, for the random one, several."""
    pooling = list(Pooling) if scores is not None else [Pooling.WHOLE, Pooling.RANDOM]
    center = yield from elsewhere(lambda: center_of(read.features), "Averaging the features")
    drawn: dict[str, list[list[Floats]]] = {
        p.value: [[] for _ in range(RANDOM_DRAWS if p is Pooling.RANDOM else 1)] for p in pooling
    }
    unscored = np.ones(read.features.shape[1], np.float32)
    for done, row in enumerate(rows):
        yield Step(done=done, total=len(rows), message=f"Averaging {read.names[row]}")
        clips = unit(read.features[row]) - center
        for way in pooling:
            for draw, found in enumerate(drawn[way.value]):
                weights = unscored if scores is None else scores[row]
                seed = draw * len(read.names) + row
                found.append(embedding(clips, weights, pooling=way, seed=seed))
    return {name: tuple(np.stack(v) for v in draws) for name, draws in drawn.items()}


def _plain(read: GivenFeatures, rows: list[int], scores: dict[int, Floats] | None) -> Floats:
    """What projections take: vectors (n, d) not centered, as they have a center of their own."""
    unscored = np.ones(read.features.shape[1], np.float32)
    way = Pooling.WHOLE if scores is None else Pooling.SOFTMAX
    return np.stack(
        [
            embedding(read.features[row], unscored if scores is None else scores[row], pooling=way)
            for row in rows
        ]
    )


def _projected(model: ModelFolder, own: Floats, file: Path) -> Floats:
    wanted = model.manifest.input.shape[-1]
    if wanted != own.shape[1]:
        raise UsageError(
            f"{file} has {own.shape[1]} numbers a segment, but the projection "
            f"“{model.manifest.name}” takes {wanted}; choose another with --projection."
        )
    with Projection(model) as projection:
        return unit(projection.project(own))


def _finite(read: GivenFeatures) -> tuple[GivenFeatures, list[LeftOut]]:
    """The recordings whose features are numbers throughout, and the others."""
    usable = [bool(np.isfinite(features).all()) for features in read.features]
    if all(usable):
        return read, []
    kept = tuple(name for name, good in zip(read.names, usable, strict=True) if good)
    reason = "Its features are not finite numbers; extract them again."
    left_out = [
        LeftOut(None, name, reason)
        for name, good in zip(read.names, usable, strict=True)
        if not good
    ]
    return GivenFeatures(kept, read.features[usable]), left_out

"""Clips of data sets as our own encoders see them: examples to learn types and projections from.

The encoder that ships was trained on all of them. What is judged are examples that neither the
encoder nor what is learned on its features has seen: those of a fold, by an encoder that was
trained without that fold, each with a space of its own.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job, Step
from crimeview.jobs.encoder_training import Recipe, fit, gather
from crimeview.jobs.gather import Gathered
from crimeview.jobs.kept_results import KeptResults
from crimeview.jobs.models import ENCODER
from crimeview.jobs.phases import phase
from crimeview.nets.catalog import find_model
from crimeview.nets.encoder import Encoder
from crimeview.training.data.examples import FOLDS, NORMAL, WHOLE
from crimeview.training.data.examples import Example as Recording
from crimeview.training.data.framecache import Frames
from crimeview.training.data.sampling import take_clip
from crimeview.training.data.windows import clip_seconds, clip_starts, usable_span
from crimeview.training.export import weights_digest
from crimeview.training.segments.examples import Example
from crimeview.training.tracks import Watcher, encoder_watcher

Floats = NDArray[np.float32]

_PIECE = 5.0  # s of ordinary footage that are an example
_PIECES = 4  # of a recording at most, evenly spaced
_THINNED = {"hockey_fights": 3}  # every which one is taken: much of the same, and no surveillance


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a recording, from `start` to `end` (s), that shows one thing: an example to be."""

    number: int  # of the recording among those that were gathered
    start: float
    end: float
    label: str
    data: str
    group: str
    fold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnExamples:
    """All `pieces`, and as examples: by the shipped encoder, whose feature space is `space`.

    `by_fold` are the same by the encoder of each fold, which has not seen the pieces of that fold.
    """

    data: Gathered
    pieces: tuple[Piece, ...]
    shipped: tuple[Example, ...]
    by_fold: tuple[tuple[Example, ...], ...]
    space: str
    dimensions: int

    @property
    def key(self) -> str:
        """What everything that is learned from them depends on."""
        digest = hashlib.sha256(repr(self.pieces).encode())
        for examples in (self.shipped, *self.by_fold):
            for example in examples:
                digest.update(np.ascontiguousarray(example.clips).tobytes())
        return digest.hexdigest()

    def folds(self) -> NDArray[np.intp]:
        """The fold (n,) in which each is held out."""
        return np.array([piece.fold for piece in self.pieces])


def read_own_examples(
    data: Path, *, runs: Path, models: Path, recipe: Recipe | None = None
) -> Job[OwnExamples]:
    """Gather the data, fit the encoders of the folds that are missing, and look at all pieces.

    `models` has the encoder that is shipped. What was fitted or looked at is kept under `runs`.
    Raises UsageError, ModelError.
    """
    recipe = recipe or Recipe()
    count = 2 * FOLDS + 2
    gathered = yield from phase(gather(data, runs=runs, recipe=recipe), number=0, count=count)
    pieces = tuple(_pieces(gathered))
    by_fold = []
    for fold in range(FOLDS):
        fitting = fit(gathered, fold=fold, recipe=recipe, runs=runs)
        encoder = yield from phase(fitting, number=1 + 2 * fold, count=count)
        watcher = encoder_watcher(encoder, spec=recipe.form.spec, prepare=recipe.prepare)
        name = f"fold-{fold}-{weights_digest(encoder.encoder)}"
        looking = _examples(gathered, pieces, watcher, runs=runs, name=name)
        by_fold.append((yield from phase(looking, number=2 + 2 * fold, count=count)))
    with ExitStack() as nets:
        shipped = nets.enter_context(Encoder(find_model(ENCODER, models), threads=1))
        looking = _examples(
            gathered, pieces, _shipped_watcher(shipped), runs=runs, name=shipped.feature_space
        )
        examples = yield from phase(looking, number=count - 1, count=count)
        return OwnExamples(
            data=gathered,
            pieces=pieces,
            shipped=examples,
            by_fold=tuple(by_fold),
            space=shipped.feature_space,
            dimensions=shipped.dimensions,
        )


def _pieces(data: Gathered) -> Iterator[Piece]:
    """Events where they show best; of ordinary recordings some pieces."""
    seen: dict[str, int] = {}
    for number, (recording, frames) in enumerate(zip(data.examples, data.frames, strict=True)):
        seen[recording.data] = seen.get(recording.data, -1) + 1
        if seen[recording.data] % _THINNED.get(recording.data, 1):
            continue
        for start, end in _spans(recording, frames):
            yield Piece(
                number=number,
                start=start,
                end=end,
                label=recording.label,
                data=recording.data,
                group=recording.group,
                fold=recording.fold,
            )


def _spans(recording: Recording, frames: Frames) -> list[tuple[float, float]]:
    start, end = usable_span(frames.times, recording.central)
    if recording.label != NORMAL and recording.core != WHOLE:
        return [(max(start, recording.core[0]), min(end, recording.core[1]))]
    if recording.label != NORMAL or end - start <= _PIECE:
        return [(start, end)]
    count = min(_PIECES, int((end - start) / _PIECE))
    starts = np.linspace(start, end - _PIECE, count)
    return [(float(s), float(s) + _PIECE) for s in starts]


def _examples(
    data: Gathered, pieces: Sequence[Piece], watcher: Watcher, *, runs: Path, name: str
) -> Job[tuple[Example, ...]]:
    """The pieces as clips of features; each clip counts the same, as each shows the event."""
    kept = KeptResults(runs / "segments" / "own", key=f"{watcher.key} {pieces!r}")
    stored = kept.find(name)
    if stored is None:
        stored = {}
        for number, piece in enumerate(pieces):
            if number % 16 == 0:
                yield Step(done=number, total=len(pieces), message="Extracting features")
            starts = clip_starts((piece.start, piece.end), watcher.spec)
            found = list(watcher.look(data.frames[piece.number], starts))
            stored[str(number)] = np.concatenate(found).astype(np.float32)
        kept.keep(name, stored)
    return tuple(
        Example(
            clips=stored[str(number)].astype(np.float32),
            scores=np.ones(len(stored[str(number)]), np.float32),
            label=piece.label,
            group=piece.group,
        )
        for number, piece in enumerate(pieces)
    )


def _shipped_watcher(encoder: Encoder) -> Watcher:
    spec = encoder.spec

    def look(frames: Frames, starts: NDArray[np.float64]) -> Iterator[Floats]:
        interval = clip_seconds(spec) / spec.frames
        for start in starts.tolist():
            yield encoder.features(take_clip(frames, spec, start=start, interval=interval))[None]

    looked: Callable[[Frames, NDArray[np.float64]], Iterator[Floats]] = look
    return Watcher(f"{encoder.sha256} {spec.key()}", spec, looked)

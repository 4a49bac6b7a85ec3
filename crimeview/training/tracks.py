"""Features and scores of training material, clip by clip as analysis would make them."""

import hashlib
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from crimeview.core.clip import ClipSpec
from crimeview.training.classifier import Classifier, Prepare, embed
from crimeview.training.data.examples import NORMAL, Example
from crimeview.training.data.framecache import Frames
from crimeview.training.data.sampling import take_clip
from crimeview.training.data.windows import clip_seconds, clip_starts, usable_span
from crimeview.training.export import weights_digest

_SHARE = 0.5  # of a clip that must lie within the event for the clip to show it
Spans = tuple[tuple[float, float], ...]
Network: TypeAlias = nn.Module  # features (n, d) of a recording to scores or logits (n,)


@dataclass(frozen=True, slots=True)
class FeatureTrack:
    """An example's clips in order of time.

    `times` (n, 2) seconds, `features` (n, d); `events` are the spans (s) in which it shows events.
    """

    example: Example
    times: NDArray[np.float64]
    features: NDArray[np.float32]
    events: Spans

    @property
    def anomalous(self) -> NDArray[np.bool_]:
        """Which clips (n,) show an event."""
        shown = np.zeros(len(self.times), np.bool_)
        for start, end in self.events:
            overlap = np.minimum(self.times[:, 1], end) - np.maximum(self.times[:, 0], start)
            wanted = _SHARE * np.minimum(self.times[:, 1] - self.times[:, 0], end - start)
            shown |= overlap >= wanted
        return shown


@dataclass(frozen=True, slots=True)
class ScoredTrack:
    """A feature track's scores or logits (n,)."""

    track: FeatureTrack
    scores: NDArray[np.float32]


def events_of(example: Example) -> Spans:
    """The spans of an example that show its event best; none for an ordinary one."""
    return () if example.label == NORMAL else (example.core,)


@dataclass(frozen=True, slots=True)
class Watcher:
    """What turns clips into features: an encoder, or a control that needs no network.

    `look` gets frames and start seconds and gives features by batches, in order; `key` is equal
    exactly where the features are.
    """

    key: str
    spec: ClipSpec
    look: Callable[[Frames, NDArray[np.float64]], Iterator[NDArray[np.float32]]]


def encoder_watcher(model: Classifier, *, spec: ClipSpec, prepare: Prepare) -> Watcher:
    """The encoder of a classifier."""

    def look(frames: Frames, starts: NDArray[np.float64]) -> Iterator[NDArray[np.float32]]:
        return (batch for batch, _ in embed(model, frames, starts, spec=spec, prepare=prepare))

    return Watcher(f"{weights_digest(model.encoder)} {spec.key()}", spec, look)


def motion_watcher(spec: ClipSpec) -> Watcher:
    """The control: one feature, how much a clip moves (99th percentile of frame differences)."""

    def look(frames: Frames, starts: NDArray[np.float64]) -> Iterator[NDArray[np.float32]]:
        for start in starts.tolist():
            interval = clip_seconds(spec) / spec.frames
            clip = take_clip(frames, spec, start=start, interval=interval).astype(np.int16)
            moved = np.percentile(np.abs(np.diff(clip, axis=0)), 99)
            yield np.array([[moved]], np.float32)

    return Watcher(f"frame difference {spec.key()}", spec, look)


def feature_track(
    watcher: Watcher, example: Example, frames: Frames, *, events: Spans
) -> Generator[None, None, FeatureTrack]:
    """A track of the example's usable part; gives None after each batch of clips."""
    first, last = usable_span(frames.times, example.central)
    starts = clip_starts((first, last), watcher.spec)
    features = []
    for batch in watcher.look(frames, starts):
        features.append(batch)
        yield
    times = np.column_stack([starts, starts + clip_seconds(watcher.spec)])
    return FeatureTrack(example, times, np.concatenate(features), events)


def changed_track(
    watcher: Watcher,
    example: Example,
    frames: Frames,
    *,
    events: Spans,
    like: FeatureTrack,
    changed: Spans,
) -> Generator[None, None, FeatureTrack]:
    """The track of a recording that differs from `like` within the spans `changed` only."""
    touched = np.zeros(len(like.times), np.bool_)
    for start, end in changed:
        touched |= (like.times[:, 0] < end) & (like.times[:, 1] > start)
    features, rows = like.features.copy(), np.flatnonzero(touched)
    done = 0
    for batch in watcher.look(frames, like.times[rows, 0]):
        features[rows[done : done + len(batch)]] = batch
        done += len(batch)
        yield
    return FeatureTrack(example, like.times, features, events)


def scored(scorer: Network, track: FeatureTrack) -> ScoredTrack:
    """What a scorer makes of a track as a whole."""
    with torch.inference_mode():
        scores = scorer(torch.from_numpy(track.features))
        return ScoredTrack(track, scores.numpy().astype(np.float32))


class TrackStore:
    """A folder of feature tracks: fitting a scorer takes seconds once they are there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str, examples: Sequence[Example], *, key: str) -> list[FeatureTrack]:
        """The tracks stored under a name and key, of these examples; none where they differ."""
        file = self._file(name, key)
        if not file.is_file():
            return []
        with np.load(file) as stored:
            if int(stored["count"]) != len(examples):
                return []
            return [
                FeatureTrack(
                    example,
                    stored[f"times{n}"],
                    stored[f"features{n}"],
                    tuple((float(a), float(b)) for a, b in stored[f"events{n}"]),
                )
                for n, example in enumerate(examples)
            ]

    def write(self, name: str, tracks: Sequence[FeatureTrack], *, key: str) -> None:
        arrays: dict[str, NDArray[np.generic]] = {"count": np.array(len(tracks))}
        for n, track in enumerate(tracks):
            arrays[f"times{n}"], arrays[f"features{n}"] = track.times, track.features
            arrays[f"events{n}"] = np.array(track.events, np.float64).reshape(-1, 2)
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._file(name, key)
        scratch = file.with_suffix(".tmp")
        with scratch.open("wb") as stream:
            np.savez(stream, **arrays)  # type: ignore[arg-type]
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(file)

    def _file(self, name: str, key: str) -> Path:
        digest = hashlib.sha256(key.encode()).hexdigest()[:12]
        return self._folder / f"{name}-{digest}.npz"

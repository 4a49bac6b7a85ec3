"""Feature tracks for training and judging scorers: of clips, recordings and composed recordings."""

import hashlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crimeview.core.job import Job, Step
from crimeview.jobs.compose import compose_cached
from crimeview.jobs.gather import Gathered
from crimeview.training.data.composition import Composition, CompositionRecipe, plan_compositions
from crimeview.training.data.examples import NORMAL, RENDERED, Example
from crimeview.training.data.framecache import Frames
from crimeview.training.tracks import (
    FeatureTrack,
    Spans,
    TrackStore,
    Watcher,
    changed_track,
    events_of,
    feature_track,
)

COMPOSED = "composed"
_NEAR = 0.2  # s around an insert that count as changed


@dataclass(frozen=True, slots=True)
class ComposedTrack:
    """A composed recording of `rate` frames a second, and its clips."""

    plan: Composition
    track: FeatureTrack
    rate: float


def example_tracks(
    watcher: Watcher, data: Gathered, *, store: TrackStore
) -> Job[list[FeatureTrack]]:
    """Feature tracks of all examples, from the store where they are there."""
    key = _key(watcher, [f"{e.path.name} {e.label} {e.core}" for e in data.examples])
    kept = store.read("clips", data.examples, key=key)
    if kept:
        return kept
    tracks = []
    for number, (example, frames) in enumerate(zip(data.examples, data.frames, strict=True)):
        making = feature_track(watcher, example, frames, events=events_of(example))
        step = Step(done=number, total=len(data.examples), message="Extracting features")
        tracks.append((yield from _reported(making, step)))
    store.write("clips", tracks, key=key)
    return tracks


def plan(data: Gathered, wanted: CompositionRecipe) -> list[Composition]:
    """Compositions of the real footage that is gathered."""
    real = [e for e in data.examples if e.data != RENDERED]
    lengths = {
        e.path: float(f.times[-1, 1] - f.times[0, 0])
        for e, f in zip(data.examples, data.frames, strict=True)
    }
    return plan_compositions(real, lengths, wanted)


def composed_track(
    watcher: Watcher,
    plan: Composition,
    data: Gathered,
    *,
    store: TrackStore,
    alone: ComposedTrack | None = None,
) -> Job[ComposedTrack]:
    """The clips of a composition, put together at the size of the network's input.

    With the track of its background `alone` only clips that touch an insert are looked at.
    """
    rate = watcher.spec.rate
    if rate is None:
        raise ValueError("compositions need clips at a fixed rate")
    example = Example(
        path=Path(plan.name), data=COMPOSED, label=NORMAL, group=plan.group, fold=plan.fold
    )
    name, key = f"{COMPOSED}-{plan.name}", _key(watcher, [repr(plan)])
    kept = store.read(name, [example], key=key)
    if kept:
        return ComposedTrack(plan, kept[0], rate)
    yield Step(done=0, total=1, message="Composing recordings")
    paths = {*plan.background, *(insert.path for insert in plan.inserts)}
    cached = {e.path: f for e, f in zip(data.examples, data.frames, strict=True) if e.path in paths}
    frames, spans = compose_cached(plan, cached, rate=rate)
    events = tuple((a / rate, b / rate) for a, b in spans)
    if alone is None:
        making = feature_track(watcher, example, frames, events=events)
    else:
        making = changed_track(
            watcher,
            example,
            frames,
            events=events,
            like=alone.track,
            changed=_inserted(plan, cached),
        )
    track = yield from _reported(making, Step(done=0, total=1, message="Watching compositions"))
    store.write(name, [track], key=key)
    return ComposedTrack(plan, track, rate)


def _inserted(plan: Composition, cached: dict[Path, Frames]) -> Spans:
    """Start and end (s) of all inserts, decoys too."""
    spans = []
    for insert in plan.inserts:
        times = cached[insert.path].times
        spans.append((insert.at - _NEAR, insert.at + float(times[-1, 1] - times[0, 0]) + _NEAR))
    return tuple(spans)


def _reported(making: Generator[None, None, FeatureTrack], step: Step) -> Job[FeatureTrack]:
    while True:
        try:
            next(making)
        except StopIteration as end:
            track: FeatureTrack = end.value
            return track
        yield step


def without_inserts(plans: Sequence[Composition]) -> list[Composition]:
    """The very same backgrounds alone."""
    return [replace(p, name=f"{p.name}-alone", inserts=()) for p in plans]


def _key(watcher: Watcher, parts: Sequence[str]) -> str:
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"{watcher.key} {digest}"

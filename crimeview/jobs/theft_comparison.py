"""The fits and controls of `compare_theft`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from crimeview.core.job import Job
from crimeview.core.sequence import SequenceSpec
from crimeview.jobs.encoder_training import SPEC as FRAMES
from crimeview.jobs.gather import gather_frames
from crimeview.jobs.people import WholeFrameFinder
from crimeview.jobs.phases import phase
from crimeview.jobs.theft_data import Watched, theft_examples, watch
from crimeview.jobs.theft_figures import ACTORS_UNKNOWN, STAGED, Comparison, Floats, Row, row_of
from crimeview.jobs.theft_models import opened_people, people_models
from crimeview.jobs.theft_training import SPEC, judge_boxes, judge_held_out, judge_numbers
from crimeview.training.choices import RecurrentName
from crimeview.training.data.framecache import FrameCache
from crimeview.training.judging import moving
from crimeview.training.theft.fit import SequenceRecipe

_HALF = 0.5
_CONTROLS = (
    "Where the box alone, or frames in another order, do as well, the network has not been shown "
    "to use how a person moves."
)
_SHORT = replace(SPEC, frames=15, step=7)
_DENSE = replace(SPEC, step=5)
_FACE = replace(SPEC, landmarks="body-and-face")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """One way to judge clips by a network."""

    name: str
    network: RecurrentName = "lstm"
    spec: SequenceSpec = SPEC
    whole_frame: bool = False


_WAYS = (
    _Way(name="LSTM, body"),
    _Way(name="GRU, body", network="gru"),
    _Way(name="LSTM, body and face", spec=_FACE),
    _Way(name="GRU, body and face", network="gru", spec=_FACE),
    _Way(name="LSTM, body, last landmarks repeated", spec=replace(SPEC, missing="repeat")),
    _Way(name="LSTM, body, windows of 15, step 7", spec=_SHORT),
    _Way(name="LSTM, body, windows of 30, step 5", spec=_DENSE),
    _Way(name="LSTM, body, whole frame instead of the detector", whole_frame=True),
    _Way(name="GRU, body, whole frame", network="gru", whole_frame=True),
)
_SHIPPED = _WAYS[0]


@dataclass(frozen=True, slots=True)
class _Material:
    """The clips with the people that a detector finds, and those found in the whole frame."""

    clips: list[Watched]
    whole: list[Watched]
    motion: Floats


def compare(
    data: Path, *, runs: Path, seeds: int, detector: str | None, epochs: int
) -> Job[Comparison]:
    """See `compare_theft`."""
    count = 10 + (len(_WAYS) + 1) * seeds
    gathering = _gather(data, runs=runs, detector=detector)
    material = yield from phase(gathering, number=0, count=count, width=10)
    scenes = [clip.example.group for clip in material.clips]
    rows = []
    for number, way in enumerate(_WAYS):
        judging = _judge(material, scenes, way, seeds=seeds, epochs=epochs)
        rows += yield from phase(judging, number=10 + number * seeds, count=count, width=seeds)
    rows += _controls(material, scenes)
    actors = [clip.actor for clip in material.clips]
    by_actor: list[Row] = []
    if all(actor is not None for actor in actors) and len(set(actors)) > 1:
        named = [str(actor) for actor in actors]
        judging = _judge(material, named, _SHIPPED, seeds=seeds, epochs=epochs)
        last = phase(judging, number=count - seeds, count=count, width=seeds)
        by_actor = [*(yield from last), *_controls(material, named)]
    return Comparison(
        clips=len(material.clips),
        scenes=len(set(scenes)),
        actors=len(set(actors)) if by_actor else None,
        by_scene=tuple(rows),
        by_actor=tuple(by_actor),
        statement=_statement(material, seeds=seeds, actors=bool(by_actor)),
    )


def _gather(data: Path, *, runs: Path, detector: str | None) -> Job[_Material]:
    examples = theft_examples(data)
    kept = runs / "theft" / "people"
    with opened_people(people_models(detector=detector), threads=1) as finder:
        clips = yield from phase(watch(examples, finder=finder, kept=kept), number=0, count=4)
        watching = watch(examples, finder=WholeFrameFinder(finder.pose), kept=kept)
        whole = yield from phase(watching, number=1, count=4)
    decoding = gather_frames(examples, FrameCache(runs / "frames", FRAMES))
    gathered = yield from phase(decoding, number=2, count=4)
    motion = yield from phase(moving(gathered.frames), number=3, count=4)
    return _Material(clips, whole, motion)


def _judge(
    material: _Material, groups: Sequence[str], way: _Way, *, seeds: int, epochs: int
) -> Job[list[Row]]:
    """The row of a way; of the one that ships also that of frames in another order."""
    clips = material.whole if way.whole_frame else material.clips
    judged = []
    for seed in range(seeds):
        recipe = SequenceRecipe(kind=way.network, epochs=epochs, seed=seed)
        judging = judge_held_out(clips, groups, spec=way.spec, recipe=recipe)
        judged.append((yield from phase(judging, number=seed, count=seeds)))
    scores = {way.name: [j.logits for j in judged]}
    if way is _SHIPPED:
        scores[f"the same ({way.name}), frames in another order"] = [j.shuffled for j in judged]
    return [_row(name, found, material, groups, 0.0) for name, found in scores.items()]


def _controls(material: _Material, groups: Sequence[str]) -> list[Row]:
    """What needs no network: each judged by logistic regression without the group."""
    clips = material.clips
    found = {
        "eight numbers of the person's box alone": judge_boxes(clips, groups),
        "189 motion statistics": judge_numbers(material.motion, clips, groups),
    }
    return [
        _row(f"{name}, logistic regression", [chances], material, groups, _HALF)
        for name, chances in found.items()
    ]


def _row(
    name: str,
    scores: Sequence[Floats],
    material: _Material,
    groups: Sequence[str],
    threshold: float,
) -> Row:
    positive = np.array([clip.positive for clip in material.clips])
    return row_of(name, scores, positive=positive, groups=groups, threshold=threshold)


def _statement(material: _Material, *, seeds: int, actors: bool) -> tuple[str, ...]:
    clips = material.clips
    thefts = sum(clip.positive for clip in clips)
    protocol = (
        f"{len(clips)} clips, {thefts} of them thefts; each is judged by networks that were "
        f"trained without any clip of its group, with {seeds} seeds; intervals are 95 %, by "
        "bootstrap over groups."
    )
    return (
        protocol,
        STAGED,
        _CONTROLS,
        "Actors are left out in turn in the second table." if actors else ACTORS_UNKNOWN,
    )

"""Long recordings composed of real ones: events at known places in quiet footage.

The plan is made from names and lengths alone, so that it is the same for the same seed; pictures
come from whoever can show a recording at a given rate, be it a decoder or the frame cache.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.training.data.examples import FOLDS, NORMAL, Example

_SEAM = 0.5  # s over which the loop of a background fades into itself
_MARGIN = 0.1  # share of an insert's slot that is kept free at both ends
_LEAST = 6.0  # s of material that a background should have
Picture = NDArray[np.uint8]
Show = Callable[[Path], Iterator[Picture]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositionRecipe:
    """`count` recordings of `seconds` with 0 to `events` events each, faded over `fade` seconds.

    0 to `decoys` ordinary clips are inserted just as events are. Without them each change of scene
    is an event: frames differ ten times as much at an insertion as in most quiet footage.
    """

    count: int = 20
    seconds: float = 600.0
    events: int = 4
    decoys: int = 0
    fade: float = 0.25
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """A clip to be shown from `at` seconds on; `label` is “normal” for a decoy."""

    path: Path
    label: str
    group: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A recording to be made of sources of one fold.

    `background` are quiet recordings of one source (`group`), shown one after the other and again
    from the first until `seconds` are full.
    """

    name: str
    fold: int
    group: str
    background: tuple[Path, ...]
    inserts: tuple[Insert, ...]
    seconds: float
    fade: float


def plan_compositions(
    examples: Sequence[Example],
    lengths: Mapping[Path, float],
    recipe: CompositionRecipe,
    *,
    kinds: Sequence[str] = ("fight", "crash"),
) -> list[Composition]:
    """What to compose, the folds in turn; background, events and decoys of one are of its fold.

    `lengths` are the examples' seconds. A fold that has no quiet footage is left out. Backgrounds
    are drawn by data set in turn, then by source; events by kind, each clip once before any twice.
    """
    compositions: list[Composition] = []
    for fold in range(FOLDS):
        part = [e for e in examples if e.fold == fold and not e.weak]
        random = np.random.default_rng([recipe.seed, fold])
        numbers = range(fold, recipe.count, FOLDS)
        backgrounds = _backgrounds(part, lengths, random)
        pools = {kind: _pool([e for e in part if e.label == kind], random) for kind in kinds}
        decoys = _pool([e for e in part if e.label == NORMAL and e.central is not None], random)
        events, others = _counts(recipe.events, random), _counts(recipe.decoys, random)
        for number in numbers if backgrounds else ():
            group = backgrounds[number // FOLDS % len(backgrounds)]
            chosen = _events(pools, next(events), random)
            chosen += list(islice(decoys, next(others))) if decoys else []
            compositions.append(
                Composition(
                    name=f"{number:02d}-fold-{fold}",
                    fold=fold,
                    group=group[0].group,
                    background=tuple(e.path for e in group),
                    inserts=_placed(chosen, lengths, recipe.seconds, random),
                    seconds=recipe.seconds,
                    fade=recipe.fade,
                )
            )
    return sorted(compositions, key=lambda c: c.name)


def composed(
    plan: Composition, *, rate: float, show: Show
) -> Generator[tuple[Picture, int | None]]:
    """The composition's pictures at `rate`, each with the number of the insert that it shows.

    `show` gives a recording's pictures at that rate and of one size. The background runs on under
    an insert. Loop and joints of the background are cut and faded over half a second: played
    backwards, traffic would drive against its direction.
    """
    background = _joined((show(path) for path in cycle(plan.background)), round(_SEAM * rate))
    pending = deque(enumerate(plan.inserts))
    active: Iterator[tuple[Picture, float]] = iter(())
    number: int | None = None
    for frame in range(round(plan.seconds * rate)):
        below = next(background)
        above = next(active, None)
        if above is None and pending and frame >= pending[0][1].at * rate:
            number, insert = pending.popleft()
            active = _faded(show(insert.path), round(plan.fade * rate))
            above = next(active, None)
        if above is None:
            yield below, None
        else:
            yield _mixed(below, *above), number


def spans_of(shown: Sequence[int | None], plan: Composition) -> list[tuple[Insert, int, int]]:
    """Each event with its first frame and the one after its last; decoys are none."""
    rows = np.array([-1 if number is None else number for number in shown])
    found = []
    for number, insert in enumerate(plan.inserts):
        at = np.flatnonzero(rows == number)
        if len(at) and insert.label != NORMAL:
            found.append((insert, int(at[0]), int(at[-1]) + 1))
    return found


def _backgrounds(
    part: Sequence[Example], lengths: Mapping[Path, float], random: np.random.Generator
) -> list[list[Example]]:
    """The quiet recordings of each source, data sets in turn, whole recordings first.

    Sources of a few seconds are taken only if there is nothing else.
    """
    sources: dict[str, list[Example]] = {}
    for example in part:
        if example.label == NORMAL:
            sources.setdefault(example.group, []).append(example)
    long = [s for s in sources.values() if sum(lengths[e.path] for e in s) >= _LEAST]
    by_data: dict[str, list[list[Example]]] = {}
    for source in long or sources.values():
        by_data.setdefault(source[0].data, []).append(source)
    for group in by_data.values():
        random.shuffle(group)
    turns = sorted(by_data.values(), key=lambda g: g[0][0].central is not None)
    deepest = max(map(len, turns), default=0)
    return [group[row] for row in range(deepest) for group in turns if row < len(group)]


def _pool(examples: Sequence[Example], random: np.random.Generator) -> Iterator[Example] | None:
    """The examples in random order, again and again."""
    return cycle([examples[n] for n in random.permutation(len(examples))]) if examples else None


def _events(
    pools: Mapping[str, Iterator[Example] | None], count: int, random: np.random.Generator
) -> list[Example]:
    filled = [pool for pool in pools.values() if pool is not None]
    return [next(filled[random.integers(len(filled))]) for _ in range(count if filled else 0)]


def _counts(most: int, random: np.random.Generator) -> Iterator[int]:
    """Each number from 0 to `most` as often as any other, in random order."""
    while True:
        yield from random.permutation(most + 1).tolist()


def _placed(
    chosen: Sequence[Example],
    lengths: Mapping[Path, float],
    seconds: float,
    random: np.random.Generator,
) -> tuple[Insert, ...]:
    """One clip in each of as many equal slots, in random order."""
    slot = seconds / max(1, len(chosen))
    inserts = []
    for row, which in enumerate(random.permutation(len(chosen))):
        example = chosen[which]
        first = (row + _MARGIN) * slot
        last = max(first, (row + 1 - _MARGIN) * slot - lengths[example.path])
        inserts.append(
            Insert(
                path=example.path,
                label=example.label,
                group=example.group,
                at=round(random.uniform(first, last), 3),
            )
        )
    return tuple(inserts)


def _joined(clips: Iterable[Iterator[Picture]], fade: int) -> Iterator[Picture]:
    """One clip after the other, its last `fade` pictures mixed with the first of the next one.

    Of a short clip no more than a third is mixed.
    """
    tail: list[Picture] = []
    for clip in clips:
        held: deque[Picture] = deque()
        row = -1
        for row, picture in enumerate(clip):
            weight = (row + 1) / (len(tail) + 1)
            held.append(_mixed(tail[row], picture, weight) if row < len(tail) else picture)
            if len(held) > fade:
                yield held.popleft()
        while len(held) > (row + 1) // 3:
            yield held.popleft()
        tail = list(held)


def _faded(clip: Iterator[Picture], fade: int) -> Iterator[tuple[Picture, float]]:
    """Pictures with their weights, rising over the first `fade` and falling over the last."""
    coming: deque[tuple[int, Picture]] = deque()
    for row, picture in enumerate(clip):
        coming.append((row, picture))
        if len(coming) > fade:
            begun, shown = coming.popleft()
            yield shown, min(1.0, (begun + 1) / (fade + 1))
    for left in range(len(coming), 0, -1):
        begun, shown = coming.popleft()
        yield shown, min(begun + 1, left) / (fade + 1)


def _mixed(below: Picture, above: Picture, weight: float) -> Picture:
    if weight >= 1:
        return above
    mixed = below + np.float32(weight) * (above.astype(np.float32) - below)
    return np.rint(mixed).astype(np.uint8)

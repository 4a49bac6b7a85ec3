"""Looking at data sets before a training: what was read, and a picture of it."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import MediaError, UsageError
from crimeview.core.job import Job, Step
from crimeview.jobs.train import require_torch
from crimeview.training.data.data_sets import DataSet, read_data_sets
from crimeview.training.data.examples import Example
from crimeview.training.data.folds import with_folds
from crimeview.training.data.summary import PartSummary, find_problems, summarize
from crimeview.video.probe import probe
from crimeview.video.thumbnail import thumbnail

Preset = Literal["clips", "frames"]
_ROWS_A_LABEL = 2
_SIZE = (96, 150)  # height and width of a picture in the grid
_MOMENTS = (-0.8, 0.0, 0.8)  # s from the middle


@dataclass(frozen=True, slots=True, kw_only=True)
class DataReport:
    """What `show_data` found: parts, problems in sentences, and the rows of the picture."""

    parts: tuple[PartSummary, ...]
    problems: tuple[str, ...]
    rows: tuple[Example, ...]


def show_data(data: Path, *, grid: Path | None, preset: Preset = "clips") -> Job[DataReport]:
    """Read the data sets of a folder, open each recording, and draw some of them to `grid`.

    The picture shows two examples of each label of each data set as they are and as the
    augmentation `preset` changes them. Raises UsageError for what is no data set.
    """
    if grid is not None:
        require_torch()
    sets = read_data_sets(data)
    folded = with_folds([e for s in sets for e in s.part("train")])
    examples = {s.name: _of_set(s, folded) for s in sets}
    lengths, problems = yield from _measure([e for part in examples.values() for e in part])
    for one in sets:
        found = [*one.problems, *find_problems(examples[one.name], lengths)]
        problems += [f"{one.name}: {sentence}" for sentence in found]
    rows: list[Example] = []
    if grid is not None:
        rows = [e for part in examples.values() for e in _chosen(part, lengths)]
        yield from _draw(rows, lengths, grid, preset)
    parts = [p for s in sets for p in summarize(s, examples[s.name], lengths)]
    return DataReport(parts=tuple(parts), problems=tuple(problems), rows=tuple(rows))


def _of_set(data: DataSet, folded: Sequence[Example]) -> list[Example]:
    """A data set's examples, those for training with their folds."""
    train = [e for e in folded if e.data == data.name]
    return [*train, *(e for e in data.examples if e.split != "train")]


def _measure(
    examples: Sequence[Example],
) -> Generator[Step, None, tuple[dict[Path, float], list[str]]]:
    """Seconds of all recordings that can be opened, and a sentence on each that cannot."""
    lengths, problems = {}, []
    for number, example in enumerate(examples):
        try:
            lengths[example.path] = probe(example.path).recording.duration
        except MediaError as error:
            problems.append(f"{example.data}: {error}")
        yield Step(done=number + 1, total=len(examples), message="Opening recordings")
    return lengths, problems


def _chosen(examples: Sequence[Example], lengths: Mapping[Path, float]) -> list[Example]:
    """Of each label two examples of different sources where there are, the same each time."""
    random = np.random.default_rng(0)
    chosen: list[Example] = []
    for label in sorted({e.label for e in examples}):
        part = [e for e in examples if e.label == label and e.path in lengths]
        mixed = [part[n] for n in random.permutation(len(part))]
        by_group = list({e.group: e for e in mixed}.values())
        others = [e for e in mixed if e not in by_group]
        chosen += [*by_group, *others][:_ROWS_A_LABEL]
    return chosen


def _draw(
    rows: Sequence[Example], lengths: Mapping[Path, float], file: Path, preset: Preset
) -> Generator[Step, None, None]:
    from crimeview.plots.picture import save_png
    from crimeview.training.data.augment import CLIPS, FRAMES
    from crimeview.training.data.grid import picture_grid

    clips = []
    for number, example in enumerate(rows):
        clips.append(_moments(example.path, lengths[example.path] / 2))
        yield Step(done=number + 1, total=len(rows), message="Drawing examples")
    picture = picture_grid(
        clips,
        [e.label for e in rows],
        CLIPS if preset == "clips" else FRAMES,
        random=np.random.default_rng(0),
    )
    try:
        save_png(picture, file)
    except OSError as error:
        raise UsageError(
            f"“{file}” cannot be written ({error.strerror}); check the folder."
        ) from error


def _moments(path: Path, middle: float) -> NDArray[np.uint8]:
    """Pictures around a time (s), (3, *_SIZE, 3); what is of another shape is cut at its edges."""
    height, width = _SIZE
    seen = probe(path).recording
    tall = max(height, -(-width * seen.height // seen.width))
    pictures = [thumbnail(path, middle + offset, height=tall) for offset in _MOMENTS]
    top, left = (tall - height) // 2, (pictures[0].shape[1] - width) // 2
    return np.stack([p[top : top + height, left : left + width] for p in pictures])

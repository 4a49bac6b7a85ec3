"""Training examples: recordings and clips with what they show."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

NORMAL = "normal"  # the label of what shows no event
ANOMALOUS = "anomalous"  # the label of an event whose kind is not told
FOLDS = 5
FOLDS_OPEN = -1  # the fold of an example before `with_folds`
WHOLE = (0.0, float("inf"))
RENDERED = "rendered"  # `data` of examples that are not footage
Split = Literal["train", "valid", "test"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A recording or clip with its label.

    `label` is “normal” or the name of an event's kind; it holds from `span[0]` to `span[1]`
    seconds, all else in the recording is normal. `core` is the part of the span in which it shows
    best. `central` is how many seconds around the recording's middle may be used, None for all.
    `group` names the source: examples of one group never part; `fold` (0 to 4) is the fold in
    which the group is held out. `anomalous_frames` are the event's spans in frames, zero-based,
    half open, where the data set tells them. `weak` says that the event is somewhere in the
    recording, nobody knows where.
    """

    path: Path
    data: str
    label: str
    group: str
    fold: int
    span: tuple[float, float] = WHOLE
    core: tuple[float, float] = WHOLE
    central: float | None = None
    split: Split = "train"
    anomalous_frames: tuple[tuple[int, int], ...] = ()
    weak: bool = False

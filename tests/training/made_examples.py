"""Small made-up recordings in memory: noise that moves much, little, or not at all."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from crimeview.core.clip import ClipSpec
from crimeview.core.manifest import Input
from crimeview.nets.preprocess import network_input
from crimeview.training.data.examples import Example
from crimeview.training.data.framecache import Frames
from crimeview.training.fit_encoder import Part
from crimeview.training.forms import Form, make_form

SPEC = ClipSpec(frames=17, rate=12.5, step=8, resize=(20, 20), crop=(20, 20), color="gray")
INPUT = Input(
    name="clip", shape=(1, 1, 17, 20, 20), layout="NCTHW", scale=1 / 255, mean=(0.0,), std=(1.0,)
)
PREPARE = partial(network_input, spec=SPEC, wanted=INPUT)
TINY = replace(
    make_form("motion-eighth"), spec=SPEC, input=INPUT, widths=(2, 2, 4, 4, 4, 4, 4, 4), sizes=(16,)
)


def make_part(count: int, *, data: str = "made") -> Part:
    return Part(*make_examples(count, data=data))


def tiny_form(sizes: tuple[int, ...]) -> Form:
    return replace(TINY, sizes=sizes)


def make_examples(count: int, *, data: str = "made") -> tuple[list[Example], list[Frames]]:
    """`count` clips of 2.5 s at 25 frames a second; the label sets how much of a clip moves."""
    random = np.random.default_rng(0)
    examples, frames = [], []
    for number in range(count):
        label = ("normal", "fight", "crash")[number % 3]
        pictures = np.repeat(random.integers(0, 255, (1, 20, 20, 1), np.uint8), 62, axis=0)
        rows = {"normal": 0, "fight": 6, "crash": 16}[label]
        pictures[:, :rows] = random.integers(0, 255, (62, rows, 20, 1), np.uint8)
        starts = np.arange(62) / 25
        examples.append(
            Example(
                path=Path(f"{number}.mp4"),
                data=data,
                label=label,
                group=f"{data}/{number}",
                fold=number % 5,
                central=2.0,
            )
        )
        frames.append(Frames(pictures, np.column_stack([starts, starts + 1 / 25])))
    return examples, frames

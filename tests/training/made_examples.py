"""Small made-up recordings in memory: noise that moves much, little, or not at all."""

from pathlib import Path

import numpy as np

from crimeview.core.clip import ClipSpec
from crimeview.core.manifest import Input
from crimeview.training.data.examples import Example
from crimeview.training.data.framecache import Frames

SPEC = ClipSpec(frames=17, rate=12.5, step=8, resize=(20, 20), crop=(20, 20), color="gray")
INPUT = Input(
    name="clip", shape=(1, 1, 17, 20, 20), layout="NCTHW", scale=1 / 255, mean=(0.0,), std=(1.0,)
)


def make_examples(count: int) -> tuple[list[Example], list[Frames]]:
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
                data="made",
                label=label,
                group=f"made/{number}",
                fold=number % 5,
                central=2.0,
            )
        )
        frames.append(Frames(pictures, np.column_stack([starts, starts + 1 / 25])))
    return examples, frames

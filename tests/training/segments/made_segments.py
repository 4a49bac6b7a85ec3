"""Examples of a few types, hidden among what is alike in all."""

import numpy as np

from crimeview.training.segments.examples import Example


def made_segments(
    *, count: int = 90, types: int = 3, size: int = 40, seed: int = 0, strength: float = 1.5
) -> list[Example]:
    """Twelve clips each, of which four in a row show the type and score high; pairs are a group.

    Scenes differ much more than types do, in directions of their own. Every fifth has no type.
    """
    random = np.random.default_rng(seed)
    of_type = np.linalg.qr(np.random.default_rng(99).normal(size=(size, size)))[0][:types]
    examples = []
    for number in range(count):
        kind = number // 2 % types
        scene = random.normal(size=size) * np.linspace(2, 0.2, size)
        clips = scene + random.normal(scale=0.4, size=(12, size))
        start = int(random.integers(8))
        quiet = number % 5 == 4
        if not quiet:
            clips[start : start + 4] += strength * 4 * of_type[kind]
        scores = np.full(12, 0.1, np.float32)
        scores[start : start + 4] = 0.9
        examples.append(
            Example(
                clips=clips.astype(np.float32),
                scores=scores,
                label=None if quiet else f"type {kind}",
                group=str(number // 2),
            )
        )
    return examples

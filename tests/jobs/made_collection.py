"""Features of recordings of a few types, as files: what retrieval and groupings are judged on."""

import csv
from pathlib import Path

import numpy as np

TYPES = ("Robbery", "Arson", "Fighting", "Normal")
EACH, SEGMENTS, SIZE = 9, 10, 24


def make_collection(
    folder: Path, *, seed: int = 0, strength: float = 3.0
) -> tuple[Path, Path, Path]:
    """Write features.npz, labels.csv and scores.csv into the folder; gives the three.

    Three segments in a row of a recording show its type, and score high; the rest is a scene that
    only two recordings share: a pair is a group.
    """
    random = np.random.default_rng(seed)
    of_type = random.normal(size=(len(TYPES), SIZE))
    features, rows, scores = [], [], []
    for number in range(len(TYPES) * EACH):
        kind = number % len(TYPES)
        scene = np.random.default_rng(1000 + number // 8).normal(size=SIZE)
        clips = scene + random.normal(scale=0.3, size=(SEGMENTS, SIZE))
        start = int(random.integers(SEGMENTS - 3))
        if TYPES[kind] != "Normal":
            clips[start : start + 3] += strength * of_type[kind]
        shown = np.full(SEGMENTS, 0.1)
        shown[start : start + 3] = 0.9
        features.append(clips)
        scores.append(shown)
        rows.append((f"Recording{number:02}", TYPES[kind], number // 8 * 4 + kind))
    files = (folder / "features.npz", folder / "labels.csv", folder / "scores.csv")
    names = np.array([name for name, *_ in rows])
    np.savez(files[0], names=names, features=np.stack(features).astype(np.float16))
    with files[1].open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([("name", "class", "group"), *rows])
    with files[2].open("w", newline="", encoding="utf-8") as stream:
        table = [(name, *s) for name, s in zip(names, scores, strict=True)]
        csv.writer(stream).writerows([("name", *range(SEGMENTS)), *table])
    return files

"""The figure of judged frames, read back from its pixels."""

from pathlib import Path

import numpy as np
from matplotlib.image import imread

from crimeview.plots.canvas import GREEN, RED
from crimeview.plots.violence import Sample, save_samples


def _dots(file: Path, color: str) -> int:
    wanted = np.array([int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)])
    return int((np.abs(imread(file)[..., :3] - wanted) < 0.02).all(axis=2).sum())


def _sample(*, said: str) -> Sample:
    picture = np.full((96, 96), 128, np.uint8)
    return Sample(picture=picture, label="violence", said=said, probability=0.7)


def test_right_and_wrong_ones_differ(tmp_path: Path) -> None:
    right = save_samples([_sample(said="violence")] * 3, tmp_path / "r.png", title="폭력")
    assert _dots(right, GREEN) > 500
    assert _dots(right, RED) == 0
    wrong = save_samples([_sample(said="normal")] * 3, tmp_path / "w.png", title="x")
    assert _dots(wrong, RED) > 250
    assert _dots(wrong, GREEN) == 0


def test_many_go_into_rows_and_none_is_no_fault(tmp_path: Path) -> None:
    one, three = (
        imread(save_samples([_sample(said="normal")] * count, tmp_path / f"{count}.png", title="x"))
        for count in (6, 18)
    )
    assert three.shape[0] > 2 * one.shape[0]
    assert save_samples([], tmp_path / "none.png", title="x").is_file()

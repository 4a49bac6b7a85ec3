"""Data sets made for a test of training: small, and easy to tell apart."""

from pathlib import Path

import numpy as np

from crimeview.video.encode import VideoWriter


def _record(path: Path, *, seed: int, seconds: float, moving: bool) -> None:
    random = np.random.default_rng(seed)
    picture = random.integers(0, 255, (32, 48, 3), np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    with VideoWriter(path, rate=12.5, width=48, height=32) as video:
        for _ in range(round(12.5 * seconds)):
            if moving:
                picture = random.integers(0, 255, (32, 48, 3), np.uint8)
            video.write(picture)


def _labels(folder: Path, header: str, rows: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "labels.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def make_data(folder: Path) -> Path:
    """Five folds of a moving and a still clip for each labeled set, and quiet recordings."""
    for data, event, group in (
        ("surveillance_fights", "fight", "source"),
        ("car_crashes", "crash", "scene"),
    ):
        rows = []
        for fold in range(5):
            for label in (event, "normal"):
                path = folder / data / label / f"{fold}.mp4"
                _record(path, seed=fold, seconds=2, moving=label == event)
                rows.append(f"{label}/{fold}.mp4,{label},g{fold}-{label},{fold}")
        _labels(folder / data, f"path,label,{group},fold", rows)
    rows = []
    for split, label in (
        ("train", "fight"),
        ("train", "normal"),
        ("valid", "fight"),
        ("valid", "normal"),
    ):
        for number in range(2):
            path = f"{split}/{label}/{number}.mp4"
            seed = 10 * number + (split == "valid")
            _record(folder / "hockey_fights" / path, seed=seed, seconds=2, moving=label == "fight")
            rows.append(f"{path},{label},{split}")
    _labels(folder / "hockey_fights", "path,label,split", rows)
    for number in range(5):
        name = folder / "recordings" / f"{number}.mp4"
        _record(name, seed=100 + number, seconds=4, moving=False)
    for data in ("ucsd_ped2", "avenue"):
        _record(folder / data / "train" / "01.mp4", seed=1, seconds=3, moving=False)
        _labels(folder / data, "path,anomalous_frames", ["train/01.mp4,"])
    return folder

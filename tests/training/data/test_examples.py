from pathlib import Path

import pytest

from crimeview.core.errors import UsageError
from crimeview.training.data.examples import FOLDS, held_out, read_examples


def _write(folder: Path, header: str, *rows: str) -> None:
    folder.mkdir(parents=True)
    (folder / "labels.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def _data(folder: Path) -> Path:
    _write(
        folder / "surveillance_fights",
        "path,label,source,fold",
        "fight/a.mp4,fight,s1,0",
        "normal/b.mp4,normal,s1,0",
        "normal/c.mp4,normal,s2,3",
    )
    _write(folder / "car_crashes", "path,label,scene,fold", "crash/d.mp4,crash,g1,4")
    for name in ("ucsd_ped2", "avenue"):
        _write(folder / name, "path,anomalous_frames", "train/01.mp4,", "test/01.mp4,3-9")
    (folder / "recordings").mkdir()
    for name in ("traffic_camera.mp4", "traffic_camera_vfr.mp4", "other.avi", "notes.txt"):
        (folder / "recordings" / name).touch()
    return folder


def test_reads_all_sets_and_keeps_sources_together(tmp_path: Path) -> None:
    examples = read_examples(_data(tmp_path))
    assert len(examples) == 3 + 1 + 2 + 3  # no test clips, no notes
    fights = [e for e in examples if e.data == "surveillance_fights"]
    assert [(e.label, e.group, e.fold) for e in fights] == [
        ("fight", "surveillance_fights/s1", 0),
        ("normal", "surveillance_fights/s1", 0),
        ("normal", "surveillance_fights/s2", 3),
    ]
    assert all(e.central == 2.0 for e in fights)
    cameras = [e for e in examples if e.path.stem.startswith("traffic_camera")]
    assert len({e.group for e in cameras}) == 1
    assert len({e.fold for e in cameras}) == 1
    assert all(0 <= e.fold < FOLDS for e in examples)
    assert not [e for e in examples if "test" in e.path.parts[-2:]]


def test_no_group_is_on_both_sides_of_any_fold(data: Path) -> None:
    examples = read_examples(data)
    seen = 0
    for fold in range(FOLDS):
        rest, test = held_out(examples, fold)
        assert not {e.group for e in rest} & {e.group for e in test}
        seen += len(test)
    assert seen == len(examples)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda d: (d / "car_crashes" / "labels.csv").unlink(), "labels .* cannot be read"),
        (
            lambda d: (d / "avenue" / "labels.csv").write_text("file\nx\n"),
            "lack the column path",
        ),
        (
            lambda d: (d / "recordings").rename(d / "other"),
            "no folder .*recordings",
        ),
    ],
)
def test_what_is_missing_is_one_sentence(tmp_path: Path, change, sentence: str) -> None:  # type: ignore[no-untyped-def]
    folder = _data(tmp_path)
    change(folder)
    with pytest.raises(UsageError, match=sentence):
        read_examples(folder)

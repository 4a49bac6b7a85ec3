"""UCF-Crime as published (Sultani et al. 2018): lists of recordings, and spans of the test part.

`Anomaly_Train.txt` lists `Class/Name.mp4` (normal recordings in a folder with “Normal” in its
name); `Temporal_Anomaly_Annotation_for_Testing_Videos.txt` has, for each test recording, its name,
its class and pairs of frame numbers, -1 for none. Where the recordings lie differs from copy to
copy, so they are found by name. Of the training part only the class is known, so those examples
are weak.
"""

from pathlib import Path

from crimeview.core.errors import UsageError
from crimeview.core.files import VIDEO_SUFFIXES
from crimeview.training.data.examples import FOLDS_OPEN, NORMAL, Example, Split
from crimeview.training.data.naming import label_of

_TRAIN = "Anomaly_Train.txt"
_TEST = "Anomaly_Test.txt"
_SPANS = "Temporal_Anomaly_Annotation*.txt"
_DEPTHS = ("", "*/", "*/*/")  # where in the folder the lists may be


def has_ucf_lists(folder: Path) -> bool:
    return any(_list_file(folder, name) for name in (_TRAIN, _TEST, _SPANS))


def read_ucf_crime(folder: Path) -> tuple[list[Example], list[str]]:
    """The listed recordings that are there, and a sentence on those that are not.

    Raises UsageError for a list that cannot be understood, or if no listed recording is there.
    """
    listed = _listed(folder)
    files = _videos_by_name(folder)
    examples = [
        Example(
            path=files[name],
            data=folder.name,
            label=label,
            group=f"{folder.name}/{Path(name).stem}",
            fold=FOLDS_OPEN,
            split=split,
            anomalous_frames=spans,
            weak=label != NORMAL and not spans,
        )
        for name, (label, split, spans) in listed.items()
        if name in files
    ]
    if not examples:
        raise UsageError(
            f"None of the {len(listed)} recordings that the lists in {folder} name is there; "
            "unpack the videos into that folder."
        )
    missing = [name for name in listed if name not in files]
    problem = f"{len(missing)} of {len(listed)} listed recordings are missing, as {missing[:1]}."
    return examples, [problem] if missing else []


_Listed = tuple[str, Split, tuple[tuple[int, int], ...]]


def _listed(folder: Path) -> dict[str, _Listed]:
    """Label, split and spans by file name."""
    found: dict[str, _Listed] = {}
    splits: dict[str, Split] = {_TRAIN: "train", _TEST: "test"}
    for list_name, split in splits.items():
        if file := _list_file(folder, list_name):
            for line in _lines(file):
                path = Path(line)
                found[path.name] = (label_of(path.parent.name), split, ())
    if file := _list_file(folder, _SPANS):
        for line in _lines(file):
            name, label, spans = _annotation(line, file)
            found[name] = (label, "test", spans)
    return found


def _annotation(line: str, file: Path) -> tuple[str, str, tuple[tuple[int, int], ...]]:
    name, *rest = line.split()
    try:
        label, *texts = rest
        numbers = [int(text) for text in texts]
    except ValueError:
        numbers, label = [0], ""
    if len(numbers) % 2:
        raise UsageError(
            f"{file} has a line that is no annotation: “{line}”; "
            "it must be a name, a class and pairs of frame numbers."
        )
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return name, label_of(label), tuple((a, b) for a, b in pairs if 0 <= a < b)


def _videos_by_name(folder: Path) -> dict[str, Path]:
    """Recordings published twice have one name; any copy will do."""
    return {p.name: p for p in sorted(folder.rglob("*")) if p.suffix.lower() in VIDEO_SUFFIXES}


def _list_file(folder: Path, name: str) -> Path | None:
    return next((p for depth in _DEPTHS for p in sorted(folder.glob(depth + name))), None)


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The list {file} cannot be read ({error}).") from error
    return [line.strip() for line in text.splitlines() if line.strip()]

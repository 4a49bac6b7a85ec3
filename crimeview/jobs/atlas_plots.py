"""The plots of retrieval and groupings, as files in a folder."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.plots.bars import Bars, save_bars

_CONTROL = "labels shuffled"
_RETRIEVED = {
    "recall_at_1": "recall at 1",
    "recall_at_5": "recall at 5",
    "mean_average_precision": "mean average precision",
}
_AGREEMENT = {
    "adjusted_mutual_information": "AMI",
    "adjusted_rand_index": "ARI",
    "hungarian_accuracy": "accuracy",
    "purity": "purity",
}


def plot_retrieval(summary: dict[str, Any], folder: Path, *, title: str) -> Job[tuple[Path, ...]]:
    """Recall and average precision of each set of vectors; raises UsageError."""
    yield Step(done=0, total=1, message=f"Drawing into {folder}")
    bars = [
        _bars(e["name"], [e["figures"][key] for key in _RETRIEVED], e["shuffled_labels"].values())
        for e in summary["embeddings"]
    ]
    return (_saved(bars, folder / "retrieval.png", list(_RETRIEVED.values()), "Search", title),)


def plot_groupings(
    summary: dict[str, Any], folder: Path, *, title: str, shown: Collection[str]
) -> Job[tuple[Path, ...]]:
    """A picture for each figure, a place for each method, of the vectors in `shown`."""
    groupings = [g for g in summary["groupings"] if g["embedding"] in shown]
    embeddings = list(dict.fromkeys(g["embedding"] for g in groupings))
    methods = list(dict.fromkeys(g["method"] for g in groupings))
    files = []
    for done, (key, what) in enumerate(_AGREEMENT.items()):
        yield Step(done=done, total=len(_AGREEMENT), message=f"Drawing into {folder}")
        bars = []
        for name in embeddings:
            own = {g["method"]: g for g in groupings if g["embedding"] == name}
            bars.append(
                _bars(
                    name,
                    [own[m]["figures"][key] for m in methods],
                    [own[m]["shuffled_types"][key] for m in methods],
                )
            )
        file = folder / f"groupings-{what.lower()}.png"
        files.append(_saved(bars, file, methods, f"Clusters and types: {what}", title))
    return tuple(files)


def _bars(name: str, figures: Sequence[dict[str, Any]], controls: Any) -> Bars:
    chosen = list(controls)[: len(figures)]
    return Bars(
        name=name,
        values=[f["value"] for f in figures],
        intervals=[f["interval"] for f in figures],
        controls=chosen,
    )


def _saved(bars: Sequence[Bars], file: Path, places: Sequence[str], what: str, title: str) -> Path:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return save_bars(
            bars,
            file,
            places=places,
            what=f"{what} [95 % interval]",
            title=title,
            control=_CONTROL,
        )
    except OSError as error:
        raise UsageError(
            f"The plots cannot be written into {file.parent} ({error.strerror}); choose another "
            "folder with --out."
        ) from error

"""Names of files as briefly as tells them apart."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path


def short_paths(paths: Iterable[Path]) -> Mapping[Path, str]:
    """Each file's name; where others have the same, with as many folders as tell them apart."""
    left = set(paths)
    told: dict[Path, str] = {}
    for parts in range(1, max((len(path.parts) for path in left), default=0) + 1):
        shown = {path: str(Path(*path.parts[-parts:])) for path in left}
        times = Counter(shown.values())
        told |= {path: text for path, text in shown.items() if times[text] == 1}
        left -= told.keys()
    return told

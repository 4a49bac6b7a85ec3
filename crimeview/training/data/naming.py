"""What names of files and folders tell: labels, splits, and which files are of one source."""

import re
from collections.abc import Sequence
from pathlib import Path

from crimeview.training.data.examples import NORMAL, Split

# Data sets have words of their own for the same kinds.
_KINDS = {
    "fight": ("fight", "fights", "fighting"),
    "crash": ("crash", "crashes", "accident", "accidents", "roadaccidents"),
    "fall": ("fall", "falls", "falling"),
    "theft": ("theft", "thefts", "shoplifting"),
}
_SPLITS: dict[Split, tuple[str, ...]] = {
    "train": ("train", "training"),
    "valid": ("valid", "val", "validation"),
    "test": ("test", "testing"),
}
SPLIT_WORDS = tuple(word for words in _SPLITS.values() for word in words)
_QUIET = re.compile(r"(?:.*normal.*|no[nt]?[-_ ]?(?:fights?|violen(?:ce|t)|crash(?:es)?|event)s?)")
_NUMBERED = re.compile(r"(.+?)[-_ ]+\(?\d+\)?")


def label_of(name: str) -> str:
    """The label that a class's name means; “normal” for “NonFight” and “Testing_Normal_Videos”."""
    word = name.strip().lower()
    if _QUIET.fullmatch(word) and not word.startswith("abnormal"):
        return NORMAL
    return next((kind for kind, words in _KINDS.items() if word in words), word)


def split_of(name: str) -> Split | None:
    """The part of a data set that a word means; None for another word."""
    word = name.strip().lower()
    return next((split for split, words in _SPLITS.items() if word in words), None)


def groups_by_stem(paths: Sequence[Path], *, others: Sequence[Path] = ()) -> list[str]:
    """The source of each file of a class, by name: “shop_03” and “shop_04” are of “shop”.

    Where only one such beginning occurs it names the class and no source, and each file is then its
    own; but not if `others`, files of the other classes, have it beside further ones: a source may
    be in several classes. A stem that goes on another one (“gate” and “gate_copy”) is of its
    source.
    """
    begun, elsewhere = _beginnings(paths), set(_beginnings(others))
    if len(set(begun)) == 1 and (begun[0] not in elsewhere or len(elsewhere) == 1):
        return [p.stem for p in paths]
    names = sorted({*begun, *elsewhere}, key=len)
    return [next(n for n in names if stem == n or stem.startswith(f"{n}_")) for stem in begun]


def _beginnings(paths: Sequence[Path]) -> list[str]:
    """Stems without the number at their end."""
    return [match[1] if (match := _NUMBERED.fullmatch(p.stem)) else p.stem for p in paths]

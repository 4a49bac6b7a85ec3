"""What it is that a person drops or opens, told by its name and what lies in it."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from pathlib import Path

from crimeview.core.files import is_file, is_folder
from crimeview.gui.text import translate
from crimeview.store.library.location import is_library, is_package
from crimeview.store.location import is_case

ANNOTATIONS = (".csv", ".txt")
_WEIGHTS = (".onnx", ".pickle", ".pkl", ".pt", ".pth", ".mat", ".whl", ".task")
_MANIFEST = "manifest.json"


class Dropped(Enum):
    """What a path is."""

    CASE = auto()
    LIBRARY = auto()
    PACKAGE = auto()  # of a library
    MODEL = auto()
    ANNOTATIONS = auto()
    RECORDINGS = auto()  # a video, a folder of them, or what turns out to be none

    __hash__ = object.__hash__


def kind_of(path: Path) -> Dropped:
    """What a path is; nothing of a file is read."""
    if is_folder(path):
        return _kind_of_folder(path)
    suffix = path.suffix.lower()
    if suffix in ANNOTATIONS:
        return Dropped.ANNOTATIONS
    return Dropped.MODEL if suffix in _WEIGHTS else Dropped.RECORDINGS


def sorted_out(paths: Sequence[Path]) -> Mapping[Dropped, Sequence[Path]]:
    """The paths of each kind that there is."""
    found: dict[Dropped, list[Path]] = {}
    for path in paths:
        found.setdefault(kind_of(path), []).append(path)
    return found


def promise(paths: Sequence[Path]) -> str:
    """What letting go of the paths will do."""
    kinds = sorted_out(paths)
    if len(kinds) == 1 and len(paths) == 1:
        (kind,) = kinds
        return _promise_of_one(kind).format(name=paths[0].name)
    if set(kinds) == {Dropped.RECORDINGS}:
        text = translate("DropVeil", "Let go to add {count} files and folders")
        return text.format(count=len(paths))
    return translate("DropVeil", "Let go to open")


def _kind_of_folder(folder: Path) -> Dropped:
    if is_case(folder):
        return Dropped.CASE
    if is_library(folder):
        return Dropped.LIBRARY
    if is_package(folder):
        return Dropped.PACKAGE
    return Dropped.MODEL if is_file(folder / _MANIFEST) else Dropped.RECORDINGS


def _promise_of_one(kind: Dropped) -> str:
    match kind:
        case Dropped.CASE:
            return translate("DropVeil", "Let go to open the case {name}")
        case Dropped.LIBRARY:
            return translate("DropVeil", "Let go to open the library {name}")
        case Dropped.PACKAGE:
            return translate("DropVeil", "Let go to take the package {name} into the library")
        case Dropped.MODEL:
            return translate("DropVeil", "Let go to import the model {name}")
        case Dropped.ANNOTATIONS:
            return translate("DropVeil", "Let go to shade what really happened, as in {name}")
        case Dropped.RECORDINGS:
            return translate("DropVeil", "Let go to add {name}")

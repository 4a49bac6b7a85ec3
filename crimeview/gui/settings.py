"""What the program remembers of a person's choices, and where."""

import getpass
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from PySide6.QtCore import QStandardPaths

from crimeview.gui.text import translate

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Theme(Enum):
    DARK = "dark"
    LIGHT = "light"


class Language(Enum):
    """The languages of the window; `SYSTEM` is whatever the desktop is set to."""

    SYSTEM = "system"
    ENGLISH = "en"
    KOREAN = "ko"


EngineChoice = Literal["auto", "cpu", "cuda", "directml", "coreml", "openvino"]
PrecisionChoice = Literal["auto", "fp32", "int8"]
Stride = Literal[0, 4, 8, 16]
STRIDES: tuple[Stride, ...] = get_args(Stride)
PRECISIONS: tuple[PrecisionChoice, ...] = get_args(PrecisionChoice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A person's choices.

    With `gate` an analysis looks only where something happens; `engine` and `precision` are what
    the networks run on, and with. `stride` is how many frames lie between the beginnings of two
    clips, 0 what the model was trained with; curves are smoothed over `smoothing` seconds.
    What is reviewed is signed with `reviewer`; with `advance` a decision leads to the next segment.
    Who has `tour_taken` is not offered it again. `recent` are the cases opened last, `library` is
    the folder or URL (without a password) of the library opened last, empty for one's own. `keys`
    are the shortcuts of commands, by id, that are not as they come. `layout` maps the name of a
    part of the window to its saved state, as Qt gives it, in hex.
    """

    theme: Theme = Theme.DARK
    language: Language = Language.SYSTEM
    analyze_on_opening: bool = True
    show_score: bool = True
    show_violence: bool = True
    show_bag: bool = False
    show_novelty: bool = True
    show_theft: bool = True
    show_motion: bool = False
    show_people: bool = True
    show_film: bool = True
    wall_axis: bool = False
    smoothing: float = 0.0
    stride: Stride = 0
    show_regions: bool = True
    show_usual: bool = False
    novelty: bool = True
    classes: bool = True
    theft: bool = False
    gate: bool = True
    engine: EngineChoice = "auto"
    precision: PrecisionChoice = "auto"
    reviewer: str = field(default_factory=lambda: _user_name())
    advance: bool = True
    tour_taken: bool = False
    recent: Sequence[str] = ()
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    library: str = ""
    layout: Mapping[str, str] = field(default_factory=dict)


class Preferences:
    """The settings in use and the file that keeps them.

    `complaint` is a sentence where the file made no sense and was set aside, else None.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or _default_path()
        self.settings = Settings()
        self.complaint: str | None = None
        try:
            self.settings = _parse(self.path.read_text("utf-8"))
        except FileNotFoundError:
            pass
        except (OSError, ValueError):
            self.complaint = self._set_aside()

    def change(self, **changes: Any) -> None:
        """Change settings by name, and keep them; where that is impossible, until the end."""
        self.settings = replace(self.settings, **changes)
        data = asdict(self.settings) | {
            "theme": self.settings.theme.value,
            "language": self.settings.language.value,
        }
        new = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps(data, indent=2) + "\n", "utf-8")
            new.replace(self.path)
        except OSError as error:
            _log.info("the settings cannot be kept: %s", error)

    def _set_aside(self) -> str:
        aside = self.path.with_suffix(".unreadable.json")
        try:
            self.path.replace(aside)
        except OSError:
            return translate(
                "Settings", "The settings file {path} cannot be read; the defaults are in use."
            ).format(path=self.path)
        return translate(
            "Settings",
            "The settings could not be understood and were set aside as {path}; "
            "the defaults are in use.",
        ).format(path=aside)


def _default_path() -> Path:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return Path(folder) / "settings.json"


def _parse(text: str) -> Settings:
    """Raises ValueError for anything that is not a settings file of ours."""
    data = json.loads(text)
    if not isinstance(data, dict):
        raise ValueError("not an object")  # noqa: TRY004
    readers: dict[str, Callable[[Any], Any]] = {
        "theme": Theme,
        "language": Language,
        "analyze_on_opening": _flag,
        "show_score": _flag,
        "show_violence": _flag,
        "show_bag": _flag,
        "show_novelty": _flag,
        "show_theft": _flag,
        "show_motion": _flag,
        "show_people": _flag,
        "show_film": _flag,
        "wall_axis": _flag,
        "smoothing": _seconds,
        "stride": partial(_one_of, STRIDES),
        "show_regions": _flag,
        "show_usual": _flag,
        "novelty": _flag,
        "classes": _flag,
        "theft": _flag,
        "gate": _flag,
        "engine": partial(_one_of, get_args(EngineChoice)),
        "precision": partial(_one_of, PRECISIONS),
        "reviewer": _text,
        "advance": _flag,
        "tour_taken": _flag,
        "recent": _list,
        "keys": _lists,
        "library": _text,
        "layout": _texts,
    }
    return Settings(**{key: read(data[key]) for key, read in readers.items() if key in data})


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is not true or false")  # noqa: TRY004
    return value


def _one_of(known: Sequence[T], value: Any) -> T:
    if value not in known or isinstance(value, bool):
        raise ValueError(f"{value!r} is none of {known}")
    return known[list(known).index(value)]


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 <= value < 1e6:
        raise ValueError(f"{value!r} is no number of seconds")
    return float(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")  # noqa: TRY004
    return value


def _list(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ValueError(f"{value!r} is no list of texts")
    return tuple(value)


def _lists(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise ValueError(f"{value!r} is not an object of lists")  # noqa: TRY004
    return {name: _list(texts) for name, texts in value.items()}


def _user_name() -> str:
    """What the desktop calls the person; empty where it does not say."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return ""


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise ValueError(f"{value!r} is not an object of texts")
    return value

"""The settings that a person chooses, one table from which their dialog is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from crimeview.gui.commands import plain_title
from crimeview.gui.score_tracks import SCORE_TRACKS
from crimeview.gui.settings import PRECISIONS, STRIDES, Language, Theme
from crimeview.gui.text import translate
from crimeview.gui.widgets.engine_names import precision_title


class Section(Enum):
    """The parts of the dialog, in order."""

    ANALYSIS = auto()
    REVIEW = auto()
    CURVES = auto()
    SPEED = auto()
    APPEARANCE = auto()


class Kind(Enum):
    """How a setting is chosen."""

    CHECK = auto()  # on or off
    CHOICE = auto()  # one of several
    TEXT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting as it is shown: `name` is that of `Settings`, `title` may have a mnemonic.

    `options` are the values of a choice with their titles; none are those of this computer.
    `explanation` stands below it.
    """

    name: str
    section: Section
    kind: Kind
    title: str
    options: Sequence[tuple[Any, str]] = ()
    explanation: str = ""


def section_title(section: Section) -> str:
    return {
        Section.ANALYSIS: translate("SettingsDialog", "Analysis"),
        Section.REVIEW: translate("SettingsDialog", "Review"),
        Section.CURVES: translate("SettingsDialog", "Curves"),
        Section.SPEED: translate("SettingsDialog", "Speed"),
        Section.APPEARANCE: translate("SettingsDialog", "Appearance"),
    }[section]


def settings_table() -> Sequence[Setting]:
    """All of them, in the order in which they are shown."""
    return (*_analysis(), *_review(), *_curves(), *_speed(), *_appearance())


def _analysis() -> Sequence[Setting]:
    strides = {
        0: translate("SettingsDialog", "As the model was trained"),
        4: translate("SettingsDialog", "4 frames: finest, takes longest"),
        8: translate("SettingsDialog", "8 frames"),
        16: translate("SettingsDialog", "16 frames: quickest"),
    }
    return (
        Setting(
            name="gate",
            section=Section.ANALYSIS,
            kind=Kind.CHECK,
            title=translate("SettingsDialog", "&Look only where something happens"),
            explanation=translate(
                "SettingsDialog",
                "Saves most of the time on quiet recordings. Very short or very small "
                "movements may be missed; the scores show which parts were skipped. "
                "Holds from the next analysis on.",
            ),
        ),
        Setting(
            name="novelty",
            section=Section.ANALYSIS,
            kind=Kind.CHECK,
            title=translate("SettingsDialog", "Find what is &unusual for each camera"),
        ),
        Setting(
            name="classes",
            section=Section.ANALYSIS,
            kind=Kind.CHECK,
            title=translate("SettingsDialog", "Name kinds of objects that a camera &never showed"),
            explanation=translate(
                "SettingsDialog",
                "Only with a detector: crimeview models import FILE.onnx. It looks twice a second "
                "where anything moves, which makes the analysis slower.",
            ),
        ),
        Setting(
            name="theft",
            section=Section.ANALYSIS,
            kind=Kind.CHECK,
            title=translate(
                "SettingsDialog", "&Follow people, and list who moves like a staged theft"
            ),
            explanation=translate(
                "SettingsDialog",
                "A hint at where to look, not shown to find thefts in real stores. Only with the "
                "pose networks: crimeview models fetch pose. Makes the analysis much slower.",
            ),
        ),
        Setting(
            name="analyze_on_opening",
            section=Section.ANALYSIS,
            kind=Kind.CHECK,
            title=translate("SettingsDialog", "Analyze recordings when they are &opened"),
        ),
        Setting(
            name="stride",
            section=Section.ANALYSIS,
            kind=Kind.CHOICE,
            title=translate("SettingsDialog", "A clip &begins every"),
            options=[(number, strides[number]) for number in STRIDES],
        ),
    )


def _review() -> Sequence[Setting]:
    return (
        Setting(
            name="reviewer",
            section=Section.REVIEW,
            kind=Kind.TEXT,
            title=translate("SettingsDialog", "Your &name"),
        ),
        Setting(
            name="advance",
            section=Section.REVIEW,
            kind=Kind.CHECK,
            title=translate("SettingsDialog", "&Go on to the next new segment after a decision"),
        ),
    )


def _curves() -> Sequence[Setting]:
    """As the commands of the review call them; their mnemonics are those of a menu."""
    return [
        Setting(
            name=track.setting,
            section=Section.CURVES,
            kind=Kind.CHECK,
            title=plain_title(track.command()),
        )
        for track in SCORE_TRACKS
    ]


def _speed() -> Sequence[Setting]:
    return (
        Setting(
            name="engine",
            section=Section.SPEED,
            kind=Kind.CHOICE,
            title=translate("SettingsDialog", "&Compute on"),
        ),
        Setting(
            name="precision",
            section=Section.SPEED,
            kind=Kind.CHOICE,
            title=translate("SettingsDialog", "&Precision"),
            options=[(name, precision_title(name)) for name in PRECISIONS],
            explanation=translate(
                "SettingsDialog",
                "Automatic takes what measuring finds to be fastest on this computer with "
                "nearly the same scores: what lies close to the threshold can fall on its "
                "other side. Another precision means analyzing anew.",
            ),
        ),
    )


def _appearance() -> Sequence[Setting]:
    return (
        Setting(
            name="theme",
            section=Section.APPEARANCE,
            kind=Kind.CHOICE,
            title=translate("SettingsDialog", "&Theme"),
            options=[
                (Theme.DARK, translate("SettingsDialog", "Dark")),
                (Theme.LIGHT, translate("SettingsDialog", "Light")),
            ],
        ),
        Setting(
            name="language",
            section=Section.APPEARANCE,
            kind=Kind.CHOICE,
            title=translate("SettingsDialog", "L&anguage"),
            options=[
                (Language.SYSTEM, translate("SettingsDialog", "Same as the desktop")),
                (Language.ENGLISH, "English"),  # languages are written in themselves
                (Language.KOREAN, "한국어"),
            ],
        ),
    )

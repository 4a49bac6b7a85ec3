"""Each sentence that can be raised below the window has a form there, so that it is translated."""

from functools import cache

import pytest

from crimeview.gui import told_text
from crimeview.gui.text import english
from tests.gui.raised import Raised, raised_in, reached_by_the_window

# Modules that the window imports for other things than what raises these.
OF_COMMANDS = {
    "crimeview.core.given_features": "features from a file, for evaluate and library import",
    "crimeview.evaluation.annotations": "evaluate",
    "crimeview.evaluation.given": "evaluate",
    "crimeview.jobs.atlas_plots": "evaluate --out",
    "crimeview.jobs.collection": "evaluate",
    "crimeview.jobs.evaluate_groupings": "evaluate",
    "crimeview.jobs.evaluate_models": "evaluate",
}
SENTENCES_OF_COMMANDS = (
    "No row of {} has",  # evaluate --only
    "The table {} has no column “{}”; it has {}.",  # evaluate --only
    "{}; {}.",  # models fetch pose: what it is told, and what to do
    "This case has no lesson {}",  # types recall
    "The features of {} do not fit the scorer",  # library import of features
    "The features of “{}” are all zero",  # library import of features
    "The model “{}” is not a scorer; choose another.",  # library import of features
    "{} cannot be read as labels",  # library import of features
)
# Sentences that begin with how something is called by another function.
BEGINNINGS = {
    "crimeview.video.live_open": "The camera “gate”",
    "crimeview.nets.catalog": "The manifest is not valid JSON: x.",
}


@cache
def _all() -> tuple[Raised, ...]:
    below = (name for name in reached_by_the_window() if not name.startswith("crimeview.gui"))
    return tuple(sorted({raised for module in below for raised in raised_in(module)}))


def _said(raised: Raised) -> str:
    """With something where something is put in."""
    text = raised.sentence
    if text.startswith("{} ") and raised.module in BEGINNINGS:
        text = text.replace("{}", BEGINNINGS[raised.module], 1)
    return text.replace("{}", "x.mp4")


def _is_for_commands(raised: Raised) -> bool:
    return raised.module in OF_COMMANDS or raised.sentence.startswith(SENTENCES_OF_COMMANDS)


def _has_form(sentence: str) -> bool:
    forms = (told_text._pattern(english(form())) for form in told_text._FORMS)
    if any(form.fullmatch(sentence) for form in forms):
        return True
    first, _, rest = sentence.partition(". ")
    return bool(rest) and _has_form(f"{first}.") and _has_form(rest)


def test_what_is_read_from_the_source_is_what_is_raised() -> None:
    assert len(reached_by_the_window()) > 400
    assert len(_all()) > 250
    by_name = {(r.module, r.sentence) for r in _all()}
    # As it stands, put together of several lines, and by way of a name.
    assert ("crimeview.store.edits", "Choose two or more segments to merge them.") in by_name or (
        "crimeview.jobs.review",
        "Choose two or more segments to merge them.",
    ) in by_name
    assert any("cannot be read from its disk ({})" in sentence for _, sentence in by_name)


def test_every_sentence_has_a_form() -> None:
    without = [r for r in _all() if not _is_for_commands(r) and not _has_form(_said(r))]
    assert not without


@pytest.mark.parametrize("module", OF_COMMANDS)
def test_what_is_left_to_commands_is_still_raised(module: str) -> None:
    assert any(raised.module == module for raised in _all())


@pytest.mark.parametrize("beginning", SENTENCES_OF_COMMANDS)
def test_a_sentence_that_is_left_to_commands_is_still_raised(beginning: str) -> None:
    assert any(raised.sentence.startswith(beginning) for raised in _all())

"""The page of groupings in a real window: compared in a process of its own, named, suggested."""

import pickle
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crimeview.core.edit import Action, Edit
from crimeview.core.job import Job
from crimeview.gui.grouping import SEGMENT
from crimeview.gui.pages.groupings.page import GroupingsPage
from crimeview.jobs.child_process import in_child
from crimeview.jobs.map_facets import Facet
from crimeview.jobs.name_clusters import name_cluster
from crimeview.jobs.review import Reviewer, named
from crimeview.store.case import Case, open_case
from tests.gui.driven import Driven, pass_time
from tests.jobs.finished import finished
from tests.jobs.made_case import RECORDINGS, SEGMENTS, fill_case
from tests.store.begun import description

OpenWindow = Callable[..., Driven]
_COUNT = RECORDINGS * SEGMENTS


def _give_types(case: Case) -> None:
    """The first three recordings' segments are of two types, as they were made."""
    by = Reviewer(name="test", now="2024-05-17T12:00:00+00:00")
    rows = sorted(case.segments(), key=lambda row: (row.recording_id, row.segment.start))
    edits = [
        named([row], ("fight", "theft")[number % 2], by=by)
        for number, row in enumerate(rows[: 3 * SEGMENTS])
    ]
    changes = [change for edit in edits if edit is not None for change in edit.changes]
    case.edits.make(Edit(action=Action.KIND, changes=tuple(changes)), reviewer="test")


@pytest.fixture
def grouping(open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Driven:
    """A window on a case of two kinds of segments, half of which have a type."""
    monkeypatch.chdir(tmp_path)
    with open_case(tmp_path / "case") as case:
        fill_case(case)
        for recording in case.recordings():
            case.describe(recording.id, replace(description(recording.path), duration=40.0))
        _give_types(case)
    driven = open_window()
    driven.window.parts.navigation.show("groupings")
    driven.settle()
    return driven


@pytest.fixture(scope="module")
def answers() -> dict[bytes, object]:
    """What processes of their own have found, by what they were asked."""
    return {}


@pytest.fixture
def asked_once(answers: dict[bytes, object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks the same gets the same: a process takes seconds to load scikit-learn."""

    def answered(function: Callable[..., Job[object]], *asked: object) -> Job[object]:
        question = pickle.dumps(asked)
        if question not in answers:
            answers[question] = yield from in_child(function, *asked)
        return answers[question]

    monkeypatch.setattr("crimeview.jobs.compare_groupings.in_child", answered)


def _page(driven: Driven) -> GroupingsPage:
    page = driven.window.page
    assert isinstance(page, GroupingsPage)
    return page


def _compare(driven: Driven) -> None:
    grouper = driven.window.parts.grouper
    grouper.methods = frozenset({"average-cosine", "k-means"})
    grouper.count = 2
    driven.window.commands["groupings-compare"].trigger()
    assert grouper.busy
    deadline = time.monotonic() + 200  # the process loads scikit-learn, on a busy machine slowly
    while grouper.busy:
        assert time.monotonic() < deadline
        pass_time(20)
    driven.settle()


def test_an_empty_page_teaches_what_to_do(grouping: Driven) -> None:
    page = _page(grouping)
    assert page._stack.currentWidget() is page._empty
    assert "compare" in page._empty.accessibleName()
    assert not grouping.window.commands["groupings-name"].isEnabled()


@pytest.mark.timeout(300)
def test_groupings_are_compared_named_suggested_and_shown_on_the_map(grouping: Driven) -> None:
    _compare(grouping)
    page, grouper = _page(grouping), grouping.window.parts.grouper
    # Whole recordings beside segments, for each method.
    assert page._table.rowCount() == 4
    assert [page._table.item(row, 0).text() != "" for row in range(4)] == [True, False] * 2
    assert not page._table.isColumnHidden(3), "there are types to agree with"
    chosen = grouper.chosen
    assert chosen is not None
    assert chosen.embedding == SEGMENT
    assert chosen.agreement is not None
    assert chosen.agreement["adjusted_rand_index"].value == pytest.approx(1.0)
    assert chosen.control is not None
    assert abs(chosen.control["adjusted_rand_index"]) < 0.2

    rows = page._clusters._model.rows
    assert [row.size for row in rows] == [_COUNT // 2, _COUNT // 2]
    assert rows[0].types.endswith(" 6")
    assert page._confusion._counts.sum() == 3 * SEGMENTS

    # A name becomes the suggestion for those without a type, and can be accepted.
    page._clusters.setCurrentIndex(page._clusters.model().index(0))
    page._give_name("robbery")
    grouping.settle()
    assert "Robbery" in page._clusters._model.rows[0].title
    suggested = grouper.suggested
    assert suggested is not None
    assert len(suggested) == _COUNT - 3 * SEGMENTS
    told = {s.suggestion.name for s in suggested}
    assert told == {"robbery", None}, "the other cluster is unknown"
    assert page._suggestions.rows.topLevelItemCount() > 0
    page._suggestions._accept.click()
    grouping.settle()
    kinds = [s.review.kind for s in grouping.workspace.segments if s.review is not None]
    assert kinds.count("robbery") == sum(s.suggestion.name == "robbery" for s in suggested)

    # Grouped again, the name is known; it can be taken back.
    _compare(grouping)
    assert "robbery" in grouper.names.values()
    named = next(n for n, row in enumerate(page._clusters._model.rows) if "Robbery" in row.title)
    page._clusters.setCurrentIndex(page._clusters.model().index(named))
    grouping.window.commands["groupings-unname"].trigger()
    grouping.wait(lambda: not grouper.busy)
    assert not any("Robbery" in row.title for row in page._clusters._model.rows)
    assert grouper.suggested is None

    # The map takes the chosen clusters.
    grouping.window.commands["groupings-map"].trigger()
    sight = grouping.window.parts.map_sight
    grouping.wait(lambda: len(sight.items) == _COUNT)
    assert sight.facet is Facet.CLUSTER
    assert sight.values is not None
    assert sight.values.counts == (_COUNT // 2, _COUNT // 2)
    grouping.window.parts.map_making.stop()


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("asked_once")
def test_names_are_undone_and_given_again(grouping: Driven) -> None:
    said: list[str] = []
    grouping.workspace.mentioned.connect(said.append)
    _compare(grouping)
    page, parts = _page(grouping), grouping.window.parts
    page._clusters.setCurrentIndex(page._clusters.model().index(0))

    def told() -> object:
        grouping.settle()
        suggested = parts.grouper.suggested
        titles = [row.title for row in page._clusters._model.rows]
        names = None if suggested is None else {s.suggestion.name for s in suggested}
        rows = grouping.workspace.segments
        return titles, names, sum(r.suggested is not None for r in rows)

    states = [told()]
    page._give_name("robbery")
    states.append(told())
    assert grouping.window.commands["undo"].text().endswith("Name a cluster")
    grouping.window.commands["groupings-unname"].trigger()
    assert told() == states[0]
    for command, state in (("undo", 1), ("undo", 0), ("redo", 1), ("redo", 0)):
        grouping.window.commands[command].trigger()
        assert told() == states[state]
    assert said == [
        "Undid: taking back the name “robbery” of a cluster",
        "Undid: the name “robbery” of a cluster",
        "Made again: the name “robbery” of a cluster",
        "Made again: taking back the name “robbery” of a cluster",
    ]


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("asked_once")
def test_names_are_undone_and_given_again_at_once(grouping: Driven) -> None:
    said: list[str] = []
    grouping.workspace.mentioned.connect(said.append)
    _compare(grouping)
    page, grouper = _page(grouping), grouping.window.parts.grouper
    page._clusters.setCurrentIndex(page._clusters.model().index(0))
    for name in ("robbery", "theft"):
        page._give_name(name)
        grouping.settle()
    assert set(grouper.names.values()) == {"theft"}
    for command in ("undo", "redo"):
        for _ in range(2):
            grouping.window.commands[command].trigger()
        grouping.settle()
        shown = set(grouper.names.values())
        assert shown == ({"theft"} if command == "redo" else set())
    assert said == [
        "Undid: the name “theft” of a cluster",
        "Undid: the name “robbery” of a cluster",
        "Made again: the name “robbery” of a cluster",
        "Made again: the name “theft” of a cluster",
    ]


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("asked_once")
def test_a_name_that_is_undone_while_it_is_given_is_not_shown(grouping: Driven) -> None:
    _compare(grouping)
    page, grouper = _page(grouping), grouping.window.parts.grouper
    page._clusters.setCurrentIndex(page._clusters.model().index(0))
    page._give_name("robbery")
    grouping.settle()
    page._give_name("theft")
    case, who = grouping.workspace.case, grouping.window.parts.reviewing.reviewer
    grouping.wait(lambda: len(case.edits.stacks(reviewer=who).undo) == 2)
    grouping.window.commands["undo"].trigger()
    grouping.settle()
    assert set(grouper.names.values()) == {"robbery"}


@pytest.mark.timeout(300)
def test_a_comparison_can_be_stopped(grouping: Driven) -> None:
    grouper = grouping.window.parts.grouper
    grouping.window.commands["groupings-compare"].trigger()
    grouper.stop()
    grouping.settle()
    assert grouper.found is None
    assert grouper.stage is None


def test_too_few_segments_are_told(open_window: OpenWindow) -> None:
    driven = open_window()
    driven.window.parts.navigation.show("groupings")
    driven.window.parts.grouper.compare()
    driven.settle()
    assert driven.window.parts.grouper.problem is not None


def test_types_that_were_still_to_be_suggested_anew_are_when_the_case_is_opened(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    with open_case(tmp_path / "case") as case:
        fill_case(case)
        given = {"method": "average-cosine", "count": 2, "reviewer": "kim"}
        finished(name_cluster(case, "crash", cluster=0, **given))
        assert case.edits.undo(reviewer="kim") is not None
        assert any(row.suggested for row in case.segments())
    driven = open_window()
    driven.wait(lambda: not driven.workspace.case.types.behind)
    driven.settle()
    assert not any(row.suggested for row in driven.workspace.segments)

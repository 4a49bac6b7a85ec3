"""What a person looks for by its like, and what was found: in the library, or in the case."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crimeview.core.errors import CrimeviewError
from crimeview.core.job import Job, Step
from crimeview.gui.shelf import Shelf
from crimeview.gui.tasks import Task, Tasks, log_error
from crimeview.gui.text import translate
from crimeview.gui.told_text import fault_text, told_text
from crimeview.gui.workspace import Workspace
from crimeview.store.library.rows import Entry, Filter
from crimeview.store.rows import CaseRecording

if TYPE_CHECKING:
    from crimeview.jobs.models import ModelPair
    from crimeview.jobs.similar import Query, Similar
    from crimeview.store.case import Case
    from crimeview.store.library.library import Library

MOST = 50  # results


class Corpus(Enum):
    """Where is looked for it."""

    LIBRARY = "library"
    CASE = "case"


class Verdict(Enum):
    """What a person says of a result."""

    RELEVANT = "relevant"
    NOT = "not relevant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for: a span of a recording of the case, a file, or a segment of the library.

    `path` is the file that shows it, where that is known, and `zero` (s) what of the recording's
    clock is the file's beginning.
    """

    name: str
    recording: CaseRecording | None = None
    span: tuple[float, float] | None = None
    entry: Entry | None = None
    path: Path | None = None
    zero: float = 0.0


@dataclass(frozen=True, slots=True)
class _Answer:
    query: "Query"
    library: "Library"
    found: "Similar"


class SimilarSearch(QObject):
    """One search at a time; another takes its place.

    `verdicts` are what was said of results, by the library's numbers; each moves the query.
    `failure` is a sentence where nothing could be looked for, `progress` what is being done.
    """

    changed = Signal()
    progressed = Signal()
    answered = Signal()  # by another result
    file_wanted = Signal()  # a person is to be asked for one

    def __init__(
        self,
        workspace: Workspace,
        shelf: Shelf,
        tasks: Tasks,
        *,
        find_models: "Callable[[], ModelPair]",
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._shelf = shelf
        self._tasks = tasks
        self._find_models = find_models
        self._task: Task | None = None
        self._query: Query | None = None  # of `asked`, once it is known
        self._made: list[ExitStack] = []  # libraries of the case, each with its folder
        self._awaits_library = False  # it is being opened
        self.asked: Asked | None = None
        self.corpus = Corpus.LIBRARY
        self.wanted = Filter()
        self.projection: str | None = None  # that ranks the results
        self.library: Library | None = None  # that the results are of
        self.found: Similar | None = None
        self.verdicts: dict[int, Verdict] = {}
        self.failure = ""
        self.progress: Step | None = None
        workspace.case_opened.connect(self._on_case_opened)
        shelf.changed.connect(self._on_shelf_changed)

    @property
    def busy(self) -> bool:
        return self._task is not None or self._awaits_library

    @property
    def lacks_library(self) -> bool:
        """Whether nothing can be looked for because no library is open."""
        return self.corpus is Corpus.LIBRARY and self._shelf.library is None

    # What is looked for

    def of_span(self, recording: CaseRecording, span: tuple[float, float]) -> None:
        """Look for what is like a span (s) of a recording of the case."""
        self._ask(
            Asked(name=recording.path.name, recording=recording, span=span, path=recording.path)
        )

    def of_file(self, path: Path) -> None:
        """Look for what is like a file; it is analyzed unless the case has done so."""
        self._ask(Asked(name=path.name, path=path))

    def of_entry(self, entry: Entry) -> None:
        """Look for what is like a segment of the library."""
        path, zero = shown_file(self._shelf.library, entry)
        self.corpus = Corpus.LIBRARY
        self._ask(
            Asked(
                name=entry.recording.name,
                span=(entry.start, entry.end),
                entry=entry,
                path=path,
                zero=zero,
            )
        )

    def look_in(self, corpus: Corpus) -> None:
        if corpus is not self.corpus:
            self.corpus = corpus
            self.verdicts = {}  # its segments have other numbers
            self._put_away()
            self._search()

    def narrow(self, wanted: Filter) -> None:
        if wanted != self.wanted:
            self.wanted = wanted
            self._search()

    def rank_by(self, projection: str | None) -> None:
        """Rank the results by a projection for the query's features, None for them as they are."""
        if projection != self.projection:
            self.projection = projection
            self._search()

    def judge(self, number: int, verdict: Verdict | None) -> None:
        """Say of a result whether it is what is looked for, None to take that back; look again."""
        verdicts = {n: v for n, v in self.verdicts.items() if n != number}
        if verdict is not None and self.verdicts.get(number) is not verdict:
            verdicts[number] = verdict
        self.verdicts = verdicts
        self._search()

    def forget_verdicts(self) -> None:
        if self.verdicts:
            self.verdicts = {}
            self._search()

    def again(self) -> None:
        """Look for the same once more, as when the library has grown."""
        self._put_away()
        self._search()

    def stop(self) -> None:
        self._awaits_library = False
        if self._task is not None:
            self._task.cancel()

    def close(self) -> None:
        """Let go of what the results are of, when no thread uses it any more."""
        for stack in self._made:
            stack.close()
        self._made = []

    def _ask(self, asked: Asked) -> None:
        self.asked, self._query = asked, None
        self.verdicts, self.wanted, self.projection = {}, Filter(), None
        self._put_away()
        self._search()

    def _put_away(self) -> None:
        """Drop the library that was made of the case, which may have changed since."""
        for stack in self._made:
            self._tasks.call(stack.close)
        self._made = []
        self.library, self.found = None, None

    def _search(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task, self._awaits_library = None, False
        asked = self.asked
        if asked is None:
            return
        self.failure, self.progress = "", None
        library = self._shelf.library
        if self.lacks_library:
            self._awaits_library = self._shelf.busy
            if not self._awaits_library:
                self.failure = translate(
                    "SimilarSearch",
                    "No library is open. Open one on the library page, or look in this case.",
                )
            self.found = None
            self.changed.emit()
            return
        of_case = self.library if self._made else None
        job = _searched(
            _Order(
                asked=asked,
                query=self._query,
                case=self._workspace.case,
                library=library if self.corpus is Corpus.LIBRARY else of_case,
                keep=self._made.append,
                wanted=self.wanted,
                verdicts=dict(self.verdicts),
                projection=self.projection,
                find_models=self._find_models,
            )
        )
        task: Task | None = None

        def mine(call: Callable[[], None]) -> None:
            if self._task is task:
                self._task = None
                call()
                self.progress = None
                self.changed.emit()

        task = self._task = self._tasks.start(
            job,
            on_step=self._on_step,
            on_result=lambda answer: mine(lambda: self._take(answer)),
            on_error=lambda error: mine(lambda: self._fail(error)),
            on_cancelled=lambda: mine(lambda: None),
        )
        self.changed.emit()

    def _on_step(self, step: Step) -> None:
        self.progress = step
        self.progressed.emit()

    def _take(self, answer: _Answer) -> None:
        self._query, self.library = answer.query, answer.library
        self.found = answer.found
        for notice in answer.found.notices if not self._made else ():  # a case has no index kept
            self._workspace.noticed.emit(told_text(notice))
        self.answered.emit()

    def _fail(self, error: Exception) -> None:
        log_error(error)
        self.found = None
        self.failure = (
            fault_text(error)
            if isinstance(error, CrimeviewError)
            else translate("SimilarSearch", "The search failed; the log says why.")
        )

    def _on_shelf_changed(self) -> None:
        if self._awaits_library and not self._shelf.busy:
            self._search()

    def _on_case_opened(self) -> None:
        self.stop()
        self._task, self.asked, self._query = None, None, None
        self._put_away()
        self.changed.emit()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    asked: Asked
    query: "Query | None"
    case: "Case"
    library: "Library | None"
    keep: Callable[[ExitStack], None]
    wanted: Filter
    verdicts: dict[int, Verdict]
    projection: str | None
    find_models: "Callable[[], ModelPair]"


def _searched(order: _Order) -> Job[_Answer]:
    from crimeview.jobs.similar import Feedback, find_similar

    query = order.query
    if query is None:
        query = yield from _query(order)
    library = order.library or (yield from _library_of_case(order))
    said = order.verdicts
    feedback = Feedback(
        tuple(n for n, v in said.items() if v is Verdict.RELEVANT),
        tuple(n for n, v in said.items() if v is Verdict.NOT),
    )
    found = yield from find_similar(
        library,
        query,
        count=MOST,
        wanted=order.wanted,
        feedback=feedback,
        projection=order.projection,
    )
    return _Answer(query, library, found)


def _query(order: _Order) -> "Job[Query]":
    from crimeview.jobs.similar import query_of_entry, query_of_span, query_of_video

    asked = order.asked
    if asked.recording is not None:
        yield Step(done=0, total=None, message=translate("SimilarSearch", "Reading the case"))
        return query_of_span(order.case, asked.recording, asked.span)
    if asked.entry is not None and order.library is not None:
        spaces = [name for name, _, vectors in order.library.figures().spaces if vectors]
        for space in spaces:
            try:
                return query_of_entry(order.library, asked.entry.id, space)
            except KeyError:
                continue
    assert asked.path is not None
    query = yield from query_of_video(
        asked.path, span=asked.span, cases=(order.case,), models=order.find_models()
    )
    return query


def _library_of_case(order: _Order) -> "Job[Library]":
    from crimeview.jobs.similar import case_as_library

    with ExitStack() as stack:
        library, filling = stack.enter_context(case_as_library(order.case))
        yield from filling
        order.keep(stack.pop_all())
    return library


def shown_file(library: "Library | None", entry: Entry) -> tuple[Path | None, float]:
    """The file that shows a segment, and what of the recording's clock (s) is its beginning.

    The library's copy where there is one, else the recording where it was seen last; None where
    neither is on this computer.
    """
    folder = library.clips_folder if library is not None else None
    if entry.copy is not None and folder is not None:
        path = folder / entry.copy.file
        if path.is_file():
            return path, entry.copy.start
    seen = Path(entry.recording.path) if entry.recording.path else None
    return (seen, 0.0) if seen is not None and seen.is_file() else (None, 0.0)

"""The library that is open in the window: what it holds, what of it is listed, work on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from crimeview.core.errors import CrimeviewError
from crimeview.core.job import Job
from crimeview.gui.errands import Errands
from crimeview.gui.graph_building import GraphBuilding
from crimeview.gui.settings import Preferences
from crimeview.gui.tasks import Tasks, log_error
from crimeview.gui.text import segments_text, translate
from crimeview.gui.told_text import fault_text, told_text
from crimeview.gui.workspace import Workspace
from crimeview.store.library.rows import KEPT, Added, Entry, Facts, Filter, Kept

if TYPE_CHECKING:
    from crimeview.jobs.library_add import AddedSegment, AddOrder
    from crimeview.jobs.library_packages import Imported
    from crimeview.store.library.browse import Choices
    from crimeview.store.library.library import Library
    from crimeview.store.library.rows import LibraryFigures

T = TypeVar("T")
_AT_ONCE = 200  # rows read at a time: a library may hold a million


@dataclass(frozen=True, slots=True)
class Contents:
    """What is read of a library at a time: its figures, and the first of what fits a filter.

    `without_graph` are the spaces that have so many vectors that a graph is worth its building.
    """

    figures: "LibraryFigures"
    choices: "Choices"
    total: int
    entries: tuple[Entry, ...]
    without_graph: tuple[str, ...] = ()


class Shelf(QObject):
    """One library at a time, opened and asked in the background.

    `failure` is a sentence where it could not be opened or read. `contents` are as last read;
    `entries` those of them that have been read so far, `wanted` the filter they fit.
    """

    changed = Signal()
    selected = Signal()
    altered = Signal()  # another library, other segments in it, or something else said of them

    def __init__(
        self, workspace: Workspace, tasks: Tasks, errands: Errands, *, preferences: Preferences
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._tasks = tasks
        self._errands = errands
        self._preferences = preferences
        self.graph = GraphBuilding(workspace, tasks)
        self.graph.finished.connect(self.read)
        self._under_way = 0
        self._asked = 0  # what was asked for last counts
        self._begun = False
        self.library: Library | None = None
        self.failure = ""
        self.contents: Contents | None = None
        self.entries: Sequence[Entry] = ()
        self.wanted = Filter()
        self.entry: Entry | None = None  # the selected one

    @property
    def busy(self) -> bool:
        return self._under_way > 0

    @property
    def may_write(self) -> bool:
        return self.library is not None and self.library.may_write

    def begin(self) -> None:
        """Open what was open last, or the person's own library where there is one; once."""
        if not self._begun:
            self._begun = True
            self.open(self._preferences.settings.library, create=False, quietly=True)

    def open(self, place: str, *, create: bool, quietly: bool = False) -> None:
        """Open a library in a folder or at a URL; empty text is the person's own.

        A failure is told in `failure`, unless `quietly` is set and nothing was named.
        """

        def work() -> "tuple[Library, Contents]":
            from crimeview.store.library.library import open_library
            from crimeview.store.library.location import locate

            library = open_library(locate(place or None), create=create)
            return library, _read(library, Filter())

        def take(result: "tuple[Library, Contents]") -> None:
            self._put_away()
            self.library, contents = result
            self.wanted, self.failure = Filter(), ""
            self._preferences.change(library=place)
            self._take(contents)
            self.altered.emit()

        def fail(error: Exception) -> None:
            if quietly and not place:
                return
            if self.library is not None:  # the open one stays
                self._workspace.notice(error)
            else:
                self.failure = _sentence(error)

        self._begun = True
        self._call(work, take, fail)

    def narrow(self, wanted: Filter) -> None:
        """List what fits this."""
        if wanted != self.wanted:
            self.wanted = wanted
            self._list()

    def read(self) -> None:
        """Read anew what is listed, and how much there is: something may be another."""
        self._list(then=self.altered.emit)

    def show(self, number: int) -> None:
        """Select a segment by its number, listing those of its recording alone."""
        library = self.library
        if library is None:
            return

        def work() -> tuple[Entry, Contents]:
            entry = library.entry(number)
            wanted = Filter(recording_uids=(entry.recording.uid,), duplicates=True)
            return entry, _read(library, wanted, limit=None)

        def take(found: tuple[Entry, Contents]) -> None:
            self.entry, contents = found
            self.wanted = Filter(recording_uids=(found[0].recording.uid,), duplicates=True)
            self._take(contents)
            self.selected.emit()

        self._call(work, take)

    def _list(self, then: Callable[[], None] | None = None) -> None:
        library, wanted = self.library, self.wanted

        def take(contents: Contents) -> None:
            self._take(contents)
            if then is not None:
                then()

        if library is not None:
            self._call(lambda: _read(library, wanted), take)

    @property
    def has_more(self) -> bool:
        return self.contents is not None and len(self.entries) < self.contents.total

    def read_more(self) -> None:
        """Read the next rows, unless something is being read."""
        library, wanted, offset = self.library, self.wanted, len(self.entries)
        if library is None or self.busy:
            return

        def take(more: list[Entry]) -> None:
            self.entries = (*self.entries, *more)
            self.changed.emit()

        self._call(lambda: library.entries(wanted, limit=_AT_ONCE, offset=offset), take)

    def select(self, entry: Entry | None) -> None:
        if entry != self.entry:
            self.entry = entry
            self.selected.emit()

    # Changes

    def set_facts(
        self, entry: Entry, facts: Facts, *, happened: float | Kept | None = KEPT
    ) -> None:
        """Store what a person says of a segment; refused where somebody else was quicker."""
        library = self.library
        same = facts == entry.facts and happened in (KEPT, entry.happened)
        if library is not None and not same:
            self._change(
                lambda: library.set_facts(
                    entry.id, facts, revision=entry.revision, happened=happened
                )
            )

    def unmark(self, entry: Entry) -> None:
        """Say that a segment is no duplicate of another."""
        library = self.library
        if library is not None and entry.duplicate_of is not None:
            self._change(lambda: library.unmark([entry.id]))

    def remove(self, entries: Sequence[Entry]) -> None:
        library = self.library
        if library is not None and entries:
            self._change(lambda: library.remove([entry.id for entry in entries]))

    def add(self, order: "AddOrder") -> None:
        """Add segments of the case; where no library is open, to the person's own, made for it."""
        case, library = self._workspace.case, self.library

        def work() -> "Job[tuple[Library, list[AddedSegment]]]":
            from crimeview.jobs.library_add import add_to_library
            from crimeview.store.library.library import open_library
            from crimeview.store.library.location import locate

            target = library or open_library(locate(None))
            return target, (yield from add_to_library(case, target, order))

        def end(result: "tuple[Library, list[AddedSegment]]") -> None:
            target, added = result
            if self.library is None:
                self.library, self._begun = target, True
            left_out = not added or any(one.outcome is Added.SKIPPED for one in added)
            told = self._workspace.noticed if left_out else self._workspace.succeeded
            told.emit(added_text(added))
            self.read()

        self._errands.run(translate("Shelf", "Adding to the library"), work(), then=end)

    def export(self, folder: Path, *, with_clips: bool) -> None:
        """Write what is listed as a package."""
        library, wanted = self.library, self.wanted
        if library is None:
            return

        def work() -> Job[int]:
            from crimeview.jobs.library_packages import export_library

            return (
                yield from export_library(library, folder, wanted=wanted, with_clips=with_clips)
            )

        def end(written: int) -> None:
            text = translate("Shelf", "{segments} written to {folder}.")
            self._workspace.succeeded.emit(
                text.format(segments=segments_text(written), folder=folder)
            )

        self._errands.run(translate("Shelf", "Writing a package"), work(), then=end)

    def take_in(self, package: Path) -> None:
        """Take in a package."""
        library = self.library
        if library is None:
            return

        def work() -> "Job[Imported]":
            from crimeview.jobs.library_packages import import_library

            return (yield from import_library(library, package))

        def end(found: "Imported") -> None:
            text = translate("Shelf", "{new} added, {known} known already.")
            self._workspace.succeeded.emit(
                text.format(new=segments_text(found.added), known=found.known)
            )
            self.read()

        self._errands.run(translate("Shelf", "Reading a package"), work(), then=end)

    def build_graph(self) -> None:
        """Build the graph that a large library is searched by, or say why there is none to build.

        It goes on from what an earlier try has left.
        """
        library, contents = self.library, self.contents
        if library is None or contents is None:
            return
        if contents.without_graph:
            self.graph.start(library, contents.without_graph)
            return
        self._workspace.noticed.emit(
            translate("Shelf", "The server keeps the index of this library itself.")
            if library.folder is None
            else translate(
                "Shelf",
                "There is nothing to build: this library has its graph, or so few segments that "
                "looking at all of them is as quick.",
            )
        )

    def close(self) -> None:
        """Let go of the library, when nothing uses it any more."""
        if self.library is not None:
            self.library.close()
            self.library = None

    def _put_away(self) -> None:
        self.graph.stop()
        if self.library is not None:
            old, self.library = self.library, None
            self._tasks.call(old.close)
        self.contents, self.entries = None, ()
        self.select(None)

    def _change(self, work: Callable[[], object]) -> None:
        def fail(error: Exception) -> None:
            self._workspace.notice(error)
            self.read()

        self._call(work, lambda _: self.read(), fail)

    def _take(self, contents: Contents) -> None:
        self.contents, self.entries, self.failure = contents, contents.entries, ""
        if self.library is not None:
            for notice in self.library.take_notices():
                self._workspace.noticed.emit(told_text(notice))
        held = self.entry
        self.changed.emit()
        if held is not None:
            self.select(next((e for e in self.entries if e.id == held.id), None))

    def _call(
        self,
        work: Callable[[], T],
        take: Callable[[T], None],
        fail: Callable[[Exception], None] | None = None,
    ) -> None:
        self._under_way += 1
        self._asked += 1
        number = self._asked

        def end(call: Callable[[], None]) -> None:
            self._under_way -= 1
            if number == self._asked or fail is not None:
                call()
            self.changed.emit()

        self._tasks.call(
            work,
            on_result=lambda result: end(lambda: take(result)),
            on_error=lambda error: end(lambda: (fail or self._on_failed)(error)),
        )

    def _on_failed(self, error: Exception) -> None:
        self.failure = _sentence(error)


def added_text(added: "Sequence[AddedSegment]") -> str:
    """What became of segments that were to be added, in a sentence."""
    if not added:
        return translate("Shelf", "There was nothing to add: no segment fits.")
    counts = {outcome: sum(one.outcome is outcome for one in added) for outcome in Added}
    parts = [
        (Added.NEW, translate("Shelf", "{count} added")),
        (Added.KNOWN, translate("Shelf", "{count} known already")),
        (Added.MARKED, translate("Shelf", "{count} added as duplicates")),
        (Added.SKIPPED, translate("Shelf", "{count} left out: another file shows the same")),
    ]
    told = [text.format(count=counts[outcome]) for outcome, text in parts if counts[outcome]]
    if counts[Added.SKIPPED]:
        said = translate("Shelf", "Library: {count} of {total} are in it; {what}.")
    else:
        said = translate("Shelf", "Library: {what}.")
    total = len(added)
    return said.format(count=total - counts[Added.SKIPPED], total=total, what=", ".join(told))


def _read(library: "Library", wanted: Filter, *, limit: int | None = _AT_ONCE) -> Contents:
    figures = library.figures()
    return Contents(
        figures=figures,
        choices=library.choices(),
        total=library.count(wanted),
        entries=tuple(library.entries(wanted, limit=limit)),
        without_graph=tuple(
            name for name, _, vectors in figures.spaces if vectors and library.wants_graph(name)
        ),
    )


def _sentence(error: Exception) -> str:
    log_error(error)
    if isinstance(error, CrimeviewError):
        return fault_text(error)
    return translate("Shelf", "The library could not be used; the log says why.")

"""A library of crime videos: segments that are kept beyond the case they were found in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from crimeview.core.errors import LibraryError
from crimeview.store.library.browse import (
    Choices,
    choices_of,
    count_of,
    figures_of,
    kinds_of,
    state_of,
)
from crimeview.store.library.bulk import Batch, load_batch
from crimeview.store.library.database import LibraryDatabase
from crimeview.store.library.entries import (
    FACTS,
    add_entry,
    entries_query,
    fill_in,
    find_known,
    find_or_add_recording,
    find_or_add_space,
    load_by_number,
    load_clips,
    load_entries,
    load_thumbnails,
)
from crimeview.store.library.filters import narrowed
from crimeview.store.library.index_reading import count_of_space, note_change
from crimeview.store.library.local_search import IndexKind, LocalSearch
from crimeview.store.library.location import Location
from crimeview.store.library.roles import EDITOR, make_roles
from crimeview.store.library.rows import (
    KEPT,
    Added,
    ClipCopy,
    ClipSet,
    Duplicates,
    Entry,
    Facts,
    Filter,
    Hit,
    Kept,
    LibraryFigures,
    NewEntry,
    SourceRecording,
)
from crimeview.store.library.schema import (
    CopyRow,
    EmbeddingRow,
    EntryRow,
    SourceRow,
    SpaceRow,
)
from crimeview.store.library.server_graph import (
    allow_graphs,
    drop_graph,
    lacks_functions,
    make_functions,
    make_graph,
)
from crimeview.store.library.server_search import ServerSearch
from crimeview.store.library.sound_vectors import spaces_of
from crimeview.store.library.vector_index import GRAPH_FROM

_MORE = 32  # hits asked for beyond those wanted, of which some may be marked duplicates
_MOST = 100_000

FindTwin = Callable[[NewEntry], int | None]


def open_library(
    location: Location, *, create: bool = True, graph_from: int = GRAPH_FROM
) -> "Library":
    """Open the library there, making it where there is none and `create` is set.

    `graph_from`: from how many vectors on a graph is worth its building. Raises LibraryError, one
    sentence.
    """
    database = LibraryDatabase(location)
    try:
        database.prepare(create=create)
        return Library(database, graph_from=graph_from)
    except BaseException:
        database.close()
        raise


class Library:
    """An open library; a context manager, usable from any thread.

    Every method raises LibraryError where the library cannot be read or written, and KeyError
    where it holds no segment or space of that name or number.
    """

    def __init__(self, database: LibraryDatabase, *, graph_from: int = GRAPH_FROM) -> None:
        self._database = database
        self._graph_from = graph_from
        self._may_write = database.may_write()
        self._spaces: dict[str, SpaceRow] = {}  # as they were read: what they mean never changes
        self._search: LocalSearch | ServerSearch = (
            ServerSearch(database) if database.on_server else LocalSearch(database)
        )
        if database.on_server and self._may_write:
            self._prepare_graphs()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        self._search.forget()
        self._database.close()

    @property
    def place(self) -> str:
        """Where it is, for people."""
        return self._database.place

    @property
    def folder(self) -> Path | None:
        """None of a library on a server."""
        return self._database.location.folder

    @property
    def uid(self) -> str:
        return self._database.uid

    @property
    def may_write(self) -> bool:
        """Whether this user is an editor; others may only read."""
        return self._may_write

    @property
    def database(self) -> LibraryDatabase:
        """For what loads very much at once."""
        return self._database

    def make_roles(self) -> None:
        """Make the server's roles of readers and editors; takes an administrator."""
        with self._database.writing() as session:
            make_roles(session)
            make_functions(session)
            allow_graphs(session, role=EDITOR)
        self.make_graphs()

    def take_notices(self) -> list[str]:
        """Sentences on what was rebuilt since they were taken last."""
        notices, self._search.notices = self._search.notices, []
        return notices

    # Segments

    def add(
        self,
        recording: SourceRecording,
        entries: Sequence[NewEntry],
        *,
        duplicates: Duplicates = Duplicates.MARK,
        twin: FindTwin | None = None,
    ) -> list[tuple[Added, int | None]]:
        """Add segments of a recording, all or none; gives what became of each, and its number.

        What is known by content and time is not added again, but its empty fields are filled in.
        `twin` gives the number of a segment that shows the same in another file, None for no.
        """
        self._check_editor()
        twins = [
            twin(e) if twin is not None and duplicates is not Duplicates.KEEP else None
            for e in entries
        ]

        def work(session: Session) -> list[tuple[Added, int | None]]:
            row = find_or_add_recording(session, recording)
            spaces = self._spaces_of(session, entries)
            outcomes = [
                _add_one(session, row, entry, spaces=spaces, twin=other, duplicates=duplicates)
                for entry, other in zip(entries, twins, strict=True)
            ]
            if any(outcome in (Added.NEW, Added.MARKED) for outcome, _ in outcomes):
                note_change(session)
            session.flush()
            return outcomes

        return self._database.written(work)

    def load(self, batch: Batch) -> list[tuple[Added, int | None]]:
        """Add very many segments, of any recordings, at once: all or none, as `add` does.

        No search for what looks the same is made, and a server does not index a new space before
        `make_graphs`.
        """
        self._check_editor()

        def work(session: Session) -> list[tuple[Added, int | None]]:
            spaces = self._spaces_of(session, [entry for _, entry in batch], graph=False)
            outcomes = load_batch(session, batch, spaces=spaces, on_server=self._database.on_server)
            if any(outcome is Added.NEW for outcome, _ in outcomes):
                note_change(session)
            session.flush()
            return outcomes

        return self._database.written(work)

    @contextmanager
    def without_graphs(self) -> Iterator[None]:
        """Within, a server keeps no index of vectors: loading very much takes a tenth of the time.

        Searches meanwhile, also of others, are exact and slow. In a folder this does nothing.
        """
        self._for_each_space(drop_graph)
        try:
            yield
        finally:
            self.make_graphs()

    def make_graphs(self) -> None:
        """Have a server index the spaces that it does not index yet."""
        self._for_each_space(make_graph)

    def _prepare_graphs(self) -> None:
        """Make what makes graphs, as the owner of a library that was made without."""
        with self._database.writing() as session:
            if not lacks_functions(session):
                return
            make_functions(session)
        self.make_graphs()

    def _for_each_space(self, do: Callable[[Session, SpaceRow], None]) -> None:
        if self._database.on_server and self._may_write:
            with self._database.writing() as session:
                for row in session.scalars(select(SpaceRow)):
                    do(session, row)

    def entries(
        self, wanted: Filter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[Entry]:
        """The segments that fit, in the order they were added."""
        query = narrowed(entries_query(), wanted or Filter()).order_by(EntryRow.id)
        if limit is not None:
            query = query.limit(limit).offset(offset)
        with self._database.reading() as session:
            return load_entries(session, query)

    def count(self, wanted: Filter | None = None) -> int:
        """How many segments fit."""
        with self._database.reading() as session:
            return count_of(session, wanted or Filter())

    def choices(self) -> Choices:
        """What a filter can ask for."""
        with self._database.reading() as session:
            return choices_of(session)

    def entry(self, number: int) -> Entry:
        with self._database.reading() as session:
            return load_by_number(session, [number])[number]

    def entries_of(self, numbers: Iterable[int]) -> dict[int, Entry]:
        """Those of these numbers that are there."""
        with self._database.reading() as session:
            return load_by_number(session, numbers)

    def clips(self, number: int) -> ClipSet | None:
        """The clips of a segment; None where only its vector is known."""
        with self._database.reading() as session:
            return load_clips(session, number)

    def thumbnails(self, number: int) -> list[tuple[float, bytes]]:
        """Small pictures (JPEG) of a segment with their times (s)."""
        with self._database.reading() as session:
            return load_thumbnails(session, number)

    def vector(self, number: int, space: str) -> NDArray[np.float32]:
        """The vector (d,) of a segment in a space."""
        with self._database.reading() as session:
            found = session.scalar(
                select(EmbeddingRow.vector)
                .join(SpaceRow, SpaceRow.id == EmbeddingRow.space_id)
                .where(EmbeddingRow.segment_id == number, SpaceRow.name == space)
            )
        if found is None:
            raise KeyError(number)
        return np.asarray(found, np.float32)

    def set_facts(
        self,
        number: int,
        facts: Facts,
        *,
        revision: int | None = None,
        happened: float | Kept | None = KEPT,
    ) -> None:
        """Store what a person says of a segment, and when it happened (s since 1970, None unknown).

        Raises LibraryError where `revision`, that of the entry as it was read, is not the present
        one: somebody else has changed it.
        """
        self._check_editor()
        with self._database.writing() as session:
            row = session.get(EntryRow, number, with_for_update=True)
            if row is None:
                raise KeyError(number)
            if revision not in (None, row.revision):
                raise LibraryError(
                    "Somebody else has changed this segment meanwhile; look at it again before "
                    "you change it."
                )
            for name in FACTS:
                setattr(row, name, getattr(facts, name))
            if not isinstance(happened, Kept):
                row.happened = happened
            row.revision += 1

    def mark_duplicates(self, marks: dict[int, str]) -> None:
        """Mark segments as showing what others, known by their uid, already show."""
        self._check_editor()
        with self._database.writing() as session:
            for number, uid in marks.items():
                other = session.scalar(select(EntryRow.id).filter_by(uid=uid))
                session.execute(
                    update(EntryRow).where(EntryRow.id == number).values(duplicate_of=other)
                )

    def unmark(self, numbers: Iterable[int]) -> None:
        """Say that segments are no duplicates: searches find them again."""
        self._check_editor()
        with self._database.writing() as session:
            session.execute(
                update(EntryRow)
                .where(EntryRow.id.in_(list(numbers)))
                .values(duplicate_of=None, revision=EntryRow.revision + 1)
            )

    def remove(self, numbers: Iterable[int]) -> int:
        """Remove segments with all that belongs to them; gives how many there were."""
        self._check_editor()
        wanted, removed = list(numbers), 0
        files: list[str] = []
        with self._database.writing() as session:
            for number in wanted:
                copy = session.get(CopyRow, number)
                if copy is not None:
                    files.append(copy.file)
                found = session.execute(delete(EntryRow).where(EntryRow.id == number))
                removed += int(getattr(found, "rowcount", 0))
            session.execute(
                delete(SourceRow).where(SourceRow.id.not_in(select(EntryRow.recording_id)))
            )
            note_change(session)
        for name in files:  # what is not stored any more is of no use
            if (folder := self.clips_folder) is not None:
                (folder / Path(name).name).unlink(missing_ok=True)
        return removed

    @property
    def clips_folder(self) -> Path | None:
        """Where copies lie; None of a library on a server, which keeps none."""
        return self.folder / "clips" if self.folder is not None else None

    def set_copy(self, number: int, copy: ClipCopy) -> None:
        """Note that a copy of a segment lies in the folder of clips."""
        self._check_editor()
        values = {name: getattr(copy, name) for name in copy.__slots__}
        with self._database.writing() as session:
            if session.get(EntryRow, number) is None:
                raise KeyError(number)
            session.merge(CopyRow(segment_id=number, **values))

    def figures(self) -> LibraryFigures:
        """What the library holds."""
        with self._database.reading() as session:
            return figures_of(session)

    # Search

    def search(
        self,
        space: str,
        query: NDArray[np.floating],
        *,
        count: int,
        wanted: Filter | None = None,
    ) -> list[Hit]:
        """The segments most like `query` (d,), best first, of those that fit.

        Filters are answered exactly. Raises KeyError for an unknown space, ValueError for a query
        of other dimensions.
        """
        row = self._space(space)
        if query.shape != (row.dimensions,):
            raise ValueError(f"the query is {query.shape}, the space has {row.dimensions}")
        wanted = wanted or Filter()
        if replace(wanted, duplicates=True) != Filter(duplicates=True):
            found = self._search.search(row, query, count=count, wanted=wanted)
            return _hits(*found)
        return self._search_all(row, query, count=count, duplicates=wanted.duplicates)

    def _search_all(
        self, row: SpaceRow, query: NDArray[np.floating], *, count: int, duplicates: bool
    ) -> list[Hit]:
        """Without a filter; marked duplicates are left out afterwards."""
        asked = count if duplicates else count + _MORE
        while True:
            numbers, values, marked = self._search.nearest(row, query, count=asked)
            if duplicates:
                return _hits(numbers, values)
            if (~marked).sum() >= count or len(numbers) < asked or asked >= _MOST:
                return _hits(numbers[~marked][:count], values[~marked][:count])
            asked = min(_MOST, 4 * asked)

    def refresh(self, space: str) -> Iterator[int]:
        """Bring the search index up to date; yields how many vectors it has taken in."""
        yield from self._search.refresh(self._space(space))

    def rebuild(self) -> None:
        """Remove the search index, so that an exact one is built anew."""
        self._search.remove_sidecars()

    def build_graph(self, space: str) -> Iterator[tuple[int, int]]:
        """Build the graph of a space in a folder, as `LocalSearch.build_graph` does.

        Raises LibraryError of a library on a server, which keeps its own.
        """
        row = self._space(space)
        if isinstance(self._search, ServerSearch):
            raise LibraryError(
                f"The server keeps the search index of {self.place} itself; there is nothing to "
                "build."
            )
        yield from self._search.build_graph(row)

    def index_kind(self, space: str) -> IndexKind:
        """How the vectors of a space are searched where nothing is filtered."""
        return self._search.kind(self._space(space))

    def wants_graph(self, space: str) -> bool:
        """Whether a space has so many vectors that a graph is worth its building, and has none."""
        if self.folder is None or self.index_kind(space) is IndexKind.GRAPH:
            return False
        with self._database.reading() as session:
            return count_of_space(session, self._space(space)) > self._graph_from

    def vectors(
        self, space: str, numbers: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The vectors (m, d) of these segments, and whose each is (m,)."""
        return self._search.vectors_of(self._space(space), numbers)

    def numbers(self, space: str) -> NDArray[np.int64]:
        """The segments (n,) that have a vector in a space."""
        return self._search.segments(self._space(space))

    def state(self) -> str:
        """What changes with each change of vectors, or of what is said of segments."""
        with self._database.reading() as session:
            return state_of(session)

    def kinds(self, numbers: Sequence[int]) -> dict[int, tuple[int, str]]:
        """The recording's number and the type of these segments, less those marked duplicates."""
        with self._database.reading() as session:
            return kinds_of(session, numbers)

    def has_space(self, name: str) -> bool:
        with self._database.reading() as session:
            return session.scalar(select(SpaceRow.id).filter_by(name=name)) is not None

    def _space(self, name: str) -> SpaceRow:
        if name not in self._spaces:
            self._spaces[name] = self._read_space(name)
        return self._spaces[name]

    def _read_space(self, name: str) -> SpaceRow:
        with self._database.reading() as session:
            row = session.scalars(select(SpaceRow).filter_by(name=name)).one_or_none()
            if row is None:
                raise KeyError(name)
            session.expunge(row)
        return row

    def _spaces_of(
        self, session: Session, entries: Sequence[NewEntry], *, graph: bool = True
    ) -> dict[str, SpaceRow]:
        spaces = {}
        for name, size in spaces_of(entries).items():
            row, new = find_or_add_space(session, name, size)
            if new and graph and self._database.on_server:
                make_graph(session, row)
            spaces[name] = row
        return spaces

    def _check_editor(self) -> None:
        if not self._may_write:
            raise LibraryError(
                f"You may read the library {self.place}, but not change it; ask its administrator "
                "to make you an editor."
            )


def _add_one(
    session: Session,
    recording: SourceRow,
    entry: NewEntry,
    *,
    spaces: dict[str, SpaceRow],
    twin: int | None,
    duplicates: Duplicates,
) -> tuple[Added, int | None]:
    known = find_known(session, recording, entry)
    if known is not None:
        fill_in(known, entry.facts)
        return Added.KNOWN, known.id
    if twin is not None and duplicates is Duplicates.SKIP:
        return Added.SKIPPED, twin
    row = add_entry(session, recording, entry, spaces=spaces, duplicate_of=twin)
    return (Added.NEW if twin is None else Added.MARKED), row.id


def _hits(numbers: NDArray[np.int64], values: NDArray[np.float32]) -> list[Hit]:
    return [Hit(int(n), float(v)) for n, v in zip(numbers, values, strict=True)]

"""Search in a library that is a folder: ids by SQL, vectors by an index beside the database.

The index is exact until somebody asks for a graph to be built; whichever lies there is kept and
brought up to date, and no search ever waits for a graph to be built.
"""

import shutil
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from threading import Lock, RLock

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from crimeview.store.library.build_lock import only_builder
from crimeview.store.library.change_watch import ChangeWatch
from crimeview.store.library.database import LibraryDatabase
from crimeview.store.library.filters import numbers_of
from crimeview.store.library.graph_building import GraphBuilding
from crimeview.store.library.index_reading import (
    HeldIndex,
    catch_up,
    is_earlier,
    newest_token,
)
from crimeview.store.library.rows import Filter
from crimeview.store.library.schema import EntryRow, SpaceRow
from crimeview.store.library.sidecar import (
    DamagedError,
    is_graph_in_force,
    load_sidecar,
    save_sidecar,
)
from crimeview.store.library.vector_index import Found, Ids, VectorIndex

_FOLDER = "index"
_SAVED_AFTER = 256  # changes, or a fiftieth of all: fewer are read from the database at opening
_TIMES_FOR_GRAPH = 4  # at most: each opening puts what is not stored into the graph once more
_MISSING = "The search index was missing and was built anew from the library ({count:,} vectors)."
_OTHER_KIND = (
    "The search index was of another kind and was built anew from the library ({count:,} vectors)."
)
_OTHER_STATE = (
    "The search index was of another state of the library and was built anew from the library "
    "({count:,} vectors)."
)
_DAMAGED = (
    "The search index was damaged ({reason}) and was built anew from the library ({count:,} "
    "vectors)."
)
_FILTERS = 16  # whose rows are kept as long as nothing changes


class IndexKind(Enum):
    """How vectors are searched where nothing is filtered."""

    EXACT = "exact"
    GRAPH = "graph"


class LocalSearch:
    """The indexes of a library's spaces, opened when asked for and brought up to date then.

    `notices` are sentences on what had to be rebuilt.
    """

    def __init__(self, database: LibraryDatabase) -> None:
        self._database = database
        self._open: dict[int, HeldIndex] = {}
        self._watch = ChangeWatch(database.engine)
        self._seen: dict[int, int] = {}  # the file's version when a space was brought up to date
        self._rows: dict[tuple[int, Filter], tuple[int, Ids]] = {}  # with the version they are of
        self._lock = RLock()
        self._files = Lock()
        self.notices: list[str] = []
        with database.reading() as session:
            # Of one that is younger than this no index can have been lost.
            self._older = set(session.scalars(select(SpaceRow.id)))

    def search(
        self, space: SpaceRow, query: NDArray[np.floating], *, count: int, wanted: Filter
    ) -> Found:
        """The nearest segments, of those that fit."""
        with self._lock:
            index = self._up_to_date(space)
            return index.among_rows(self._rows_of(space, wanted), query, count=count)

    def nearest(
        self, space: SpaceRow, query: NDArray[np.floating], *, count: int
    ) -> tuple[Ids, NDArray[np.float32], NDArray[np.bool_]]:
        """The nearest segments of all, and which of them are marked as duplicates."""
        with self._lock:
            numbers, values = self._up_to_date(space).search(query, count=count)
        return numbers, values, np.isin(numbers, self._marked(numbers))

    def vectors_of(self, space: SpaceRow, segments: Ids) -> tuple[Ids, NDArray[np.float32]]:
        """The vectors (m, d) of these segments, and whose each is (m,)."""
        with self._lock:
            return self._up_to_date(space).vectors_of(segments)

    def segments(self, space: SpaceRow) -> Ids:
        """All segments of the space, (n,)."""
        with self._lock:
            return self._up_to_date(space).segments

    def refresh(self, space: SpaceRow) -> Iterator[int]:
        """Bring the space's index up to date; yields how many vectors were taken in so far."""
        with self._lock:
            version = self._watch.version()
            held = self._open.get(space.id)
            notice = ""
            opened = held is None
            if held is None:
                held, notice = self._load(space)
            with self._database.reading() as session:
                known = held is None or held.token == newest_token(session)
                if held is not None and not known and not is_earlier(session, held.token):
                    held, notice = None, _OTHER_STATE
                if held is None:
                    held = HeldIndex(VectorIndex(space.dimensions), "")
                    yield from catch_up(session, space, held)
                    held.changes = len(held.index) + 1
                    lost = space.id in self._older or notice != _MISSING
                    if len(held.index) and lost:
                        self.notices.append(notice.replace("{count:,}", f"{len(held.index):,}"))
                elif opened or not known:  # a file may say that it is of a state, and lack some
                    yield from catch_up(session, space, held)
            self._open[space.id] = held
            if held.changes > _unsaved(held.index) or notice:
                self._save(space, held, anyway=notice not in ("", _MISSING))
            self._seen[space.id] = version

    def build_graph(self, space: SpaceRow) -> Iterator[tuple[int, int]]:
        """Build a graph, which is searched from its end on; until then searches are as they were.

        Yields how many vectors are in it, and of how many. It goes on from the part that an earlier
        try has left. Raises LibraryError where it cannot be stored, or is being built already.
        """
        # The lock lies beside the indexes' folder, which may be removed meanwhile.
        with only_builder(self._folder.with_name(f"graph-{space.id}.lock")):
            building = GraphBuilding(
                self._database,
                space,
                self._folder / str(space.id),
                files=self._files,
                tell=lambda notice: self.notices.append(notice),
            )
            yield from building.steps()
            with self._lock:
                building.put_in_force()
                self._open[space.id] = building.held
                self._seen.pop(space.id, None)
                self._rows.clear()

    def kind(self, space: SpaceRow) -> IndexKind:
        """How its vectors are searched, without opening the index."""
        folder = self._folder / str(space.id)
        graph = is_graph_in_force(folder, library=self._database.uid)
        return IndexKind.GRAPH if graph else IndexKind.EXACT

    def forget(self) -> None:
        """Drop what is in memory."""
        with self._lock:
            self._open.clear()
            self._seen.clear()
            self._rows.clear()
            self._watch.close()

    def remove_sidecars(self) -> None:
        """Remove the files, as when an index is to be built anew: an exact one."""
        self.forget()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _folder(self) -> Path:
        assert self._database.location.folder is not None
        return self._database.location.folder / _FOLDER

    def _up_to_date(self, space: SpaceRow) -> VectorIndex:
        if self._seen.get(space.id) != self._watch.version():
            for _ in self.refresh(space):
                pass
        return self._open[space.id].index

    def _load(self, space: SpaceRow) -> tuple[HeldIndex | None, str]:
        """What lies beside the database, and otherwise the sentence on building it anew."""
        place = self._folder / str(space.id)
        try:
            found = load_sidecar(place, library=self._database.uid, space=space.name)
        except DamagedError as error:
            return None, _DAMAGED.replace("{reason}", str(error))
        if found is None:
            return None, _MISSING
        index, token = found
        if index.dimensions != space.dimensions or index.lacks_rough_look:
            return None, _OTHER_KIND
        return HeldIndex(index, token), ""

    def _save(self, space: SpaceRow, held: HeldIndex, *, anyway: bool) -> None:
        """A sidecar that cannot be written costs time at the next opening and nothing else."""
        place = self._folder / str(space.id)
        kept = anyway or held.index.is_graph
        if not kept and is_graph_in_force(place, library=self._database.uid):
            return  # another process has built it: an hour's work is not written over
        try:
            with self._files:
                save_sidecar(
                    place,
                    held.index,
                    library=self._database.uid,
                    space=space.name,
                    token=held.token,
                )
        except (OSError, RuntimeError):
            self.notices.append(
                "The search index could not be stored beside the library; free some space on its "
                "disk. Until then it is built anew each time."
            )
        else:
            held.changes = 0

    def _marked(self, numbers: Ids) -> Ids:
        found: list[int] = []
        with self._database.reading() as session:
            for first in range(0, len(numbers), 500):
                part = numbers[first : first + 500].tolist()
                query = select(EntryRow.id).where(
                    EntryRow.id.in_(part), EntryRow.duplicate_of.is_not(None)
                )
                found += session.scalars(query)
        return np.array(found, np.int64)

    def _rows_of(self, space: SpaceRow, wanted: Filter) -> Ids:
        """The index's rows of the segments that fit; kept as long as nothing changes."""
        version = self._seen[space.id]
        found = self._rows.pop((space.id, wanted), None)
        if found is None or found[0] != version:
            found = version, self._open[space.id].index.rows_of(self._numbers(wanted))
        self._rows[space.id, wanted] = found
        if len(self._rows) > _FILTERS:
            self._rows.pop(next(iter(self._rows)))
        return found[1]

    def _numbers(self, wanted: Filter) -> Ids:
        """The numbers of the segments that fit."""
        with self._database.reading() as session:
            statement = numbers_of(wanted).compile(
                session.get_bind(), compile_kwargs={"render_postcompile": True}
            )
            parameters = tuple(statement.params[name] for name in statement.positiontup or ())
            # One text is read many times as quickly as that many rows.
            query = f"SELECT group_concat(id) FROM ({statement.string})"  # noqa: S608 (SQLAlchemy's)
            text = session.connection().exec_driver_sql(query, parameters).scalar()
        return np.fromstring(text or "", np.int64, sep=",")


def _unsaved(index: VectorIndex) -> int:
    """How many changes may be missing in the sidecar."""
    if index.is_graph:
        return _SAVED_AFTER * _TIMES_FOR_GRAPH
    return max(_SAVED_AFTER, len(index) // 50)

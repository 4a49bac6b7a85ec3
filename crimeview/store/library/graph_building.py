"""Building the graph of a space in a folder: an hour's work, kept in parts, while others search.

The graph takes nothing from the index that is searched meanwhile. Its part lies beside that one
with a state (token) that the library had, so that a later try goes on from there. The token does
not say that the part is all of that state: what was removed before it is taken off at the end, and
again wherever an index is opened. The last part takes the place of the index in one step.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock

from crimeview.core.errors import LibraryError
from crimeview.store.library.database import LibraryDatabase
from crimeview.store.library.index_reading import (
    HeldIndex,
    catch_up,
    count_of_space,
    is_earlier,
    later_rows,
    newest_token,
)
from crimeview.store.library.schema import SpaceRow
from crimeview.store.library.sidecar import (
    BEING_BUILT,
    DamagedError,
    Note,
    load_sidecar,
    put_in_force,
    save_sidecar,
    throw_away_part,
)
from crimeview.store.library.vector_index import VectorIndex

_READ = 2048  # vectors read at once, so that no reader holds up the database for an hour
_AT_ONCE = 256  # vectors taken into the graph between two reports: under half a second
KEPT_AFTER = 100_000  # vectors, or an eighth of what is built: the whole part is written each time
_WORTH_KEEPING = 10_000  # vectors that a stop does not throw away


class GraphBuilding:
    """One try at a space's graph, the only one (see `build_lock`).

    `files` is held while files are written beside the index; `tell` is given sentences meanwhile.

    Raises LibraryError where the library cannot be read or the graph not be stored in the end.
    """

    def __init__(
        self,
        database: LibraryDatabase,
        space: SpaceRow,
        folder: Path,
        *,
        files: Lock,
        tell: Callable[[str], None],
    ) -> None:
        self._database, self._space, self._folder = database, space, folder
        self._files, self._tell = files, tell
        self._kept = 0  # vectors of the part on the disk
        self._tried = 0  # vectors when it was to be stored last
        self._note: Note | None = None  # of what this try has stored last
        self.held = HeldIndex(VectorIndex(space.dimensions, graph=True), "")

    def steps(self) -> Iterator[tuple[int, int]]:
        """Build it to its end and store it; yields how many vectors are in it, and of how many.

        What is closed before the end keeps what was built so far.
        """
        self._go_on_from_part()
        try:
            yield from self._take_in()
        except GeneratorExit:
            if self._taken - self._kept >= _WORTH_KEEPING:
                self._keep()
            raise
        self._catch_up()
        if not self._is_stored and not self._keep():
            raise LibraryError(
                "The graph is built but could not be stored beside the library; free some space "
                "on its disk. Building it again goes on from what was stored last."
            )

    def put_in_force(self) -> None:
        """Take in what changed meanwhile, and have the graph searched from now on."""
        assert self._note is not None, "steps() has not come to its end"
        self._catch_up()
        with self._files:
            try:
                put_in_force(self._folder, self._note)
            except (FileNotFoundError, DamagedError) as error:
                raise LibraryError(
                    "The graph was removed by another window or command before it could be "
                    "searched; build it again."
                ) from error
            except OSError as error:
                raise LibraryError(
                    f"The graph could not take the index's place ({error.strerror}); try again, "
                    "nothing of it is lost."
                ) from error

    def _catch_up(self) -> None:
        """Take off what was removed since it was read, and take in what came later."""
        with self._database.reading() as session:
            for _ in catch_up(session, self._space, self.held):
                pass

    @property
    def _is_stored(self) -> bool:
        """Whether this try has stored it as it is now."""
        return self._note is not None and self._taken == self._kept and not self.held.changes

    @property
    def _taken(self) -> int:
        """How many vectors were taken in, also those that were removed since."""
        return len(self.held.index) + self.held.index.dead

    def _go_on_from_part(self) -> None:
        try:
            found = load_sidecar(
                self._folder,
                library=self._database.uid,
                space=self._space.name,
                note_name=BEING_BUILT,
            )
        except DamagedError as error:
            found = None
            self._tell(
                f"The part of the graph that was built is damaged ({error}) and is built anew."
            )
        if found is not None and self._is_good(*found):
            self.held = HeldIndex(*found)
            self._kept = self._taken
        else:
            with self._files:
                throw_away_part(self._folder)

    def _is_good(self, index: VectorIndex, token: str) -> bool:
        """Whether it is of a state that this library had."""
        with self._database.reading() as session:
            known = is_earlier(session, token)
        return known and index.is_graph and index.dimensions == self._space.dimensions

    def _take_in(self) -> Iterator[tuple[int, int]]:
        index, more = self.held.index, True
        while more:
            with self._database.reading() as session:
                token, total = newest_token(session), count_of_space(session, self._space)
                after = index.last_embedding
                read = list(later_rows(session, self._space, after=after, limit=_READ))
            self.held.token, more = token, bool(read)
            yield self._taken, max(total, self._taken)
            for embeddings, segments, vectors in read:
                for first in range(0, len(vectors), _AT_ONCE):
                    part = slice(first, first + _AT_ONCE)
                    index.add(embeddings[part], segments[part], vectors[part])
                    yield self._taken, max(total, self._taken)
            if self._taken - max(self._kept, self._tried) >= max(KEPT_AFTER, self._kept // 8):
                self._keep_part()

    def _keep_part(self) -> None:
        """Store what is built so far; a full disk is told once, and tried again with the next."""
        failed = self._tried > self._kept
        if not self._keep() and not failed:
            self._tell(
                "A part of the graph could not be stored beside the library; free some space on "
                "its disk. Building goes on; what is not stored is lost if it is stopped."
            )

    def _keep(self) -> bool:
        """Store what is built; whether that went well."""
        self._tried = self._taken
        try:
            with self._files:
                self._note = save_sidecar(
                    self._folder,
                    self.held.index,
                    library=self._database.uid,
                    space=self._space.name,
                    token=self.held.token,
                    note_name=BEING_BUILT,
                )
        except (OSError, RuntimeError):
            return False
        self._kept, self.held.changes = self._taken, 0
        return True

"""What a search by likeness has found, shown on the map that it is on."""

from collections.abc import Sequence

from crimeview.gui.map_making import MapSource
from crimeview.gui.page import Parts
from crimeview.gui.similar_search import Corpus
from crimeview.gui.text import translate
from crimeview.store.library.rows import Entry

_Key = tuple[str, int, int]  # content, start and end (ms)


def show_hits(parts: Parts) -> None:
    """Show the results of the search on the map of the library, or of the case, best first."""
    search, found = parts.similar, parts.similar.found
    if found is None or not found.matches:
        return
    entries = [match.entry for match in found.matches]
    if search.corpus is Corpus.CASE:
        _show(parts, _of_case(parts, entries), MapSource.CASE)
    elif search.library is parts.shelf.library:
        _show(parts, [entry.id for entry in entries], MapSource.LIBRARY)
    else:
        parts.workspace.noticed.emit(
            translate("Similar", "Another library was opened meanwhile; look again.")
        )


def _show(parts: Parts, ids: Sequence[int], source: MapSource) -> None:
    parts.map_making.show(source)
    parts.map_sight.choose(())
    parts.map_sight.find(ids, of=source)
    parts.navigation.show("map")


def _of_case(parts: Parts, entries: Sequence[Entry]) -> list[int]:
    """The case's own segments; a search of the case has copied them into a passing library."""
    workspace = parts.workspace
    contents = {r.id: r.fingerprint.sha256 for r in workspace.recordings if r.fingerprint}
    own: dict[_Key, list[int]] = {}
    for row in workspace.segments:
        if row.recording_id in contents:
            span = row.segment
            key = _key(contents[row.recording_id], span.start, span.end)
            own.setdefault(key, []).append(row.id)
    keys = [_key(e.recording.sha256 or "", e.start, e.end) for e in entries]
    return [number for key in keys for number in own.get(key, ())]


def _key(content: str, start: float, end: float) -> _Key:
    return content, round(1000 * start), round(1000 * end)

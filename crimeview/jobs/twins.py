"""Segments of other files that show the same event, as a copy that was encoded anew does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.similarity import alike_in_order, changes_alike, looks_alike
from crimeview.jobs.segment_pictures import Pictures
from crimeview.store.library.library import Library
from crimeview.store.library.rows import ClipSet, Entry, Filter, Hit
from crimeview.video.jpeg import gray_of_jpeg

_VECTOR = 0.995  # cosine from which on two segments are looked at clip by clip
_CLIPS = 0.98  # cosine that every pair of clips in order must reach
_LENGTHS = 0.1  # their lengths may differ by this share, or by a second
# How much their pictures must look alike: motion alone, which many crimes share, tells too little.
# Copies that were encoded anew reach 0.99, other places at most 0.94 (docs/library.md).
_LOOK = 0.96
_LOOKED_AT = (16, 9)  # pixels of a picture for that
# And what is left of them without their background, which one camera's segments share.
_CHANGES = 0.6
_CHANGES_AT = (32, 18)
_NEIGHBORS = 200  # looked at first; more as long as all of them are that near
_WIDER = 4
_MOST = 3_200


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What a segment shows from `start` to `end` (s) of the recording of that fingerprint.

    `vector` (d,) is of length one in the clips' space; `happened` seconds since 1970 (UTC), None
    where that is not known.
    """

    recording_uid: str
    start: float
    end: float
    vector: NDArray[np.floating]
    clips: ClipSet
    pictures: Pictures
    happened: float | None = None


def twins_of(library: Library, shown: Showing, *, wanted: Filter | None = None) -> Iterator[Entry]:
    """Segments of other files in the library that show the same, the most alike first.

    They last as long, did not happen at another time as far as is known, move alike, clip by clip,
    and look alike; without pictures nothing is the same.
    """
    if not library.has_space(shown.clips.space):
        return
    near = _near(library, shown, wanted)
    entries = library.entries_of(hit.segment_id for hit in near)
    for hit in near:
        entry = entries.get(hit.segment_id)
        if entry is None or not _may_be(shown, entry):
            continue
        clips = library.clips(entry.id)
        if clips is None or alike_in_order(shown.clips.features, clips.features) < _CLIPS:
            continue
        if _looks_the_same(shown.pictures, library.thumbnails(entry.id)):
            yield entry


def _near(library: Library, shown: Showing, wanted: Filter | None) -> list[Hit]:
    count = _NEIGHBORS
    while True:
        hits = library.search(shown.clips.space, shown.vector, count=count, wanted=wanted)
        near = [hit for hit in hits if hit.similarity >= _VECTOR]
        if len(near) < count or count >= _MOST:
            return near
        count *= _WIDER


def _may_be(shown: Showing, entry: Entry) -> bool:
    """By what the library says of it: another file, as long, and of the same time."""
    length, other = shown.end - shown.start, entry.end - entry.start
    if entry.recording.uid == shown.recording_uid:
        return False
    if abs(other - length) > max(1.0, _LENGTHS * length):
        return False
    if shown.happened is None or entry.happened is None:
        return True
    return abs(shown.happened - entry.happened) <= max(length, other)


def _looks_the_same(first: Pictures, second: Sequence[tuple[float, bytes]]) -> bool:
    if looks_alike(_grays(first, _LOOKED_AT), _grays(second, _LOOKED_AT)) < _LOOK:
        return False
    return changes_alike(_grays(first, _CHANGES_AT), _grays(second, _CHANGES_AT)) >= _CHANGES


def _grays(pictures: Sequence[tuple[float, bytes]], size: tuple[int, int]) -> NDArray[np.float32]:
    """Small pictures (n, h, w) by their brightness."""
    width, height = size
    found = [gray_of_jpeg(jpeg, width=width, height=height) for _, jpeg in pictures]
    there = [picture for picture in found if picture is not None]
    return np.asarray(there, np.float32).reshape(-1, height, width)

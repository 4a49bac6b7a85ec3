"""Groups of pictures: a keyframe and what is decoded from it."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.video.clock import Clock
from crimeview.video.index import PacketIndex, find_packets, packet_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Gops:
    """A recording's keyframes in order of time, and what follows each, all arrays (k,).

    `times` are the seconds at which the keyframes are shown, `ends` those at which the next one is
    or the recording ends. `positions` are those of the index, `sizes` (int32) bytes of the
    keyframes, `bytes` those of all packets from each keyframe to the next in the file, its own
    among them, and `pictures` (int32) the number of those packets. In an open group the first
    pictures after a keyframe in the file are shown before it; they count here as they are stored.
    `in_order` is that of the index: where it is False, times are not to be relied on.
    """

    times: NDArray[np.float64]
    ends: NDArray[np.float64]
    positions: NDArray[np.int64]
    sizes: NDArray[np.int32]
    bytes: NDArray[np.int64]
    pictures: NDArray[np.int32]
    in_order: bool


def gops(path: Path, clock: Clock) -> Gops:
    """Find the groups of pictures without decoding; takes as long as `packet_index`, and raises."""
    return gops_of(packet_index(path, clock), clock)


def find_gops(path: Path, clock: Clock) -> Generator[float, None, Gops]:
    """The same in short steps, as `find_packets`."""
    return gops_of((yield from find_packets(path, clock)), clock)


def gops_of(index: PacketIndex, clock: Clock) -> Gops:
    """The groups of pictures of an index; keyframes that do not tell their time are left out."""
    keys = np.flatnonzero(index.keyframes)
    stored = np.cumsum(index.sizes, dtype=np.int64) - index.sizes
    total = int(index.sizes.sum(dtype=np.int64))
    in_bytes = np.diff(stored[keys], append=total)
    in_pictures = np.diff(keys, append=len(index.sizes))
    order = np.argsort(index.times[keys], kind="stable")  # NaN last
    order = order[: np.count_nonzero(~np.isnan(index.times[keys]))]
    chosen = keys[order]
    times = index.times[chosen]
    end = np.nanmax(index.times) + clock.frame_duration if len(times) else 0.0
    return Gops(
        times=times,
        ends=np.append(times[1:], end) if len(times) else times,
        positions=index.positions[chosen],
        sizes=index.sizes[chosen],
        bytes=in_bytes[order],
        pictures=in_pictures[order].astype(np.int32),
        in_order=index.in_order,
    )


def chosen(groups: Gops, rows: NDArray[np.intp]) -> Gops:
    """Some of the groups, by their numbers, ascending."""
    return Gops(
        times=groups.times[rows],
        ends=groups.ends[rows],
        positions=groups.positions[rows],
        sizes=groups.sizes[rows],
        bytes=groups.bytes[rows],
        pictures=groups.pictures[rows],
        in_order=groups.in_order,
    )


def thinned(groups: Gops, *, apart: float) -> Gops:
    """Groups that begin at least `apart` seconds after one another, made of one or several each.

    Where every picture is a keyframe, as in MJPEG, there is no need to decode them all in order to
    see whether anything has moved. A short group now and then, as where files were joined, stays
    as it is.
    """
    if len(groups.times) and np.median(groups.ends - groups.times) >= apart:
        return groups
    chosen, at = [], 0
    while at < len(groups.times):
        chosen.append(at)
        at = max(at + 1, int(np.searchsorted(groups.times, groups.times[at] + apart)))
    if len(chosen) == len(groups.times):
        return groups
    return Gops(
        times=groups.times[chosen],
        ends=np.append(groups.times[chosen[1:]], groups.ends[-1]),
        positions=groups.positions[chosen],
        sizes=groups.sizes[chosen],
        bytes=np.add.reduceat(groups.bytes, chosen),
        pictures=np.add.reduceat(groups.pictures, chosen),
        in_order=groups.in_order,
    )

"""Finding out what of a recording is worth decoding, from its keyframes."""

import time
from collections.abc import Generator
from contextlib import closing
from typing import cast

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job, Step
from crimeview.core.look import CELLS, Gate, Refusal
from crimeview.core.spans import merged
from crimeview.jobs.coming import coming_clips
from crimeview.jobs.hiding import without
from crimeview.jobs.strip import StripExtraction
from crimeview.scene.audit import audited
from crimeview.scene.glance import glance_at, is_busy
from crimeview.scene.keyframes import KeyframeGate
from crimeview.store.features import FeatureWriter
from crimeview.video.gops import Gops, chosen
from crimeview.video.source import Source

_REPORT = 0.1  # s between reports
_STORE = 5.0  # s of work that a stop may cost
_PAUSE = 2.0  # times what its pictures last: then the recording was interrupted in the group
_INDEXING = 0.1  # of the work, where the file must be read through


def find_gate(
    source: Source,
    *,
    writer: FeatureWriter,
    strip: StripExtraction,
    clip: float,
    seed: str,
    workers: int,
    name: str,
    hidden: NDArray[np.bool_] | None = None,
) -> Job[Gate]:
    """Look at the keyframes of a recording, where that helps, and say what of it is decoded.

    Goes on where `writer` says that it was stopped. `clip` is how many seconds a clip of the
    network lasts, `seed` a text that chooses what is audited, `workers` how many threads decode.
    What moves in the `hidden` cells, (90, 160) as keyframes are stored, does not count.
    The keyframes become the `strip` as well. Steps say how far in words only, and call the
    recording `name`; nothing is analyzed yet. Raises MediaError, and OvertakenError where another
    process works on the same content.
    """
    message = f"Looking for movement in {name}"
    yield Step(done=0.0, total=None, message=message)
    gops = yield from _gops(source, message)
    recording = source.recording
    gate = KeyframeGate(gops, height=recording.height, width=recording.width, clip=clip)
    spacing = _spacing(gops, recording.frame_rate)
    if gate.refusal is not None:
        return _whole(gate.refusal, spacing=spacing)
    known = writer.gate_progress()
    if known is not None and len(known["scores"]) == len(gops.times):
        gate.restore(known)
    elif not source.can_pass_over():
        return _whole(Refusal.NO_TIME_STAMPS, spacing=spacing)
    elif (yield from _is_busy(source, gops, hidden, workers=workers, message=message)):
        return _whole(Refusal.BUSY, spacing=spacing)
    yield from _look(source, gops, gate, strip, writer, hidden, workers=workers, message=message)
    verdict = gate.verdict()
    if verdict.refusal is not None:
        return _whole(verdict.refusal, spacing=spacing, clock=verdict.clock)
    checked = audited(gops, verdict.kept, clip=clip, seed=seed)
    return Gate(
        kept=merged(np.concatenate([verdict.kept, checked])),
        audited=checked,
        refusal=None,
        spacing=spacing,
        clock=verdict.clock,
    )


def _spacing(gops: Gops, rate: float) -> float:
    """The longest time (s) from one keyframe to the next in which pictures were recorded."""
    lengths, recorded = gops.ends - gops.times, gops.pictures / rate
    pauses = lengths > _PAUSE * recorded
    return float(np.where(pauses, recorded, lengths).max(initial=0.0))


def _whole(refusal: Refusal, *, spacing: float, clock: NDArray[np.bool_] | None = None) -> Gate:
    """All of the recording is decoded."""
    return Gate(
        kept=None,
        audited=np.empty((0, 2)),
        refusal=refusal,
        spacing=spacing,
        clock=np.zeros(CELLS, np.bool_) if clock is None else clock,
    )


def _is_busy(
    source: Source,
    gops: Gops,
    hidden: NDArray[np.bool_] | None,
    *,
    workers: int,
    message: str,
) -> Job[bool]:
    """Whether a few keyframes show that looking at all of them would be in vain."""
    rows, columns = CELLS
    numbers = glance_at(len(gops.times))
    if len(numbers) == 0:
        return False
    few = chosen(gops, numbers)
    pictures = source.keyframe_pictures(
        gops, height=rows, width=columns, workers=workers, wanted=few
    )
    seen = []
    with closing(coming_clips(pictures)) as coming:
        for picture in coming:
            if picture is not None:
                seen.append(without(picture.luma, hidden))
            yield Step(done=0.0, total=None, message=f"{message} ({_INDEXING:.0%})")
    return is_busy(seen)


def _gops(source: Source, message: str) -> Generator[Step, None, Gops]:
    """The groups of pictures, which some containers tell only when they are read through."""
    with closing(source.gops()) as finding:
        while True:
            try:
                share = next(finding)
            except StopIteration as end:
                return cast("Gops", end.value)
            yield Step(done=0.0, total=None, message=f"{message} ({_INDEXING * share:.0%})")


def _look(
    source: Source,
    gops: Gops,
    gate: KeyframeGate,
    strip: StripExtraction,
    writer: FeatureWriter,
    hidden: NDArray[np.bool_] | None,
    *,
    workers: int,
    message: str,
) -> Job[None]:
    """Show the gate the keyframes that it has not seen."""
    rows, columns = CELLS
    left = chosen(gops, np.arange(gate.seen, len(gops.times)))
    pictures = source.keyframe_pictures(
        gops,
        height=rows,
        width=columns,
        workers=workers,
        wanted=left,
        jpeg_every=strip.spacing,
    )
    share, reported, stored = _INDEXING, time.monotonic(), time.monotonic()
    with closing(coming_clips(pictures)) as coming:
        for picture in coming:
            if picture is not None:
                gate.add(picture.time, without(picture.luma, hidden))
                if picture.jpeg is not None:
                    strip.add_picture(picture.time, picture.jpeg)
            if picture is None or time.monotonic() - reported >= _REPORT:
                if picture is not None:
                    share = _INDEXING + (1 - _INDEXING) * picture.time / gops.ends[-1]
                yield Step(done=0.0, total=None, message=f"{message} ({share:.0%})")
                reported = time.monotonic()
            if gate.seen and time.monotonic() - stored >= _STORE:
                strip.store()
                writer.save_gate_progress(gate.state())
                stored = time.monotonic()
    strip.store()

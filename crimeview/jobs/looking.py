"""Looking at clips as closely as they deserve: what does not move is not shown to the network."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import Clip, ClipSpec
from crimeview.core.look import Gate, Look
from crimeview.core.recording import Recording
from crimeview.core.spans import within
from crimeview.jobs.hiding import Hidden
from crimeview.scene.still import moves, resized_mask

Picture: TypeAlias = NDArray[np.uint8]
Numbers: TypeAlias = Callable[[Picture], NDArray[np.float32]]  # the row (d,) of frames (T, h, w, c)


class RowMaker(Protocol):
    """Makes the row of each clip of a recording, in order."""

    def row(self, clip: Clip) -> tuple[Look, NDArray[np.floating]]:
        """How the clip was looked at, and its row (d,)."""

    def forget(self) -> None:
        """Go on as if the next clip were the first."""


def observed(
    numbers: Numbers, spec: ClipSpec, *, hidden: Hidden | None = None
) -> Callable[[Recording, Gate | None], "Observer"]:
    """The maker of rows that shows a network what moves in clips of that spec.

    What is `hidden` it does not see.
    """

    def maker(recording: Recording, gate: Gate | None) -> Observer:
        if gate is not None:
            gate = as_sampled(gate, spec, rotation=recording.rotation)
        return Observer(numbers, gate, hidden=hidden)

    return maker


def as_sampled(gate: Gate, spec: ClipSpec, *, rotation: int) -> Gate:
    """The gate, its clock where clips of the spec show it: turned as they are, and cropped.

    `rotation` is by how many degrees the recording is turned clockwise to be shown.
    """
    (height, width), (rows, columns) = spec.resize, spec.crop
    top, left = (height - rows) // 2, (width - columns) // 2
    upright = resized_mask(np.rot90(gate.clock, -round(rotation / 90)), height, width)
    return replace(gate, clock=upright[top : top + rows, left : left + columns])


class Observer:
    """Makes the row of each clip and says how it was looked at.

    A clip in which nothing moves gets the row of a picture that stands still: its own, or that of a
    still clip just before. So whatever is made from the rows later has as many of them, and they
    say what the network says of stillness.
    """

    def __init__(
        self, numbers: Numbers, gate: Gate | None, *, hidden: Hidden | None = None
    ) -> None:
        """`numbers` makes the row of a clip's frames; the gate's clock is where those show it.

        Without a gate every clip is analyzed. What is `hidden` neither network nor gate sees.
        """
        self._numbers, self._gate, self._hidden = numbers, gate, hidden
        self._standing: tuple[Picture, NDArray[np.float32]] | None = None
        self._picture: Picture | None = None

    def row(self, clip: Clip) -> tuple[Look, NDArray[np.float32]]:
        """How the clip was looked at, and its row (d,)."""
        if self._hidden is not None:
            clip = self._hidden.applied(clip)
        look = self._look(clip)
        if look in (Look.ANALYZED, Look.AUDITED_MOVING):
            self._picture = None
            return look, self._numbers(clip.frames)
        if not clip.decoded or self._picture is None:
            self._picture = clip.frames[-1]
        return look, self._still(self._picture, len(clip.frames))

    def forget(self) -> None:
        """Take the next still clip by its own picture, not by that of one before."""
        self._picture = None

    def _look(self, clip: Clip) -> Look:
        if self._gate is None:
            return Look.ANALYZED
        if not clip.decoded:
            return Look.SKIPPED_BY_KEYFRAMES
        ignored = self._hidden.mask if self._hidden is not None else None
        # A single picture that stands for all the clip says nothing of movement.
        moving = clip.pictures == 1 or moves(clip.frames, clock=self._gate.clock, ignored=ignored)
        middle = np.array([(clip.start + clip.end) / 2])
        if within(self._gate.audited, middle).any():
            return Look.AUDITED_MOVING if moving else Look.AUDITED_STILL
        return Look.ANALYZED if moving else Look.SKIPPED_BY_PICTURES

    def _still(self, picture: Picture, frames: int) -> NDArray[np.float32]:
        known = self._standing
        if known is None or not np.array_equal(known[0], picture):
            standing = np.broadcast_to(picture, (frames, *picture.shape))
            known = self._standing = picture, self._numbers(standing)
        return known[1]

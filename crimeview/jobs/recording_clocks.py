"""Saying when recordings were made and by which camera, as an edit."""

from collections.abc import Mapping

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.wall_clock import RecordingClock
from crimeview.store.rows import CaseClock


def clocked(known: Mapping[int, CaseClock], given: Mapping[int, CaseClock]) -> Edit | None:
    """The edit that gives recordings (ids) these clocks in place of the `known` ones.

    None where they are so already.
    """
    changes = [
        Change(before=_record(number, known.get(number)), after=_record(number, clock))
        for number, clock in given.items()
        if known.get(number) != clock
    ]
    return Edit(action=Action.CLOCK, changes=tuple(changes)) if changes else None


def _record(recording_id: int, known: CaseClock | None) -> RecordingClock | None:
    if known is None:
        return None
    return RecordingClock(recording_id=recording_id, camera=known.camera, clock=known.clock)

"""When recordings were made and by which camera: as it is found, and as a person says."""

from collections.abc import Mapping, Sequence

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.errors import CrimeviewError
from crimeview.core.wall_clock import RecordingClock, camera_in_name
from crimeview.store.case import Case
from crimeview.store.rows import CaseClock, CaseRecording


def found_clocks(case: Case, recordings: Sequence[CaseRecording]) -> Mapping[int, CaseClock]:
    """The clocks that are stored, and those that are found now of these, which are stored."""
    known = case.times.clocks()
    unknown = [r for r in recordings if r.id not in known and r.recording is not None]
    if not unknown:
        return known
    from crimeview.video.recorded_at import recorded_at  # only here: decoders are slow to load

    found = {}
    for recording in unknown:
        path, facts = recording.path, recording.recording
        duration = facts.duration if facts is not None else 0.0
        if duration <= 0.0:
            continue
        try:
            clock = recorded_at(path, duration=duration)
        except CrimeviewError:  # its file is away: another time
            continue
        camera = camera_in_name(path.stem, path.parent.name)
        found[recording.id] = CaseClock(camera=camera, clock=clock)
    known = case.times.clocks()  # opening files takes long: a person may have given some meanwhile
    found = {number: clock for number, clock in found.items() if number not in known}
    case.times.set_clocks(found)
    return known | found


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

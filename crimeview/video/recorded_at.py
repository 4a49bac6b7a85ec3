"""When a recording was made, as far as its file tells."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from crimeview.core.errors import MediaError
from crimeview.core.wall_clock import WallClock, WallClockSource, time_in_name
from crimeview.video.container import open_container

_KEYS = ("creation_time", "com.apple.quicktime.creationdate", "date")
_EARLIEST = 1990  # before it, a clock has not been set


def recorded_at(path: Path, *, duration: float) -> WallClock:
    """The best that is known: the time in the file's name, in the container, or the file's own.

    The first is the camera's, its zone unknown. The second is in UTC, and of the recording's
    beginning. The third is of its end, `duration` (s) later, in this computer's zone. Raises
    MediaError where the file cannot be opened.
    """
    named = time_in_name(path.stem)
    if named is not None:
        return WallClock(start=named, zone=None, offset=0.0, source=WallClockSource.FILE_NAME)
    told = _in_container(path)
    if told is not None:
        return told
    try:
        changed = path.stat().st_mtime
    except OSError as error:
        raise MediaError(f"“{path.name}” is gone; bring it back and open it again.") from error
    begins = datetime.fromtimestamp(changed, UTC).astimezone() - timedelta(seconds=duration)
    return WallClock(
        start=begins.replace(tzinfo=None),
        zone=_zone(begins),
        offset=0.0,
        source=WallClockSource.FILE_TIME,
    )


def _in_container(path: Path) -> WallClock | None:
    with open_container(path) as container:
        metadata = dict(container.metadata)
    for key in _KEYS:
        try:
            begins = datetime.fromisoformat(metadata.get(key, ""))
        except ValueError:
            continue
        if begins.year < _EARLIEST or (begins.hour, begins.minute, begins.second) == (0, 0, 0):
            continue  # never set, or a date without a time
        return WallClock(
            start=begins.replace(tzinfo=None),
            zone=_zone(begins),
            offset=0.0,
            source=WallClockSource.CONTAINER,
        )
    return None


def _zone(moment: datetime) -> str | None:
    """As `UTC` or `+09:00`."""
    offset = moment.utcoffset()
    if offset is None:
        return None
    minutes = round(offset.total_seconds() / 60)
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"

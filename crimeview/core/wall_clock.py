"""When a recording was made, by its camera's clock, and how that is known."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import Enum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crimeview.core.errors import UsageError

_STAMP = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])"
    r"[T _.-]*([01]\d|2[0-3])[-_.:hH]?([0-5]\d)(?:[-_.:mM]?([0-5]\d))?"
)
_FIXED = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?")


class WallClockSource(Enum):
    """Where the time of a recording's beginning is from, the surest first."""

    GIVEN = "given"  # by a person
    FILE_NAME = "file name"
    CONTAINER = "container"  # what the file says of its making
    FILE_TIME = "file time"  # when the file was last changed, which copying may have been

    @property
    def is_sure(self) -> bool:
        """Whether recordings can be put in a row by it."""
        return self is not WallClockSource.FILE_TIME


@dataclass(frozen=True, slots=True, kw_only=True)
class WallClock:
    """The camera's time at a recording's beginning.

    `start` is local and without zone, as the camera shows it; `zone` is a name such as
    `Asia/Seoul`, `UTC` or `+09:00`, None where it is not known. `offset` seconds are to be added to
    what the camera shows for the time to be right.
    """

    start: datetime
    zone: str | None
    offset: float
    source: WallClockSource

    def at(self, seconds: float) -> datetime:
        """The right local time at a moment (s) of the recording, without its zone.

        With a zone it follows daylight saving time.
        """
        begins = self.start + timedelta(seconds=self.offset)
        if self.zone is None:
            return begins + timedelta(seconds=seconds)
        place = zone_of(self.zone)
        instant = begins.replace(tzinfo=place).astimezone(UTC) + timedelta(seconds=seconds)
        return instant.astimezone(place).replace(tzinfo=None)

    def instant(self, seconds: float = 0.0) -> float:
        """The same as seconds since 1970, to compare recordings by.

        Cameras whose zone is not known are taken to be in one and the same, UTC.
        """
        begins = self.start + timedelta(seconds=self.offset)
        place = zone_of(self.zone) if self.zone is not None else UTC
        return begins.replace(tzinfo=place).timestamp() + seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingClock:
    """When a recording (its id in the case) was made, and by which camera."""

    recording_id: int
    camera: str
    clock: WallClock


def zone_of(name: str) -> tzinfo:
    """The zone of that name; raises UsageError where there is none."""
    if name.upper() == "UTC":
        return UTC
    if found := _FIXED.fullmatch(name.strip()):
        sign = -1 if found[1] == "-" else 1
        minutes = sign * (int(found[2]) * 60 + int(found[3] or 0))
        if abs(minutes) < 24 * 60:
            return timezone(timedelta(minutes=minutes))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(
            f"There is no time zone “{name}”; write one such as Asia/Seoul, UTC or +09:00."
        ) from error


class ComputerZone(tzinfo):
    """The zone of this computer's clock, with its changes to daylight saving time and back.

    What `datetime.astimezone()` gives is the offset of one moment, which holds until the next
    change only.
    """

    def fromutc(self, moment: datetime) -> datetime:
        local = moment.replace(tzinfo=UTC).astimezone()
        return local.replace(tzinfo=self)

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return moment.replace(tzinfo=None).astimezone().utcoffset() if moment is not None else None

    def dst(self, _moment: datetime | None) -> None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return moment.replace(tzinfo=None).astimezone().tzname() if moment is not None else None


def time_in_name(name: str) -> datetime | None:
    """The first time that a file's name holds, as in `cam3_20240517_164211.mp4`; None if none."""
    for found in _STAMP.finditer(name):
        year, month, day, hour, minute = (int(part) for part in found.groups()[:5])
        try:
            return datetime(year, month, day, hour, minute, int(found[6] or 0))  # noqa: DTZ001
        except ValueError:  # there is no 31st of June
            continue
    return None


def camera_in_name(stem: str, folder: str) -> str:
    """What of a file's name is the camera's: it without times and running numbers, else `folder`.

    `stem` is the file's name without its ending.
    """
    rest = _STAMP.sub(" ", stem)
    rest = re.sub(r"(?<!\d)\d{8,14}(?!\d)", " ", rest)
    if rest != stem:  # the name was put together by a recorder, with numbers at its end
        rest = re.sub(r"[\s_.-]+\d+\s*$", " ", rest.rstrip(" _.-"))
    name = re.sub(r"[\s_]+", " ", rest).strip(" _.-")
    return name or folder


def wall_text(moment: datetime, *, decimals: int = 0, with_date: bool = True) -> str:
    """`2024-05-17 16:42:11` or, with decimals, `2024-05-17 16:42:11.25`; never rounded up."""
    text = moment.strftime("%Y-%m-%d %H:%M:%S" if with_date else "%H:%M:%S")
    if not decimals:
        return text
    return f"{text}.{moment.microsecond // 10 ** (6 - decimals):0{decimals}d}"

"""On which days and at what times a rule holds, by the camera's own clock."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from crimeview.core.errors import UsageError

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = 24 * 60  # minutes
_TIME = re.compile(r"(\d{1,2}):(\d\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWindow:
    """From `begin` to `end`, minutes since midnight, on each of `days` (0 is Monday).

    Where the end is not after the beginning it is on the following day: 22:00-06:00 on a Friday
    ends on Saturday.
    """

    days: frozenset[int]
    begin: int
    end: int

    def __post_init__(self) -> None:
        if not self.days or not self.days <= set(range(7)):
            raise UsageError("A time of a schedule needs at least one day of the week.")
        if not (0 <= self.begin < _DAY and 0 <= self.end <= _DAY):
            raise UsageError("Times of a schedule lie from 00:00 to 24:00.")

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.begin if self.end > self.begin else self.end + _DAY - self.begin

    def holds(self, moment: datetime) -> bool:
        """Whether a local time lies in it, its end not included."""
        for begun in (moment.weekday(), (moment - timedelta(days=1)).weekday()):
            today = begun == moment.weekday()
            minute = moment.hour * 60 + moment.minute + (0 if today else _DAY)
            if begun in self.days and self.begin <= minute < self.begin + self.minutes:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Schedule:
    """Times of the week; none at all means always."""

    windows: tuple[TimeWindow, ...] = ()

    @property
    def always(self) -> bool:
        return not self.windows

    def holds(self, moment: datetime) -> bool:
        """Whether a local time lies in one of them."""
        return self.always or any(window.holds(moment) for window in self.windows)


ALWAYS = Schedule()


def schedule_text(schedule: Schedule) -> str:
    """`Mon-Fri 22:00-06:00; Sat,Sun 00:00-24:00`, as `parse_schedule` reads it; empty: always."""
    return "; ".join(
        f"{days_text(window.days)} {_time_text(window.begin)}-{_time_text(window.end)}"
        for window in schedule.windows
    )


def parse_schedule(text: str) -> Schedule:
    """The schedule of such a text; days may be left out for all of them.

    Raises UsageError, a sentence with an example.
    """
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    if text.strip().lower() in ("", "always"):
        return ALWAYS
    return Schedule(tuple(_window(part) for part in parts))


def days_text(days: frozenset[int]) -> str:
    """`Mon-Fri` or `Sat,Sun`: three days or more in a row as the first and the last."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 2 else ",".join(DAYS[day] for day in run)
        for run in runs
    )


def _window(text: str) -> TimeWindow:
    found = re.fullmatch(r"(?:([A-Za-z, -]+?)\s+)?(\S+?)\s*-\s*(\S+)", text)
    if found is None:
        raise _unread(text)
    days = _days(found[1]) if found[1] else frozenset(range(7))
    return TimeWindow(days=days, begin=_minutes(found[2], text), end=_minutes(found[3], text))


def _days(text: str) -> frozenset[int]:
    days: set[int] = set()
    for part in text.replace(" ", "").split(","):
        ends = [_day(name, text) for name in part.split("-")]
        if len(ends) > 2:
            raise _unread(text)
        first, last = ends[0], ends[-1]
        days |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    return frozenset(days)


def _day(name: str, text: str) -> int:
    short = name[:3].capitalize()
    if short not in DAYS:
        raise _unread(text)
    return DAYS.index(short)


def _minutes(text: str, whole: str) -> int:
    found = _TIME.fullmatch(text)
    if found is None or int(found[2]) > 59 or int(found[1]) * 60 + int(found[2]) > _DAY:
        raise _unread(whole)
    return int(found[1]) * 60 + int(found[2])


def _time_text(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _unread(text: str) -> UsageError:
    return UsageError(
        f"“{text}” is no time of a schedule; write such as “Mon-Fri 22:00-06:00; Sat,Sun "
        "00:00-24:00”, or “always”."
    )

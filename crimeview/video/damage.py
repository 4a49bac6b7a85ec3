"""What went wrong while a recording was read, as one sentence."""

from crimeview.core.timetext import clock_text

_SHORTFALL = 1.0  # s; containers promise their length only about as exactly as this


class Damage:
    """Watches a reading go by: which spans of the recording could not be read well."""

    def __init__(self, *, promised: float | None) -> None:
        """`promised` is when (s) the container says the pictures end, None if it does not."""
        self._promised = promised
        self._at: float | None = None  # time of the newest picture
        self._failing = False
        self._first: float | None = None
        self._last = 0.0
        self._broken_off = False

    def failed(self) -> None:
        """A packet could not be decoded or arrived damaged.

        Nothing is made of it before the first picture: a recording cut from a running stream
        begins with packets that refer to what is not there.
        """
        self._failing = self._failing or self._at is not None

    def passed(self, time: float) -> None:
        """The picture at `time` was read."""
        if self._failing and self._at is not None:
            self._first = self._at if self._first is None else self._first
            self._last = time
            self._failing = False
        self._at = time

    def broke_off(self) -> None:
        """The file could not be read on."""
        self._broken_off = True

    def ended(self, end: float) -> None:
        """The last picture that could be read goes at `end`."""
        self._at = end
        if self._failing or (self._promised is not None and end < self._promised - _SHORTFALL):
            self._broken_off = True

    @property
    def sentence(self) -> str | None:
        """What could not be read so far, or None."""
        if self._broken_off and self._at is not None:
            return (
                f"The file is damaged after {clock_text(self._at)}; what follows could not be read."
            )
        if self._first is None:
            return None
        first, last = clock_text(self._first), clock_text(self._last)
        if first == last:
            return f"The file is damaged at {first}; pictures there may be missing or wrong."
        return (
            f"The file is damaged between {first} and {last}; "
            "pictures there may be missing or wrong."
        )

"""Scores of a long recording while it is still analyzed: what was found shows early."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

from crimeview.core.job import Job, Step

_SECONDS = 10.0  # at least, between previews
_SHARE = 0.05  # of the time, at most, spent on them


class Preview:
    """Scores what there is, now and then."""

    def __init__(self, score: Callable[[], Job[int]], *, seconds: Callable[[], float]) -> None:
        """`seconds` is how far the analysis is, which scoring does not change."""
        self._score, self._seconds = score, seconds
        self._due = time.monotonic() + _SECONDS

    def steps(self) -> Iterator[Step]:
        began = time.monotonic()
        if began >= self._due:
            with closing(self._score()) as scoring:
                for step in scoring:
                    yield replace(step, done=self._seconds())
            now = time.monotonic()
            self._due = now + max(_SECONDS, (now - began) / _SHARE)

"""Several parts of a search at the same time."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import faiss

T = TypeVar("T")


def side_by_side(jobs: Sequence[Callable[[], T]]) -> list[T]:
    """What each gives, in their order; each runs in a thread of its own."""
    if len(jobs) == 1:
        return [jobs[0]()]
    with ThreadPoolExecutor(len(jobs), "vectors", initializer=_alone) as pool:
        return [done.result() for done in [pool.submit(job) for job in jobs]]


@contextmanager
def one_thread() -> Iterator[None]:
    """Within, FAISS uses no threads of its own in this one.

    They serve several queries at once, of which there is one here; where they have nothing to do
    they wait by turning in circles, which costs more than the search.
    """
    before = faiss.omp_get_max_threads()
    _alone()
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def _alone() -> None:
    faiss.omp_set_num_threads(1)  # OpenMP keeps that number for each thread by itself

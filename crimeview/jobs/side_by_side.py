"""Several jobs at once, each in a thread of its own."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from queue import Queue
from threading import Event

from crimeview.core.job import Job, Step

_WAITING = 64  # steps that may wait to be taken


def side_by_side(jobs: Sequence[Job[None]]) -> Job[None]:
    """Run the jobs to their ends, all at the same time; their steps come as they are made.

    A single one runs in the caller's thread. Each job is advanced and closed by one thread alone.
    The first error ends all of them and is raised here; closing ends them at their next step.
    """
    if len(jobs) == 1:
        yield from jobs[0]
        return
    box: Queue[Step | None] = Queue(_WAITING)  # None: a job has ended
    stop = Event()

    def run(job: Job[None]) -> None:
        try:
            with closing(job):
                for step in job:
                    box.put(step)
                    if stop.is_set():
                        return
        except BaseException:
            stop.set()
            raise
        finally:
            box.put(None)

    with ThreadPoolExecutor(max(1, len(jobs)), "lane") as lanes:
        running = [lanes.submit(run, job) for job in jobs]
        left = len(jobs)
        try:
            while left:
                step = box.get()
                if step is None:
                    left -= 1
                else:
                    yield step
        finally:
            stop.set()
            while left:  # a thread that waits for room gets it, and then sees that it must stop
                left -= box.get() is None
        for done in running:
            done.result()

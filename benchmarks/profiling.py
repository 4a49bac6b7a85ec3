"""Where the time of one analysis goes, by stage, without changing the program.

A thread looks at what the others do many times a second and adds the processor time each has taken
since the last look to the stage it is in, which the module on top of its stack tells. The rest of
the process's time was taken by threads that Python does not know: the decoder's, told by their
names, and the network's. Needs Linux. Run as
`python -m benchmarks.profiling [RECORDING] [--json FILE] [--quick] [-- OPTION ...]`, where the
options are those of `crimeview analyze`.
"""

import argparse
import json
import sys
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import suppress
from operator import itemgetter
from pathlib import Path
from types import FrameType

from benchmarks.recordings import Recipe, build
from benchmarks.tables import table
from crimeview.__main__ import main as crimeview

_EVERY = 0.001  # s
_OTHER = "the rest of the program"
_OPENING = "opening the file, its index"
_NETWORK_THREADS, _DECODER_THREADS = "network: its own threads", "decoding: its own threads"
# The innermost frame of a stack that begins with one of these tells the stage.
_STAGES = {
    "crimeview/video/fingerprint": "reading the file through (its checksum)",
    "crimeview/video/keyframe_": "keyframes: decoding and scaling",
    "crimeview/video/luma": "keyframes: decoding and scaling",
    "crimeview/video/single": "keyframes: decoding and scaling",
    "crimeview/scene/still": "gate on pictures",
    "crimeview/scene/": "keyframes: judging",
    "crimeview/video/picture": "scaling to the network's size",
    "crimeview/video/jpeg": "strip of small pictures",
    "crimeview/jobs/strip": "strip of small pictures",
    "crimeview/video/sampling": "making clips",
    "crimeview/video/probe": _OPENING,
    "crimeview/video/passing": _OPENING,
    "crimeview/video/gops": _OPENING,
    "crimeview/video/mp4": _OPENING,
    "crimeview/video/index": _OPENING,
    "crimeview/video/places": _OPENING,
    "crimeview/video/": "decoding: reading and handing over",
    "crimeview/nets/encoder": "network: features",
    "crimeview/nets/frame_classifier": "network: violence",
    "crimeview/nets/scorer": "scoring",
    "crimeview/jobs/score": "scoring",
    "crimeview/store/": "storing",
    "crimeview/cli/models": "opening the models",
    "crimeview/jobs/open_models": "opening the models",
    "<frozen importlib": "loading libraries",
}


class Sampler:
    """Adds up processor time by stage, from `start` to `stop`."""

    def __init__(self) -> None:
        self.stages: defaultdict[str, float] = defaultdict(float)  # s
        self._own = 0.0
        self._native: dict[int, tuple[str, float]] = {}
        self._last: dict[int, float] = {}
        self._stage: dict[int, str] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="sampler", daemon=True)

    def start(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        self._thread.start()

    def stop(self) -> tuple[float, float]:
        """End; gives the seconds of wall and processor time since the start."""
        self._stop.set()
        self._thread.join()
        wall = time.perf_counter() - self._wall
        cpu = time.process_time() - self._cpu - self._own
        decoders = sum(s for name, s in self._native.values() if name.startswith("av:"))
        known = sum(self.stages.values())
        self.stages[_DECODER_THREADS] = decoders
        self.stages[_NETWORK_THREADS] = max(0.0, cpu - known - decoders)
        return wall, cpu

    def _watch(self) -> None:
        number = 0
        while not self._stop.wait(_EVERY):
            for ident, frame in sys._current_frames().items():
                if ident != threading.get_ident():
                    self._look(ident, frame)
            number += 1
            if number % 10 == 0:
                self._look_at_native()
        self._own = time.thread_time()

    def _look(self, ident: int, frame: FrameType) -> None:
        try:
            now = time.clock_gettime(time.pthread_getcpuclockid(ident))
        except OSError:  # it has ended
            return
        taken = now - self._last.get(ident, 0.0)
        self._last[ident] = now
        stage = self._stage.get(ident, _OTHER)  # one that waits now has worked before
        if not frame.f_code.co_filename.endswith(_WAITING):
            stage = self._stage[ident] = stage_of(frame)
        # A thread's number is given again when it has ended; a new one has taken little.
        self.stages[stage] += taken if taken >= 0 else now

    def _look_at_native(self) -> None:
        for folder in Path("/proc/self/task").iterdir():
            with suppress(OSError, ValueError):
                text = (folder / "stat").read_text(encoding="utf-8")
                name, _, rest = text[text.index("(") + 1 :].rpartition(")")
                ticks = rest.split()[11:13]
                self._native[int(folder.name)] = name, sum(map(int, ticks)) / _TICKS


_TICKS = 100  # a second, of /proc
_WAITING = ("threading.py", "queue.py", "concurrent/futures/thread.py")


def stage_of(frame: FrameType | None) -> str:
    """The stage that the innermost frame of the program on this stack belongs to."""
    while frame is not None:
        name = frame.f_code.co_filename
        place = name[name.rfind("crimeview/") :] if "crimeview/" in name else name
        for begin, stage in _STAGES.items():
            if place.startswith(begin):
                return stage
        frame = frame.f_back
    return _OTHER


def main() -> None:
    args = _arguments()
    if not Path("/proc/self/task").is_dir():
        raise SystemExit("where the time goes can be told on Linux only")
    recording, seconds = args.recording, None
    if recording is None:
        seconds = 120.0 if args.quick else 1200.0
        recipe = Recipe(scene=args.scene, gop=25, loop=60.0 if args.quick else 120.0)
        recording = build(recipe, seconds=seconds)
    sampler = Sampler()
    with tempfile.TemporaryDirectory(prefix="crimeview-bench-") as case:
        sampler.start()
        sys.argv = ["crimeview", "analyze", str(recording), "--case", case, *args.options]
        code = crimeview()
        wall, cpu = sampler.stop()
    if code:
        raise SystemExit(f"the analysis ended with {code}")
    print(f"\n{recording.name} {' '.join(args.options)}: {wall:.1f} s, {cpu:.1f} s of CPU time\n")
    rows = [
        (stage, f"{taken:.2f}", f"{100 * taken / cpu:.1f}")
        for stage, taken in sorted(sampler.stages.items(), key=itemgetter(1), reverse=True)
        if taken >= 0.001 * cpu
    ]
    print(table(("stage", "CPU s", "%"), rows))
    if args.json is not None:
        found = {"recording": recording.name, "options": args.options, "wall": wall, "cpu": cpu}
        args.json.write_text(json.dumps({**found, "stages": dict(sampler.stages)}, indent=1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recording", type=Path, nargs="?")
    parser.add_argument("--scene", choices=("busy", "day", "night", "mixed"), default="day")
    parser.add_argument("--quick", action="store_true", help="two minutes instead of twenty")
    parser.add_argument("--json", type=Path)
    given = sys.argv[1:]
    cut = given.index("--") if "--" in given else len(given)
    args = parser.parse_args(given[:cut])
    args.options = given[cut + 1 :]
    return args


if __name__ == "__main__":
    main()

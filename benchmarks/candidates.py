"""What is compared: the program in several ways, its peers, and the limits of the machine."""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.peers.environment import prepare, program
from benchmarks.timing import Timed, analyze_command, time_command
from crimeview.nets.openvino_engine import has_openvino

MODELS = Path("runs/bench/models")
_PEERS = Path(__file__).with_name("peers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """`run` measures the analysis of a recording, with a scratch folder of its own.

    `longest` (s) of a recording is what it is given where the recording is longer: what is slow and
    does the same to every frame need not run for an hour.
    """

    name: str
    run: Callable[[Path, Path], Timed]
    longest: float | None = None


def _analysis(*options: str) -> Callable[[Path, Path], Timed]:
    def run(recording: Path, scratch: Path) -> Timed:
        return time_command(analyze_command(recording, case=scratch / "case", options=options))

    return run


def _full_c3d(engine: str) -> Callable[[Path, Path], Timed]:
    def run(recording: Path, scratch: Path) -> Timed:
        if engine == "openvino" and not has_openvino():
            raise MissingError("OpenVINO is not installed: pip install 'crimeview[openvino]'")
        options = ("--no-gate", "--no-violence", "--no-novelty", "--precision", "int8")
        models = ("--encoder", _full_model(), "--scorer", "c3d-sultani", "--engine", engine)
        command = analyze_command(recording, case=scratch / "case", options=(*options, *models))
        return time_command(command, environment={"CRIMEVIEW_MODELS": str(MODELS.absolute())})

    return run


@cache
def _full_model() -> str:
    """Name of the full-width network in MODELS, made if it is not there, with a scorer for it."""
    marker = MODELS / "c3d-random" / "manifest.json"
    if not marker.is_file():
        MODELS.mkdir(parents=True, exist_ok=True)
        script = [sys.executable, "-m", "benchmarks.full_c3d", str(MODELS)]
        time_command(script)  # in its own process: the memory it takes must not count here
    shutil.copytree("models/c3d-sultani", MODELS / "c3d-sultani", dirs_exist_ok=True)
    return marker.parent.name


def _decode_only(recording: Path, _scratch: Path) -> Timed:
    return time_command([sys.executable, str(_PEERS / "decode_only.py"), str(recording)])


def _opencv_torch(recording: Path, _scratch: Path) -> Timed:
    """Measured without loading its libraries and making its network, in its favor."""
    done = time_command([str(prepare()), str(_PEERS / "opencv_torch.py"), str(recording)])
    loop = float(json.loads(done.said)["seconds"])
    share = loop / done.wall
    return Timed(wall=loop, cpu=share * done.cpu, peak_mb=done.peak_mb, said=done.said)


def _dvr_scan(recording: Path, scratch: Path) -> Timed:
    prepare()
    scan = [str(program("dvr-scan").absolute()), "--ignore-user-config", "-q", "-so"]
    return time_command([*scan, "-d", str(scratch), "-i", str(recording)])


def _ffmpeg(recording: Path, _scratch: Path) -> Timed:
    found = shutil.which("ffmpeg")
    if found is None:
        raise MissingError("ffmpeg is not installed")
    quiet = [found, "-v", "error", "-nostdin"]
    return time_command([*quiet, "-i", str(recording), "-map", "0:v", "-f", "null", "-"])


class MissingError(Exception):
    """A candidate cannot be had on this machine; the message says why."""


GATED, UNGATED = "crimeview", "crimeview --no-gate"
# Without what is learned of the camera, and without the probability of violence as well.
GATED_SCORES, UNGATED_SCORES = (f"{name} --no-novelty" for name in (GATED, UNGATED))
EVENTS_ONLY = f"{UNGATED_SCORES} --no-violence"
FULL_C3D, PEER = "crimeview, full C3D int8", "OpenCV + PyTorch, full C3D"
FULL_C3D_OPENVINO = f"{FULL_C3D}, OpenVINO"
DECODE_ONLY, FFMPEG, DVR_SCAN = "decode only, PyAV", "ffmpeg to null", "dvr-scan"

CANDIDATES = {
    candidate.name: candidate
    for candidate in (
        Candidate(name=GATED, run=_analysis()),
        Candidate(name=GATED_SCORES, run=_analysis("--no-novelty")),
        *(
            Candidate(name=name, run=_analysis(*options), longest=300.0)
            for name, options in (
                (UNGATED, ("--no-gate",)),
                (UNGATED_SCORES, ("--no-gate", "--no-novelty")),
                (EVENTS_ONLY, ("--no-gate", "--no-novelty", "--no-violence")),
            )
        ),
        Candidate(name=FULL_C3D, run=_full_c3d("cpu"), longest=120.0),
        Candidate(name=FULL_C3D_OPENVINO, run=_full_c3d("openvino"), longest=120.0),
        Candidate(name=PEER, run=_opencv_torch, longest=40.0),
        Candidate(name=DECODE_ONLY, run=_decode_only, longest=300.0),
        Candidate(name=FFMPEG, run=_ffmpeg, longest=300.0),
        Candidate(name=DVR_SCAN, run=_dvr_scan, longest=120.0),
    )
}

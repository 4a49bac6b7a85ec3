"""The pose networks: from MediaPipe's wheel or Google's file to two model folders."""

import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

from crimeview.core.errors import ModelError, UsageError
from crimeview.core.job import Job, Step
from crimeview.jobs.import_model import check_free, placed
from crimeview.jobs.new_models import write_model
from crimeview.nets.catalog import ModelFolder

WHEEL = "mediapipe==0.10.21"
# Of the wheel for Python 3.11 on x86-64 Linux; the networks in it are the same for all computers.
WHEEL_SHA256 = "05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3"
_WHEEL_TAGS = (
    *("--platform", "manylinux_2_28_x86_64", "--python-version", "3.11"),
    *("--implementation", "cp", "--abi", "cp311", "--only-binary", ":all:"),
)
_REPORT = 0.1  # s
_STEPS = 4
_BY_HAND = (
    f"fetch the wheel of {WHEEL} from the Python package index, or pose_landmarker_full.task from "
    "Google, by hand, and give it to “crimeview models import”"
)


def fetch_pose(*, models: Path, overwrite: bool) -> Job[list[ModelFolder]]:
    """Fetch MediaPipe's wheel from the package index and make the two networks of it.

    Only the networks are taken out of the wheel; nothing of it is installed or run. Raises
    ModelError where it cannot be fetched or is not the one whose hash is known here.
    """
    _require_converter()
    from crimeview.training.importers.blazepose import LANDMARKS, REGIONS

    for name in (REGIONS, LANDMARKS):  # before tens of megabytes are fetched
        check_free(models / name, overwrite=overwrite)
    with tempfile.TemporaryDirectory(prefix="crimeview-") as folder:
        wheel = yield from _fetched(Path(folder))
        return (yield from import_pose(wheel, models=models, overwrite=overwrite))


def import_pose(path: Path, *, models: Path, overwrite: bool) -> Job[list[ModelFolder]]:
    """Make the two networks of a wheel or .task file.

    Nothing is left where one of them fails. Raises ModelError for what does not hold them and
    UsageError where the places are taken or cannot be written.
    """
    _require_converter()
    from crimeview.training.importers.blazepose import pose_networks

    yield _step(1, f"Converting the networks of {path.name}")
    networks = pose_networks(path)
    with ExitStack() as places:
        made = []
        for number, network in enumerate(networks):
            place = models / network.draft.name
            new = places.enter_context(placed(place, overwrite=overwrite))
            yield _step(2 + number, f"Checking {network.draft.name}")
            model = write_model(new, network.model.SerializeToString(), draft=network.draft)
            made.append(ModelFolder(folder=place, manifest=model.manifest))
    return made


def is_pose_file(path: Path) -> bool:
    """Whether it is a zip that holds TFLite graphs, as MediaPipe's wheel and .task files do."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.endswith(".tflite") for name in archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def _fetched(folder: Path) -> Job[Path]:
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{WHEEL} --hash=sha256:{WHEEL_SHA256}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "--no-input", "download", "--no-deps", "--no-cache-dir"]
    command += ["--require-hashes", *_WHEEL_TAGS, "--dest", str(folder), "-r", str(wanted)]
    yield _step(0, f"Fetching {WHEEL} (36 MB)")
    with subprocess.Popen(  # noqa: S603 (our own words, no shell)
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as fetching:
        try:
            while fetching.poll() is None:
                time.sleep(_REPORT)
                yield _step(0, f"Fetching {WHEEL} (36 MB)")
        finally:
            fetching.kill()
        said = fetching.stderr.read() if fetching.stderr is not None else ""
    wheels = list(folder.glob("*.whl"))
    if fetching.returncode != 0 or not wheels:
        raise ModelError(f"{_why(said)}; {_BY_HAND}.")
    return wheels[0]


def _why(said: str) -> str:
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in said:
        return f"What the package index gave as {WHEEL} is not the file whose hash is known here"
    if "No module named pip" in said:
        return "This Python has no pip"
    errors = [line for line in said.splitlines() if line.startswith("ERROR")]
    reason = errors[-1].removeprefix("ERROR: ")[:200] if errors else "no answer"
    return f"{WHEEL} could not be fetched from the package index ({reason})"


def _require_converter() -> None:
    if any(find_spec(name) is None for name in ("onnx", "tflite")):
        raise UsageError(
            "Making the pose networks needs the packages onnx and tflite; install them with "
            "“pip install 'crimeview[pose]'”."
        )


def _step(done: int, message: str) -> Step:
    return Step(done=done, total=_STEPS, message=message)

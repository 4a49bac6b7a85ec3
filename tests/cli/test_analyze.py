import os
import random
import secrets
import shutil
import signal
import struct
import time
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crimeview.core.recording import RecordingState
from crimeview.core.track import TrackKind
from crimeview.store.case import open_case
from crimeview.store.location import default_case_folder
from tests.bursts import write_bursts
from tests.cli.conftest import LENGTH, Command, read_until, start, start_to_kill, steps

posix_only = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")


Stored = dict[str, tuple[bytes, ...]]


def _stored(case_folder: Path) -> Stored:
    """Everything stored of the only recording, to the bit."""
    with open_case(case_folder, create=False) as case:
        (recording,) = case.recordings()
        assert recording.state is RecordingState.DONE
        found: Stored = {}
        for kind in (kind for kind in TrackKind if kind is not TrackKind.THEFT):  # opt-in
            track = case.track(recording.id, kind)
            assert track is not None
            found[kind.value] = (track.times.tobytes(), track.values.tobytes())
        rows = [astuple(row.segment) for row in case.segments(recording.id)]
    found["segments"] = (repr(rows).encode(),)
    assert len(rows) == 3
    return found


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixteen seconds with a burst of motion."""
    folder = tmp_path_factory.mktemp("brief")
    return write_bursts(folder / "yard.mp4", duration=16.0, bursts=[(6.0, 9.0)])


@pytest.fixture(scope="module")
def undisturbed(analyzed: Path) -> Stored:
    return _stored(analyzed)


def test_json_lines_are_as_documented(crimeview: Command, bursts: Path, tmp_path: Path) -> None:
    ended = crimeview("analyze", bursts, "--case", tmp_path, "--json")
    assert ended.code == 0
    assert ended.err == ""
    for line in ended.lines[:-1]:
        assert line["type"] == "step"
        assert set(line) == {
            *("type", "done", "total", "left", "message", "recording_id", "changed")
        }
        assert set(line["changed"]) <= {"recordings", "tracks", "segments"}
    outcome = dict(ended.lines[-1])
    skip = outcome.pop("skip")
    assert set(skip) == {
        *("clips", "by_keyframes", "by_pictures", "audited", "audited_moving"),
        *("skipped", "spacing", "refusal"),
    }
    assert skip["by_keyframes"] == 0
    assert 0.9 < skip["by_pictures"] / skip["clips"] == pytest.approx(skip["skipped"], abs=1e-4)
    assert skip["refusal"] == "small pictures"
    assert outcome == {
        "type": "outcome",
        "recording": str(bursts),
        "recording_id": 1,
        "state": "done",
        "message": "night.mp4 is analyzed: 3 segments.",
        "segments": 3,
    }
    last = steps(ended.lines)[-1]
    assert last["done"] == last["total"] == LENGTH


def test_a_folder_goes_on_past_a_bad_file_and_ends_with_1(
    crimeview: Command, brief: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "videos"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "good.mp4").write_bytes(brief.read_bytes())
    (folder / "bad.mp4").write_text("not a video")
    (folder / "notes.txt").write_text("not to be looked at")
    ended = crimeview("analyze", folder, "--case", tmp_path / "case")
    assert ended.code == 1
    assert ended.out == ""
    assert "good.mp4 is analyzed: 1 segment." in ended.err
    assert ended.err.count("“bad.mp4” is not a video") == 1
    assert f"crimeview segments --case {tmp_path / 'case'}" in ended.err


def test_where_all_files_failed_each_sentence_comes_once_and_no_results_are_promised(
    crimeview: Command, tmp_path: Path
) -> None:
    (tmp_path / "bad.mp4").write_text("not a video")
    ended = crimeview("analyze", tmp_path / "bad.mp4", "--case", tmp_path / "case")
    assert ended.code == 1
    assert ended.err.count("\n") == 1
    assert "“bad.mp4” is not a video" in ended.err


def test_the_default_case(crimeview: Command, brief: Path) -> None:
    assert crimeview("analyze", brief).code == 0
    with open_case(default_case_folder(), create=False) as case:
        assert len(case.recordings()) == 1


def test_a_folder_without_videos_is_wrong_usage(crimeview: Command, tmp_path: Path) -> None:
    ended = crimeview("analyze", tmp_path, "--case", tmp_path / "case")
    assert ended.code == 2
    assert "no video file" in ended.err
    assert not (tmp_path / "case").exists()


def test_a_case_that_cannot_be_is_a_sentence(crimeview: Command, bursts: Path) -> None:
    ended = crimeview("analyze", bursts, "--case", bursts)
    assert ended.code == 1
    assert ended.err == f"{bursts} is a file; a case needs a folder.\n"


@posix_only
@pytest.mark.parametrize("share", [0.02, 0.4, 0.85])
def test_killed_at_any_moment_it_resumes_to_the_same_bits(
    crimeview: Command,
    bursts: Path,
    tmp_path: Path,
    share: float,
    undisturbed: Stored,
) -> None:
    stored = False

    def far_enough(line: dict[str, Any]) -> bool:
        nonlocal stored  # something of the recording, and not only that it is there
        stored = stored or bool(line["done"] and "recordings" in line["changed"])
        return bool(stored and line["total"] and line["done"] >= share * line["total"])

    with start_to_kill("analyze", bursts, "--case", tmp_path, "--json") as process:
        read_until(process, far_enough)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    ended = crimeview("analyze", bursts, "--case", tmp_path, "--json")
    assert ended.code == 0
    # Nothing that was stored is computed again: it begins at most a chunk before.
    assert steps(ended.lines)[0]["done"] >= max(1.0, share * LENGTH - 16 * 0.8)
    assert _stored(tmp_path) == undisturbed


@posix_only
def test_killed_again_and_again_it_resumes_to_the_same_bits(
    crimeview: Command, bursts: Path, tmp_path: Path, undisturbed: Stored
) -> None:
    """While it starts, while it hashes and while it analyzes, in one case."""
    seed = secrets.randbits(32)
    rng = random.Random(seed)
    print(f"seed {seed}")  # shown if the test fails
    path = _long_to_hash(bursts, tmp_path / "night.mp4")
    arguments = ("analyze", path, "--case", tmp_path / "case", "--json")

    def killed(enough: Callable[[dict[str, Any]], bool] | None, *, wait: float) -> None:
        with start_to_kill(*arguments) as process:
            if enough is not None:
                read_until(process, enough)
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        assert process.returncode == -signal.SIGKILL

    share = rng.uniform(0.05, 0.6)
    killed(None, wait=rng.uniform(0.1, 0.8))
    killed(lambda line: line["message"].startswith("Reading"), wait=rng.uniform(0.0, 0.05))
    killed(
        lambda line: bool(line["total"] and line["done"] >= share * line["total"]),
        wait=rng.uniform(0.0, 0.03),
    )
    ended = crimeview(*arguments)
    assert ended.code == 0
    assert steps(ended.lines)[0]["done"] >= share * LENGTH - 16 * 0.8
    assert _stored(tmp_path / "case") == undisturbed


def _long_to_hash(recording: Path, path: Path) -> Path:
    """The same recording with 400 MB of nothing behind it, which take no room on the disk."""
    nothing = 400_000_000
    path.write_bytes(recording.read_bytes() + struct.pack(">I4s", nothing, b"free"))
    os.truncate(path, recording.stat().st_size + nothing)
    return path


@posix_only
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"]
)
def test_asked_to_stop_it_stops_between_steps_and_resumes(
    crimeview: Command,
    bursts: Path,
    tmp_path: Path,
    number: signal.Signals,
    code: int,
    undisturbed: Stored,
) -> None:
    with start("analyze", bursts, "--case", tmp_path, "--json") as process:
        read_until(process, lambda line: line["message"].startswith("Analyzing"))
        process.send_signal(number)
        _, err = process.communicate()
    assert process.returncode == code
    assert err.startswith("Stopped. What is done is kept;")
    assert "Traceback" not in err
    with open_case(tmp_path, create=False) as case:
        assert case.recordings()[0].state is RecordingState.STOPPED
    assert crimeview("analyze", bursts, "--case", tmp_path).code == 0
    assert _stored(tmp_path) == undisturbed


@posix_only
def test_a_reader_that_has_enough_stops_the_analysis_quietly(bursts: Path, tmp_path: Path) -> None:
    with start("analyze", bursts, "--case", tmp_path, "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 141
    with open_case(tmp_path, create=False) as case:
        assert case.recordings()[0].state is RecordingState.STOPPED


@posix_only
def test_file_names_that_are_not_text_are_printed(
    crimeview: Command, brief: Path, tmp_path: Path
) -> None:
    path = tmp_path / os.fsdecode(b"\xff.mp4")
    path.write_bytes(brief.read_bytes())
    case = tmp_path / "case"
    assert crimeview("analyze", path, "--case", case, "--json").code == 0
    for form in ("--json", "--csv"):
        with start("segments", "--case", case, form) as process:
            assert process.stdout is not None
            out = process.stdout.buffer.read()  # type: ignore[attr-defined]
        assert (b"\\udcff.mp4" if form == "--json" else b"\xff.mp4") in out


def test_progress_is_told_in_lines_without_a_terminal(
    crimeview: Command, brief: Path, tmp_path: Path
) -> None:
    ended = crimeview("analyze", brief, "--case", tmp_path)
    assert ended.err.splitlines()[0] == "Looking at yard.mp4 (1 of 1)"
    assert "\x1b" not in ended.err


def test_numbers_do_not_depend_on_the_number_of_threads(
    crimeview: Command,
    bursts: Path,
    tmp_path: Path,
    undisturbed: Stored,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    assert crimeview("analyze", bursts, "--case", tmp_path).code == 0
    found = np.frombuffer(_stored(tmp_path)[TrackKind.FRAME_SCORES.value][1], np.float32)
    expected = np.frombuffer(undisturbed[TrackKind.FRAME_SCORES.value][1], np.float32)
    np.testing.assert_allclose(found, expected, atol=1e-3)


def test_a_folder_without_videos_among_others_is_told(
    crimeview: Command, brief: Path, tmp_path: Path
) -> None:
    (empty := tmp_path / "disk").mkdir()
    ended = crimeview("analyze", brief, empty, "--case", tmp_path / "my case")
    assert ended.code == 1
    assert "yard.mp4 is analyzed" in ended.err
    assert f"There is no video file in {empty}." in ended.err
    assert f"--case '{tmp_path / 'my case'}'" in ended.err


@pytest.mark.parametrize("word", ["--violence", "--no-violence"])
def test_the_probability_of_violence_can_be_left_out(
    crimeview: Command, tmp_path: Path, word: str
) -> None:
    path = write_bursts(tmp_path / "short.mp4", duration=5.0)
    assert crimeview("analyze", path, "--case", tmp_path / "case", word).code == 0
    with open_case(tmp_path / "case") as case:
        track = case.track(1, TrackKind.VIOLENCE)
    assert (track is None) == (word == "--no-violence")


def test_clips_begin_as_far_apart_as_wished(crimeview: Command, tmp_path: Path) -> None:
    path = write_bursts(tmp_path / "short.mp4", duration=5.0)
    assert crimeview("analyze", path, "--case", tmp_path / "case", "--stride", 4).code == 0
    with open_case(tmp_path / "case") as case:
        features = case.features(1)
    assert features is not None
    apart = features.times[1:, 0] - features.times[:-1, 0]
    assert apart == pytest.approx(0.4)  # the tiny encoder's own are 0.8 s apart


def test_recordings_of_one_name_are_told_apart(
    crimeview: Command, brief: Path, tmp_path: Path
) -> None:
    here, there = (tmp_path / day / "gate.mp4" for day in ("monday", "tuesday"))
    here.parent.mkdir()
    shutil.copy(brief, here)
    assert crimeview("analyze", here, "--case", tmp_path / "case").code == 0
    there.parent.mkdir()
    shutil.copy(brief, there)
    ended = crimeview("analyze", there, "--case", tmp_path / "case", "--json")
    assert ended.code == 0
    assert ended.lines[-1]["message"].startswith(f"{Path('tuesday/gate.mp4')} is analyzed: ")
    told = [line["message"] for line in ended.lines if "gate.mp4" in line["message"]]
    assert [m for m in told if str(Path("tuesday/gate.mp4")) not in m] == []

"""`crimeview watch`, run as a program."""

import json
import os
import signal
from pathlib import Path

import pytest

from tests.bursts import write_bursts
from tests.cli.conftest import Command, read_until, start
from tests.video.rtsp_camera import RtspCamera

posix_only = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recordings")
    return write_bursts(folder / "street.mp4", duration=3.4, bursts=[(1.0, 2.4)])


def test_json_lines_are_as_documented(crimeview: Command, street: Path) -> None:
    ended = crimeview("watch", f"gate={street}", "--json")
    assert (ended.code, ended.err) == (0, "")
    by_type: dict[str, list[dict[str, object]]] = {}
    for line in ended.lines:
        by_type.setdefault(line["type"], []).append(line)
    assert set(by_type) == {"health", "capacity", "score", "alarm"}
    assert {s["kind"] for s in by_type["score"]} == {"clip scores", "violence"}
    assert set(by_type["score"][0]) == {
        *("type", "camera", "kind", "start", "end", "score", "threshold", "known", "told"),
        *("zone", "delay"),
    }
    assert [h["state"] for h in by_type["health"]][-1] in ("live", "ended")
    assert by_type["capacity"][0]["cameras"] == 1
    alarm = by_type["alarm"][0]
    assert (alarm["camera"], alarm["end"]) == ("gate", None)
    assert all_have_ended(by_type["alarm"])


def all_have_ended(alarms: list[dict[str, object]]) -> bool:
    """Whether what was told last of each alarm is its end."""
    last = {alarm["id"]: alarm["end"] for alarm in alarms}
    return bool(last) and None not in last.values()


def test_plain_lines_name_the_camera_and_its_state(crimeview: Command, street: Path) -> None:
    ended = crimeview("watch", f"gate={street}")
    assert ended.code == 0
    assert ended.out.startswith("gate  connecting")
    assert "ALARM gate" in ended.err


def test_a_password_is_in_nothing_that_is_printed() -> None:
    with RtspCamera(password="geheim") as server:
        wrong = server.address_with_password.replace("geheim", "falsch")
        with start("watch", f"gate={wrong}", "--json") as process:
            lines = read_until(process, lambda line: line.get("state") == "lost")
            process.terminate()
            out, err = process.communicate(timeout=60)
    assert "password" in json.loads(lines[-1])["message"]
    assert "falsch" not in "".join(lines) + out + err


def test_zones_are_scored_beside_the_picture_and_remembered(
    crimeview: Command, street: Path, tmp_path: Path
) -> None:
    case, zone = tmp_path / "case", "gate:door=0,0 0.5,0 0.5,1 0,1"
    first = crimeview(
        "watch", f"gate={street}", "--zone", zone, "--remember", "--case", case, "--for", "1"
    )
    assert first.code == 0
    ended = crimeview("watch", "--case", case, "--json")
    assert {line["zone"] for line in ended.lines if line["type"] == "score"} == {"", "door"}


def test_cameras_are_remembered_in_a_case(crimeview: Command, street: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    first = crimeview("watch", f"gate={street}", "--remember", "--case", case, "--for", "1")
    assert first.code == 0
    ended = crimeview("watch", "--case", case, "--for", "1", "--json")
    assert {line["camera"] for line in ended.lines if "camera" in line} == {"gate"}


@posix_only
def test_a_signal_ends_it_cleanly() -> None:
    with (
        RtspCamera() as server,
        start("watch", f"gate={server.address}", "--json") as process,
    ):
        read_until(process, lambda line: line["type"] == "score")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.strip() == "Stopped watching."
    assert all(json.loads(line) for line in out.splitlines())


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ftp://cam/x"],
        ["a.mp4", "a.mp4"],
        ["a.mp4", "--for", "0"],
        ["a.mp4", "--threshold", "2"],
        ["a.mp4", "--remember"],
        ["a.mp4", "--zone", "door=0,0 1,0 1,1"],
        ["a.mp4", "--zone", "b:door=0,0 1,0 1,1"],
        ["a.mp4", "--zone", "a:door=0,0 1,0"],
    ],
)
def test_what_makes_no_sense_is_told(crimeview: Command, arguments: list[str]) -> None:
    ended = crimeview("watch", *arguments)
    assert ended.code == 2
    assert ended.err


def test_how_alarms_and_clips_end_with_watching_is_told(
    crimeview: Command, street: Path, tmp_path: Path
) -> None:
    words = ("--loop", "--for", "6", "--threshold", "0.01", "--record", "--json")
    case = tmp_path / "case"
    ended = crimeview("watch", f"gate={street}", "--case", case, *words)
    assert ended.code == 0
    assert all_have_ended([line for line in ended.lines if line["type"] == "alarm"])
    told = {line["path"] for line in ended.lines if line["type"] == "clip"}
    assert told == set(map(str, case.glob("clips/**/*.mp4")))


def test_what_happens_is_recorded(crimeview: Command, street: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    ended = crimeview(
        *("watch", f"gate={street}", "--case", case, "--record", "--post", "0.5", "--json")
    )
    assert ended.code == 0
    clips = [line for line in ended.lines if line["type"] == "clip"]
    assert len(clips) == 1
    assert Path(clips[0]["path"]).stat().st_size == clips[0]["size"]
    assert Path(clips[0]["path"]).is_relative_to(case)
    rows = json.loads(crimeview("segments", "--case", case, "--json").out)
    assert {row["recording"] for row in rows} == {clips[0]["path"]}

"""`crimeview library`: what a case has found is kept, listed, changed, carried elsewhere."""

import csv
import io
import json
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import keyring
import numpy as np
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from crimeview.cli import library as library_command
from crimeview.cli.main import main
from crimeview.jobs.models import SCORER
from crimeview.store.library.library import Library
from tests.cli.conftest import Command

FIELDS = [
    *("id", "uid", "recording", "sha256", "path", "case", "start", "end", "peak", "type"),
    *("camera", "place", "happened", "outcome", "notes", "added", "added_by", "duplicate_of"),
    "copy",
]


def run(*arguments: object) -> int:
    return main(["library", *map(str, arguments)], open_window=lambda *_, **__: 1)


def listed(library: Path, capsys: pytest.CaptureFixture[str], *more: object) -> list[Any]:
    capsys.readouterr()
    assert run("list", "--library", library, "--json", *more) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def library(analyzed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A library of the three segments of the case."""
    folder = tmp_path / "library"
    started = "2026-03-01T22:00:00+00:00"
    facts = ("--type", "fight", "--camera", "yard")
    assert run("add", "--case", analyzed, "--library", folder, "--started", started, *facts) == 0
    assert "3 segments added." in capsys.readouterr().err
    return folder


def test_what_was_added_is_listed_with_all_that_is_known(
    library: Path, analyzed: Path, bursts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = listed(library, capsys)
    assert [list(row) for row in found] == [FIELDS] * 3
    assert sorted(round(row["start"], -1) for row in found) == [30, 100, 180]
    for row in found:
        assert (row["recording"], row["path"]) == (bursts.name, str(bursts))
        assert (row["type"], row["camera"], row["case"]) == ("fight", "yard", analyzed.name)
        # 22:00 at the first frame: the segment's own time is that much later.
        minutes, seconds = divmod(int(row["start"]), 60)
        assert row["happened"] == f"2026-03-01T22:{minutes:02}:{seconds:02}+00:00"


def test_adding_again_adds_nothing_and_says_so_as_json(
    library: Path, analyzed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run("add", "--case", analyzed, "--library", library, "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    segments = [line for line in lines if line["type"] == "segment"]
    assert [line["outcome"] for line in segments] == ["known"] * 3
    assert len(listed(library, capsys)) == 3


def test_only_a_span_or_a_recording_is_added(
    analyzed: Path, bursts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--case", analyzed, "--library", tmp_path / "l")
    assert run("add", *where, "--span", "1:35-1:50", "--recording", bursts) == 0
    (row,) = listed(tmp_path / "l", capsys)
    assert round(row["start"], -1) == 100
    assert run("add", *where, "--recording", tmp_path / "other.mp4") == 2
    assert "is not in the case" in capsys.readouterr().err
    assert run("add", *where, "--span", "20-10") == 2


def test_copies_of_clips_come_with_it_and_go_with_it(
    analyzed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "library"
    assert run("add", "--case", analyzed, "--library", folder, "--copy-clips") == 0
    assert "3 of them with a copy" in capsys.readouterr().err
    rows = listed(folder, capsys)
    assert {(folder / "clips" / row["copy"]).is_file() for row in rows} == {True}
    assert run("remove", rows[0]["id"], "--library", folder) == 0
    assert [row["id"] for row in listed(folder, capsys)] == [row["id"] for row in rows[1:]]
    assert not (folder / "clips" / rows[0]["copy"]).exists()


def test_a_change_of_unknown_segments_changes_nothing(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("set", 1, 77, "--type", "theft", "--library", library) == 2
    assert "no segment 77" in capsys.readouterr().err
    assert {row["type"] for row in listed(library, capsys)} == {"fight"}
    assert run("set", 1, "--library", library) == 2
    assert run("set", 1, "--type", "theft", "--notes", "by the gate", "--library", library) == 0
    by_id = {row["id"]: row for row in listed(library, capsys)}
    assert (by_id[1]["type"], by_id[1]["notes"], by_id[1]["camera"]) == (
        *("theft", "by the gate", "yard"),
    )
    assert run("set", 1, "--date", "2026-11-29T22:15+09:00", "--library", library) == 0
    assert run("set", 1, "--date", "yesterday", "--library", library) == 2
    assert run("set", 1, "--notes", "", "--library", library) == 0
    assert {row["notes"] for row in listed(library, capsys)} == {""}


def test_filters_narrow_the_list(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("set", 2, "--type", "theft", "--place", "gate", "--library", library)
    assert [row["id"] for row in listed(library, capsys, "--type", "theft")] == [2]
    assert [row["id"] for row in listed(library, capsys, "--place", "gate")] == [2]
    assert listed(library, capsys, "--camera", "hall") == []
    assert len(listed(library, capsys, "--after", "2026-03-01T22:01+00:00")) == 2
    assert len(listed(library, capsys, "--before", "2026-03-01T22:01+00:00")) == 1
    assert run("list", "--library", library, "--camera", "hall") == 0
    assert "No segment of the library fits." in capsys.readouterr().err


def test_the_table_is_for_people(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run("list", "--library", library) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["id", "recording", "start", "end", "peak", "type"]
    assert len(lines) == 4
    assert all("fight, yard, 2026-03-01T22" in line for line in lines[1:])


def test_a_package_carries_everything_to_another_library(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package, other = tmp_path / "package", tmp_path / "other"
    assert run("export", package, "--library", library, "--type", "fight") == 0
    assert run("import", package, "--library", other) == 0
    assert "3 segments added, 0 known already." in capsys.readouterr().err
    assert [{**row, "id": 0} for row in listed(library, capsys)] == [
        {**row, "id": 0} for row in listed(other, capsys)
    ]
    assert run("import", package, "--library", other) == 0
    assert "0 segments added, 3 known already." in capsys.readouterr().err
    assert run("export", package, "--library", library) == 1
    assert "There is something at" in capsys.readouterr().err


def test_features_of_ucf_crime_are_taken_in_without_the_ordinary_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = np.array(["Arson001", "Arson002", "Normal_1", "Abuse003"])
    features = np.random.default_rng(0).random((4, 32, 8)).astype(np.float32)
    np.savez(tmp_path / "f.npz", names=names, features=features)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["name", "class", "group"])
    classes = ("Arson", "Arson", "Normal", "Abuse")
    rows.writerows([n, c, 0] for n, c in zip(names, classes, strict=True))
    (tmp_path / "l.csv").write_text(text.getvalue())
    given = (tmp_path / "f.npz", tmp_path / "l.csv", "--library", tmp_path / "library")
    assert run("import", *given, "--scorer", SCORER, "--segments", 2) == 0
    told = capsys.readouterr().err
    assert "3 segments added" in told
    assert "1 ordinary recordings were left out" in told
    found = listed(tmp_path / "library", capsys)
    assert [(row["recording"], row["type"]) for row in found] == [
        *(("Arson001", "Arson"), ("Arson002", "Arson"), ("Abuse003", "Abuse")),
    ]
    assert run("import", tmp_path / "f.npz", tmp_path / "no.csv") == 2
    assert "cannot be read as labels" in capsys.readouterr().err


def test_info_says_what_there_is_and_builds_the_index_anew(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run("info", "--library", library, "--json", "--rebuild-index") == 0
    captured = capsys.readouterr()
    found = json.loads(captured.out)
    assert (found["segments"], found["recordings"], found["may_change"]) == (3, 1, True)
    assert found["types"] == {"fight": 3}
    assert [space["vectors"] for space in found["spaces"]] == [3]
    assert "was built anew from the library (3 vectors)" in captured.err
    assert (library / "index" / "1" / "index.json").is_file()
    assert run("info", "--library", library) == 0
    assert "segments    3" in capsys.readouterr().out


def test_a_graph_is_built_on_request_and_an_exact_index_again(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run("index", "--graph", "--library", library) == 0
    assert "is searched by a graph from now on." in capsys.readouterr().err
    assert run("info", "--library", library) == 0
    assert "searched by a graph" in capsys.readouterr().out
    assert run("index", "--graph", "--library", library) == 0
    told = capsys.readouterr().err
    assert "has its graph already." in told
    assert "from now on" not in told
    assert run("index", "--library", library, "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["type"] for line in lines] == ["step", "index"]
    assert list(lines[-1]["spaces"].values()) == ["exact"]
    assert run("info", "--library", library, "--json") == 0
    (space,) = json.loads(capsys.readouterr().out)["spaces"]
    assert space["index"] == "exact"


def test_info_says_that_a_graph_is_worth_its_building(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    capsys.readouterr()
    assert run("info", "--library", library) == 0
    assert "--graph" not in capsys.readouterr().err
    opened = partial(library_command.open_library, graph_from=2)
    monkeypatch.setattr(library_command, "open_library", opened)
    assert run("info", "--library", library) == 0
    assert "crimeview library index --graph" in capsys.readouterr().err
    assert run("index", "--graph", "--library", library) == 0
    capsys.readouterr()
    assert run("info", "--library", library) == 0
    assert "--graph" not in capsys.readouterr().err


def test_a_stopped_graph_is_told_to_go_on(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signal comes before the first vector: the exact index stays what is searched."""
    build = Library.build_graph

    def interrupted(self: Library, space: str) -> Iterator[tuple[int, int]]:
        for step in build(self, space):
            signal.raise_signal(signal.SIGINT)
            yield step

    capsys.readouterr()
    with monkeypatch.context() as patch:
        patch.setattr(Library, "build_graph", interrupted)
        assert run("index", "--graph", "--library", library) == 128 + signal.SIGINT
    assert "the same command goes on from there" in capsys.readouterr().err
    assert run("info", "--library", library) == 0
    assert "searched exactly" in capsys.readouterr().out


def test_no_library_and_no_folder_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("list", "--library", tmp_path / "none") == 1
    assert "There is no library in" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
    assert run("create", tmp_path / "made") == 0
    assert run("list", "--library", tmp_path / "made") == 0
    assert run("login", tmp_path / "made") == 2
    assert "needs no password" in capsys.readouterr().err
    assert run("list", "--library", "mysql://server/crimes") == 2
    assert "cannot be at a “mysql” address" in capsys.readouterr().err


def test_a_password_that_no_keyring_takes_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", NoKeyring())
    monkeypatch.setattr(sys, "stdin", io.StringIO("s3cret-5521\n"))
    assert run("login", "postgresql://kim@127.0.0.1/crimes") == 1
    captured = capsys.readouterr()
    assert "it was not kept" in captured.err
    assert "s3cret-5521" not in captured.err + captured.out
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    assert run("login", "postgresql://kim@127.0.0.1/crimes") == 2
    home = [p for p in Path.home().rglob("*") if p.is_file()]
    assert not [p for p in home if "s3cret-5521" in p.read_bytes().decode(errors="replace")]


def test_a_process_of_its_own_says_the_same(library: Path, crimeview: Command) -> None:
    ended = crimeview("library", "list", "--library", library, "--json")
    assert ended.code == 0
    assert len(ended.lines) == 3

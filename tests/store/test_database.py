import os
import re
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, event

from crimeview.core.errors import CaseError
from crimeview.core.recording import RecordingState
from crimeview.core.segment import Segment
from crimeview.core.track import TrackKind
from crimeview.store import database
from crimeview.store.case import Case, open_case
from crimeview.store.database import _MIGRATIONS, FILE_NAME
from crimeview.store.features import FeatureWriter
from crimeview.store.schema import SCHEMA_VERSION, Base
from tests.new_case import NewCase
from tests.store.begun import append_chunk, begin, score_track, writer
from tests.store.earlier import as_of

posix_only = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals or users")


@pytest.fixture(autouse=True)
def _migrated_once() -> None:
    """Here each case goes through all migrations, as those of the program do."""


def _sentence(folder: Path, *, create: bool = True) -> str:
    """What opening refuses with: one sentence without jargon."""
    with pytest.raises(CaseError) as raised:
        open_case(folder, create=create)
    text = str(raised.value)
    assert text.endswith(".")
    assert "\n" not in text
    assert "sqlite3." not in text
    return text


def test_the_newest_migration_makes_exactly_the_tables(case: Case) -> None:
    newest = max(path.name for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert newest.startswith(SCHEMA_VERSION + "_")
    engine = create_engine(f"sqlite:///{case.folder / FILE_NAME}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_the_cases_of_other_tests_are_as_the_migrations_make_them(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_migrate", NewCase().migrate)
    for name in ("first", "second"):
        open_case(tmp_path / name).close()
        assert _dumped(tmp_path / name) == _dumped(case.folder)


def _dumped(folder: Path) -> list[str | int]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        return [*connection.iterdump(), *connection.execute("PRAGMA application_id").fetchone()]


def test_connections_are_set_up(case: Case) -> None:
    with case._database.reading() as session:
        for name, value in (
            ("journal_mode", "wal"),
            ("foreign_keys", 1),
            ("synchronous", 1),
            ("busy_timeout", 30_000),
        ):
            assert session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() == value


def test_a_case_opens_again(tmp_path: Path) -> None:
    with open_case(tmp_path / "a" / "case") as case:
        case.add_recording(Path("a.mp4"))
    with open_case(tmp_path / "a" / "case", create=False) as case:
        assert len(case.recordings()) == 1
    # Nothing but the database itself stays behind.
    assert {p.name for p in case.folder.iterdir()} <= {FILE_NAME, "workers"}


def test_a_folder_with_a_percent_sign_is_a_folder(tmp_path: Path) -> None:
    with open_case(tmp_path / "100%s (1)"):
        pass


def test_no_case_is_made_unless_asked(tmp_path: Path) -> None:
    assert "There is no case" in _sentence(tmp_path / "none", create=False)
    assert "There is no case" in _sentence(tmp_path, create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_case(tmp_path: Path) -> None:
    (tmp_path / "video.mp4").write_bytes(b"x")
    assert "needs a folder" in _sentence(tmp_path / "video.mp4")
    assert "cannot be made" in _sentence(tmp_path / "video.mp4" / "case")


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE theirs (id)")
    before = file.read_bytes()
    assert "another program" in _sentence(tmp_path)
    with closing(sqlite3.connect(file)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("theirs",)]
    assert file.read_bytes()[100:] == before[100:]  # the header may say WAL now


def test_a_newer_schema_is_refused_and_kept(case: Case) -> None:
    case.close()
    with closing(sqlite3.connect(case.folder / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "update crimeview" in _sentence(case.folder)
    with closing(sqlite3.connect(case.folder / FILE_NAME)) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert found == ("9999",)


def test_something_else_than_a_database_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_bytes(b"Dear diary, " * 1000)
    assert "is damaged" in _sentence(tmp_path)
    assert file.read_bytes() == b"Dear diary, " * 1000


def test_damage_is_told_when_it_is_met(case: Case) -> None:
    _, run_id = begin(case)
    case.analyses.save_track(run_id, score_track(np.random.default_rng(0).random(200_000)))
    case.close()
    file = case.folder / FILE_NAME
    data = bytearray(file.read_bytes())
    for page in range(20, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    file.write_bytes(data)
    with pytest.raises(CaseError, match="is damaged"):
        _read_all(case.folder)


def _read_all(folder: Path) -> None:
    with open_case(folder) as case:
        for recording in case.recordings():
            case.track(recording.id, TrackKind.FRAME_SCORES)


def test_a_full_disk_keeps_what_was_stored(tmp_path: Path) -> None:
    with open_case(tmp_path) as case:
        recording_id, _ = begin(case)
        append_chunk(writer(case))
    with open_case(tmp_path) as case:
        event.listen(case._database._engine, "connect", _limit_pages)
        case._database._engine.dispose()  # so that the limit holds for all connections
        features = writer(case)
        with pytest.raises(CaseError, match="is full; free some space"):
            _append_much(features)
        stored = features.rows
        case.set_state(recording_id, RecordingState.STOPPED)  # takes no new page
    with open_case(tmp_path) as case:
        assert writer(case).rows == stored
        append_chunk(writer(case))


def _append_much(features: FeatureWriter) -> None:
    for _ in range(1000):
        append_chunk(features, dimensions=512)


def _limit_pages(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA max_page_count = 120")


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that any user may enter, which pytest's own are not."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        for path in folder.iterdir():
            path.chmod(0o755)


@posix_only
@pytest.mark.parametrize("made", [True, False])
def test_what_may_not_be_written_is_told(open_to_all: Path, made: bool) -> None:
    folder = open_to_all / "case"
    if made:
        open_case(folder).close()
        (folder / FILE_NAME).chmod(0o444)
        folder.chmod(0o555)
    else:
        folder.mkdir(0o555)
    script = """
        import os, sys
        from pathlib import Path
        from crimeview.core.errors import CaseError
        from crimeview.store.case import open_case
        if os.getuid() == 0:
            os.setuid(65534)  # root may write anywhere
        try:
            open_case(Path(sys.argv[1]))
        except CaseError as error:
            print(error)
    """
    result = _python(script, folder)
    assert result.startswith(f"The case {folder} cannot be written; allow writing")


def _python(script: str, *arguments: object) -> str:
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.fixture
def killed_writer(tmp_path: Path) -> Path:
    """A case whose writer was killed while appending, analyzing by its own account."""
    script = """
        import sys
        from pathlib import Path
        from crimeview.core.recording import RecordingState
        from crimeview.store.case import open_case
        from tests.store.begun import append_chunk, begin, writer
        case = open_case(Path(sys.argv[1]))
        recording_id, _ = begin(case)
        case.set_state(recording_id, RecordingState.ANALYZING)
        features = writer(case)
        while True:
            append_chunk(features, dimensions=256)
            print(features.rows, flush=True)
    """
    folder = tmp_path / "killed"
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    told = 0
    for line in child.stdout:
        told = int(line)
        if told >= 320:
            child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    child.stdout.close()
    (folder / "told").write_text(str(told))
    return folder


@posix_only
def test_a_killed_writer_loses_nothing_it_has_told(killed_writer: Path) -> None:
    told = int((killed_writer / "told").read_text())
    with open_case(killed_writer) as case:
        features = writer(case)
        assert features.rows in (told, told + 16)
        stored = np.concatenate([part.values[:, 0] for part in features.parts(rows=100)])
        np.testing.assert_array_equal(stored, np.arange(features.rows))
        assert np.concatenate(list(features.frame_times())).shape == (10 * features.rows, 2)
        with case._database.reading() as session:
            check = session.connection().exec_driver_sql("PRAGMA integrity_check").scalar()
        assert check == "ok"


@posix_only
def test_what_a_killed_process_analyzed_counts_as_stopped(killed_writer: Path) -> None:
    with open_case(killed_writer) as case:
        (recording,) = case.recordings()
        assert recording.state is RecordingState.STOPPED
        assert case.claim(recording.id)


def test_processes_that_make_one_case_at_once_all_succeed(tmp_path: Path) -> None:
    script = """
        import sys
        from pathlib import Path
        from crimeview.store.case import open_case
        print("ready", flush=True)
        sys.stdin.read()
        with open_case(Path(sys.argv[1])) as case:
            for number in range(20):
                case.add_recording(Path(f"{sys.argv[2]}-{number}.mp4"))
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(tmp_path / "case")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    children = [subprocess.Popen([*command, str(i)], **pipes, text=True) for i in range(3)]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.close()
    for child in children:
        assert child.stderr is not None
        assert child.stderr.read() == ""
        child.wait()
        child.stdout.close()
        child.stderr.close()
    with open_case(tmp_path / "case") as case:
        names = [recording.path.name for recording in case.recordings()]
    assert len(set(names)) == 60


def test_the_process_that_holds_a_recording_is_seen_by_others(case: Case) -> None:
    recording_id = case.add_recording(Path("a.mp4"))
    case.set_state(recording_id, RecordingState.ANALYZING)
    script = """
        import sys
        from pathlib import Path
        from crimeview.store.case import open_case
        with open_case(Path(sys.argv[1])) as case:
            print(case.recording(1).state.value, case.claim(1))
    """
    assert _python(script, case.folder) == "analyzing False"
    (lock,) = (case.folder / "workers").iterdir()
    assert re.fullmatch("[0-9a-f]{32}.lock", lock.name)
    case.close()
    assert not lock.exists()


def test_a_case_of_the_first_version_keeps_what_it_holds(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    with open_case(folder) as case:
        recording_id, run_id = begin(case)
        append_chunk(writer(case))
        case.analyses.save_track(run_id, score_track(np.linspace(0, 1, 50)))
        found = [Segment(start=1.0, end=2.0, peak=0.9, peak_time=1.5, mean=0.5)]
        case.replace_segments(recording_id, run_id, found)
    as_of(folder, "0001")
    with open_case(folder) as case:
        assert [row.segment for row in case.segments(recording_id)] == found
        track = case.track(recording_id, TrackKind.FRAME_SCORES)
        assert track is not None
        assert len(track.values) == 50
        assert case.analyses.violence_writer(run_id, model_sha256="v" * 64, clip_key="x").rows == 0
        assert case.analyses.people_writer(run_id, finder_sha256="p" * 64, clip_key="x").rows == 0

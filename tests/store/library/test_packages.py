"""Packages: complete or not there, checked before anything is added, the same on arrival."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crimeview.core.errors import LibraryError
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import Location
from crimeview.store.library.package_export import export_package, sha256_of
from crimeview.store.library.package_form import MANIFEST, SCHEMAS, read_manifest
from crimeview.store.library.package_import import import_package
from crimeview.store.library.rows import Added, ClipCopy, Filter
from tests.store.library.made import SPACE, entry, recording, unit_vectors

VECTORS = unit_vectors(40)
CLIPS = unit_vectors(120, seed=5).reshape(40, 3, -1)


def fill(library: Library, count: int = 12) -> None:
    for number in range(count):
        library.add(
            recording(f"r{number // 4}"),
            [
                entry(
                    f"u{number}",
                    VECTORS[number],
                    start=20.0 * (number % 4),
                    crime_type="fight" if number % 2 else "theft",
                    happened=1e9 + number if number != 3 else None,
                    clips=CLIPS[number] if number != 5 else None,
                )
            ],
        )


def export(library: Library, folder: Path, wanted: Filter | None = None) -> Path:
    for _ in export_package(
        library, folder, wanted=wanted or Filter(duplicates=True), with_clips=True
    ):
        pass
    return folder


def take_in(library: Library, package: Path) -> dict[Added, int]:
    outcomes: dict[Added, int] = {}
    for _, _, counted in import_package(library, package):
        outcomes = counted
    return outcomes


@pytest.fixture
def package(folder_library: Library, tmp_path: Path) -> Path:
    fill(folder_library)
    return export(folder_library, tmp_path / "package")


def test_everything_arrives_in_a_folder_and_on_a_server(
    package: Path, folder_library: Library, location: Location, tmp_path: Path
) -> None:
    target = location if location.url is not None else Location(folder=tmp_path / "target")
    with open_library(target) as other:
        assert take_in(other, package)[Added.NEW] == 12
        sent, came = folder_library.entries(), other.entries()
        assert [replace(e, id=0) for e in sent] == [replace(e, id=0) for e in came]
        for one, two in zip(sent, came, strict=True):
            np.testing.assert_allclose(
                folder_library.vector(one.id, SPACE), other.vector(two.id, SPACE), atol=1e-6
            )
            assert folder_library.thumbnails(one.id) == other.thumbnails(two.id)
            clips, others = folder_library.clips(one.id), other.clips(two.id)
            assert (clips is None) == (others is None)
            if clips is not None and others is not None:
                np.testing.assert_array_equal(clips.features, others.features)
                np.testing.assert_array_equal(clips.times, others.times)
                np.testing.assert_array_equal(clips.scores, others.scores)
        assert take_in(other, package) == {
            **dict.fromkeys(Added, 0),
            Added.KNOWN: 12,
        }
        assert other.figures().segments == 12
        hit = other.search(SPACE, VECTORS[7], count=1)[0]
        assert other.entry(hit.segment_id).uid == "u7"


def test_only_what_fits_the_filter_is_in_it(folder_library: Library, tmp_path: Path) -> None:
    fill(folder_library)
    package = export(folder_library, tmp_path / "p", Filter(crime_types=("fight",)))
    held = pq.read_table(package / "segments.parquet")
    assert held.num_rows == 6
    assert set(held["crime_type"].to_pylist()) == {"fight"}
    assert {str(n) for n in pq.read_table(package / "vectors.parquet")["segment"]} == set(
        map(str, held["uid"])
    )


def test_the_files_are_what_the_documentation_says(package: Path) -> None:
    manifest = read_manifest(package)
    assert manifest.spaces == {SPACE: VECTORS.shape[1]}
    assert {file.path for file in manifest.files} == {f"{name}.parquet" for name in SCHEMAS}
    for file in manifest.files:
        assert file.sha256 == sha256_of(package / file.path)
        held = pq.ParquetFile(package / file.path)
        assert held.schema_arrow.equals(SCHEMAS[Path(file.path).stem])
        assert held.metadata.num_rows == file.rows
    text = (Path(__file__).parents[3] / "docs" / "library.md").read_text(encoding="utf-8")
    for name, schema in SCHEMAS.items():
        section = text.split(f"#### `{name}.parquet`")[1].split("####")[0]
        for field in schema:
            assert f"| `{field.name}` |" in section, (name, field.name)


def test_marks_of_duplicates_arrive(folder_library: Library, tmp_path: Path) -> None:
    fill(folder_library, 1)
    folder_library.add(recording("copy"), [entry("twin", VECTORS[0])], twin=lambda _: 1)
    package = export(folder_library, tmp_path / "p")
    with open_library(Location(folder=tmp_path / "other")) as other:
        fill(other, 0)
        other.add(recording("first"), [entry("first", VECTORS[9])])  # numbers differ
        take_in(other, package)
        by_uid = {e.uid: e for e in other.entries(Filter(duplicates=True))}
        assert by_uid["twin"].duplicate_of == by_uid["u0"].id


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)


def _declare(package: Path, **changes: object) -> None:
    values = json.loads((package / MANIFEST).read_text())
    (package / MANIFEST).write_text(json.dumps(values | changes))


def _as_declared(package: Path) -> None:
    """Have the manifest say what the files are now."""
    values = json.loads((package / MANIFEST).read_text())
    for file in values["files"]:
        path = package / file["path"]
        file["size"], file["sha256"] = path.stat().st_size, sha256_of(path)
    (package / MANIFEST).write_text(json.dumps(values))


def _without_a_column(package: Path) -> None:
    held = pq.read_table(package / "segments.parquet")
    pq.write_table(held.drop_columns(["peak"]), package / "segments.parquet")
    _as_declared(package)


def _vectors_turned_round(package: Path) -> None:
    held = pq.read_table(package / "vectors.parquet")
    pq.write_table(held.take(list(range(11, -1, -1))), package / "vectors.parquet")
    _as_declared(package)


def _no_parquet(package: Path) -> None:
    (package / "clips.parquet").write_bytes(b"something else")
    _as_declared(package)


def _outside(package: Path) -> None:
    (package.parent / "secret").write_text("x")
    values = json.loads((package / MANIFEST).read_text())
    values["files"].append({"path": "../secret", "size": 1, "sha256": "0", "rows": None})
    (package / MANIFEST).write_text(json.dumps(values))


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda p: _flip(p / "vectors.parquet"), "is damaged"),
        (lambda p: (p / "clips.parquet").unlink(), "is incomplete"),
        (lambda p: (p / MANIFEST).unlink(), "is not a package of a library"),
        (lambda p: (p / MANIFEST).write_text("{"), "is not a package of a library"),
        (lambda p: _declare(p, format="photo-album"), "of another program"),
        (lambda p: _declare(p, version=2), "update crimeview"),
        (_without_a_column, "lacks the columns peak"),
        (_vectors_turned_round, "not in the order"),
        (_no_parquet, "clips.parquet"),
        (_outside, "is incomplete"),
    ],
)
def test_a_package_that_is_not_whole_is_told_and_adds_nothing(
    package: Path, tmp_path: Path, damage: Callable[[Path], None], told: str
) -> None:
    damage(package)
    with open_library(Location(folder=tmp_path / "other")) as other:
        with pytest.raises(LibraryError, match=told):
            take_in(other, package)
        assert other.figures().segments == 0


def test_vectors_of_another_length_are_told(package: Path, tmp_path: Path) -> None:
    with open_library(Location(folder=tmp_path / "other")) as other:
        vector = unit_vectors(1, dimensions=5)[0]
        other.add(recording("x"), [entry("x", vector)])
        with pytest.raises(LibraryError, match="made-space"):
            take_in(other, package)
        assert other.figures().segments == 1


def _with_vectors(change: Callable[[list[list[float]]], None]) -> Callable[[Path], None]:
    """Change the vectors of a package, which then is as its manifest says all the same."""

    def spoil(package: Path) -> None:
        held = pq.read_table(package / "vectors.parquet").to_pydict()
        change(held["vector"])
        table = pa.Table.from_pydict(held, schema=SCHEMAS["vectors"])
        pq.write_table(table, package / "vectors.parquet")
        _as_declared(package)

    return spoil


def _a_clip_of_nan(package: Path) -> None:
    held = pq.read_table(package / "clips.parquet").to_pydict()
    held["features"][-1] = [float("nan")] * len(held["features"][-1])
    table = pa.Table.from_pydict(held, schema=SCHEMAS["clips"])
    pq.write_table(table, package / "clips.parquet")
    _as_declared(package)


def _a_segment_without_time(package: Path) -> None:
    held = pq.read_table(package / "segments.parquet").to_pydict()
    held["end"][-1] = float("inf")
    table = pa.Table.from_pydict(held, schema=SCHEMAS["segments"])
    pq.write_table(table, package / "segments.parquet")
    _as_declared(package)


def _an_unknown_space(package: Path) -> None:
    held = pq.read_table(package / "vectors.parquet").to_pydict()
    held["space"][-1] = "elsewhere"
    table = pa.Table.from_pydict(held, schema=SCHEMAS["vectors"])
    pq.write_table(table, package / "vectors.parquet")
    _as_declared(package)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_with_vectors(lambda rows: rows[-1].pop()), "numbers"),
        (_with_vectors(lambda rows: rows[-1].__setitem__(3, float("nan"))), "no number"),
        (_with_vectors(lambda rows: rows[-1].__setitem__(3, float("inf"))), "no number"),
        (_with_vectors(lambda rows: rows.__setitem__(-1, [50.0] * 16)), "length one"),
        (_with_vectors(lambda rows: rows.__setitem__(-1, [0.0] * 16)), "length one"),
        (_a_clip_of_nan, "no number"),
        (_a_segment_without_time, "no number"),
        (_an_unknown_space, "elsewhere"),
    ],
)
def test_a_package_that_would_spoil_searches_is_refused_whole(
    package: Path, tmp_path: Path, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(package)
    with open_library(Location(folder=tmp_path / "other")) as other:
        with pytest.raises(LibraryError, match=words):
            take_in(other, package)
        assert other.count() == 0
        assert other.figures().spaces == ()


@pytest.mark.parametrize("where", ["add", "load"])
@pytest.mark.parametrize("vector", ["short", "nan", "long"])
def test_a_vector_that_would_spoil_searches_is_not_stored(
    library: Library, where: str, vector: str
) -> None:
    spoilt = {
        "short": VECTORS[1][:-1] / np.linalg.norm(VECTORS[1][:-1]),
        "nan": np.where(np.arange(16) == 3, np.nan, VECTORS[1]),
        "long": 2.0 * VECTORS[1],
    }[vector]
    entries = [entry("good", VECTORS[0]), entry("spoilt", spoilt, start=30.0)]
    batch = [(recording("r"), one) for one in entries]
    store = {
        "add": lambda: library.add(recording("r"), entries),
        "load": lambda: library.load(batch),
    }
    with pytest.raises(LibraryError, match="made again"):
        store[where]()
    assert library.count() == 0


def test_a_stopped_export_leaves_nothing_and_a_stopped_import_goes_on(
    folder_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(folder_library)
    monkeypatch.setattr("crimeview.store.library.package_export._AT_ONCE", 5)
    monkeypatch.setattr("crimeview.store.library.package_import._AT_ONCE", 5)
    exporting = export_package(
        folder_library, tmp_path / "p", wanted=Filter(duplicates=True), with_clips=True
    )
    assert next(exporting) == (5, 12)
    exporting.close()
    assert [path.name for path in tmp_path.iterdir()] == ["library"]
    package = export(folder_library, tmp_path / "p")
    with open_library(Location(folder=tmp_path / "other")) as other:
        importing = import_package(other, package)
        next(importing)
        importing.close()
        assert other.figures().segments == 5
        outcomes = take_in(other, package)
        assert (outcomes[Added.KNOWN], outcomes[Added.NEW]) == (5, 7)


def test_clips_travel_and_a_changed_one_is_told(folder_library: Library, tmp_path: Path) -> None:
    fill(folder_library, 2)
    folder = folder_library.clips_folder
    assert folder is not None
    folder.mkdir()
    (folder / "u1.mkv").write_bytes(b"pictures")
    copy = ClipCopy(
        file="u1.mkv",
        sha256=sha256_of(folder / "u1.mkv"),
        size=8,
        source_sha256="s",
        start=0.0,
        end=9.0,
    )
    folder_library.set_copy(2, copy)
    package = export(folder_library, tmp_path / "p")
    with open_library(Location(folder=tmp_path / "other")) as other:
        take_in(other, package)
        assert [e.copy for e in other.entries()] == [None, copy]
        assert (tmp_path / "other" / "clips" / "u1.mkv").read_bytes() == b"pictures"
    (folder / "u1.mkv").write_bytes(b"others")
    with pytest.raises(LibraryError, match="is not what was copied"):
        export(folder_library, tmp_path / "q")
    assert not (tmp_path / "q").exists()

"""Taking a package into a library: checked first, then read a part at a time."""

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from crimeview.core.errors import LibraryError
from crimeview.core.files import is_file
from crimeview.store.library.library import Library
from crimeview.store.library.package_check import check_rows
from crimeview.store.library.package_export import sha256_of
from crimeview.store.library.package_form import (
    CLIPS_FOLDER,
    SCHEMAS,
    PackageManifest,
    read_manifest,
)
from crimeview.store.library.rows import (
    Added,
    ClipCopy,
    ClipSet,
    Facts,
    NewEntry,
    SourceRecording,
)

_AT_ONCE = 1000
_BESIDE = ("vectors", "clips", "thumbnails")
Outcomes = dict[Added, int]


def import_package(library: Library, folder: Path) -> Iterator[tuple[int, int, Outcomes]]:
    """Add a package's segments; yields how many are done, of how many, and what became of them.

    Each part is stored whole or not at all; importing again goes on where it was stopped, since
    what is known is not added twice. Raises LibraryError where a file of it is not what its
    manifest says: nothing is then added.
    """
    manifest = read_manifest(folder)
    _check(folder, manifest)
    held = {name: size for name, size, _ in library.figures().spaces}
    try:
        check_rows(folder, manifest, held=held)
    except (pa.ArrowException, KeyError, TypeError, ValueError) as error:
        raise LibraryError(
            f"The package {folder} holds what docs/library.md does not describe ({error}); have it "
            "exported again. Nothing was added."
        ) from error
    total = pq.ParquetFile(folder / "segments.parquet").metadata.num_rows
    outcomes = dict.fromkeys(Added, 0)
    try:
        with library.without_graphs() if total > 10 * _AT_ONCE else nullcontext():
            done = 0
            for part in _parts(folder):
                _take_in(library, folder, part, outcomes)
                done += len(part)
                yield done, total, outcomes
    except (pa.ArrowException, KeyError, TypeError, ValueError) as error:
        raise LibraryError(
            f"The package {folder} holds what docs/library.md does not describe ({error}); have it "
            "exported again."
        ) from error


Part = list[tuple[SourceRecording, NewEntry, dict[str, Any]]]


def _take_in(library: Library, folder: Path, part: Part, outcomes: Outcomes) -> None:
    results = library.load([(recording, entry) for recording, entry, _ in part])
    marks: dict[int, str] = {}
    for (_, _, row), (outcome, number) in zip(part, results, strict=True):
        outcomes[outcome] += 1
        if outcome is not Added.NEW or number is None:
            continue
        if row["duplicate_of"]:
            marks[number] = row["duplicate_of"]
        if row["copy_file"] and library.clips_folder is not None:
            _take_clip(library, folder, number, row)
    if marks:
        library.mark_duplicates(marks)


def _take_clip(library: Library, folder: Path, number: int, row: dict[str, Any]) -> None:
    name = Path(row["copy_file"]).name  # whatever a package says, it stays in the folder of clips
    target_folder = library.clips_folder
    assert target_folder is not None
    try:
        target_folder.mkdir(exist_ok=True)
        part = target_folder / f".{name}.part"
        shutil.copyfile(folder / CLIPS_FOLDER / name, part)
        part.replace(target_folder / name)
    except OSError as error:
        raise LibraryError(
            f"The clip {name} cannot be copied into the library ({error.strerror or error}); free "
            "some space and import the package again."
        ) from error
    library.set_copy(
        number,
        ClipCopy(
            file=name,
            sha256=row["copy_sha256"],
            size=row["copy_size"],
            source_sha256=row["copy_source_sha256"],
            start=row["copy_start"],
            end=row["copy_end"],
        ),
    )


def _check(folder: Path, manifest: PackageManifest) -> None:
    named = {file.path for file in manifest.files}
    missing = [name for name in (f"{n}.parquet" for n in SCHEMAS) if name not in named]
    for file in manifest.files:
        path = folder / file.path
        if not path.resolve().is_relative_to(folder.resolve()) or not is_file(path):
            missing.append(file.path)
        elif path.stat().st_size != file.size or sha256_of(path) != file.sha256:
            raise LibraryError(
                f"The package {folder} is damaged ({file.path} is not what was written); copy it "
                "again. Nothing was added."
            )
    if missing:
        raise LibraryError(
            f"The package {folder} is incomplete ({', '.join(missing)}); copy it again. Nothing "
            "was added."
        )
    for name, schema in SCHEMAS.items():
        wrong = [f.name for f in schema if f.name not in _columns(folder, name)]
        if wrong:
            raise LibraryError(
                f"The package {folder} lacks the columns {', '.join(wrong)} in {name}.parquet; "
                "have it exported again. Nothing was added."
            )
    _check_order(folder)


def _columns(folder: Path, name: str) -> list[str]:
    try:
        return list(pq.read_schema(folder / f"{name}.parquet").names)
    except (pa.ArrowException, OSError) as error:
        raise LibraryError(
            f"The package {folder} cannot be read ({name}.parquet is no table); have it exported "
            "again. Nothing was added."
        ) from error


def _check_order(folder: Path) -> None:
    """Raise LibraryError unless what belongs to segments comes in their order."""
    uids = pq.read_table(folder / "segments.parquet", columns=["uid"])["uid"].to_pylist()
    place = {uid: number for number, uid in enumerate(uids)}
    for name in _BESIDE:
        last = 0
        for batch in pq.ParquetFile(folder / f"{name}.parquet").iter_batches(columns=["segment"]):
            for uid in batch.column(0).to_pylist():
                if place.get(uid, -1) < last:
                    raise LibraryError(
                        f"The rows of {name}.parquet in the package {folder} are not in the order "
                        "of its segments; have it exported again. Nothing was added."
                    )
                last = place[uid]


def _parts(folder: Path) -> Iterator[Part]:
    recordings = {
        row["uid"]: SourceRecording(**row)
        for row in pq.read_table(
            folder / "recordings.parquet", columns=SCHEMAS["recordings"].names
        ).to_pylist()
    }
    beside = {name: _Beside(folder, name) for name in _BESIDE}
    file = pq.ParquetFile(folder / "segments.parquet")
    for batch in file.iter_batches(_AT_ONCE, columns=SCHEMAS["segments"].names):
        yield [
            (recordings[row["recording"]], _entry(row, beside), row) for row in batch.to_pylist()
        ]


class _Beside:
    """A table in the order of the segments: the rows of one after those of the one before."""

    def __init__(self, folder: Path, name: str) -> None:
        file = pq.ParquetFile(folder / f"{name}.parquet")
        self._rows = _rows(file, SCHEMAS[name].names)
        self._next = next(self._rows, None)

    def of(self, uid: str) -> list[dict[str, Any]]:
        """The rows of the segment, which come next if there are any."""
        found = []
        while self._next is not None and self._next["segment"] == uid:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found


def _rows(file: pq.ParquetFile, columns: list[str]) -> Iterator[dict[str, Any]]:
    for batch in file.iter_batches(_AT_ONCE, columns=columns):
        yield from batch.to_pylist()


def _entry(row: dict[str, Any], beside: dict[str, _Beside]) -> NewEntry:
    uid = row["uid"]
    clips = beside["clips"].of(uid)
    return NewEntry(
        uid=uid,
        start=row["start"],
        end=row["end"],
        peak=row["peak"],
        peak_time=row["peak_time"],
        vectors={v["space"]: np.array(v["vector"], np.float32) for v in beside["vectors"].of(uid)},
        facts=Facts(**{name: row[name] for name in Facts.__slots__}),
        happened=row["happened"],
        clips=_clip_set(clips) if clips else None,
        thumbnails=tuple((t["time"], t["jpeg"]) for t in beside["thumbnails"].of(uid)),
        added=row["added"],
        added_by=row["added_by"],
    )


def _clip_set(rows: list[dict[str, Any]]) -> ClipSet:
    return ClipSet(
        space=rows[0]["space"],
        times=np.array([(row["start"], row["end"]) for row in rows]),
        scores=np.array([row["score"] for row in rows], np.float32),
        features=np.array([row["features"] for row in rows], np.float16),
    )

"""Writing a package of a library."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from crimeview.core.errors import LibraryError
from crimeview.core.files import exists, is_file
from crimeview.store.library.library import Library
from crimeview.store.library.package_form import (
    CLIPS_FOLDER,
    MANIFEST,
    SCHEMAS,
    PackageFile,
    PackageManifest,
    manifest_text,
)
from crimeview.store.library.rows import Entry, Filter

_AT_ONCE = 500
_CHUNK = 1 << 22


def export_package(
    library: Library, folder: Path, *, wanted: Filter, with_clips: bool
) -> Iterator[tuple[int, int]]:
    """Write the segments that fit; yields how many are written, and of how many.

    `folder` must not be there yet and appears only when complete. Raises LibraryError.
    """
    if exists(folder):
        raise LibraryError(f"There is something at {folder} already; choose another name.")
    part = folder.with_name(f".{folder.name}.{uuid4().hex[:8]}.part")
    try:
        part.mkdir(parents=True)
        numbers = [entry.id for entry in library.entries(wanted)]
        with _Package(part, library, with_clips=with_clips) as package:
            for first in range(0, len(numbers), _AT_ONCE):
                package.write(numbers[first : first + _AT_ONCE])
                yield min(first + _AT_ONCE, len(numbers)), len(numbers)
        package.finish()
        os.replace(part, folder)  # noqa: PTH105 (Path.replace takes no folder on every system)
    except OSError as error:
        raise LibraryError(
            f"The package {folder} cannot be written ({error.strerror or error}); free some space "
            "or choose another place."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


class _Package:
    """The tables of a package while they are written."""

    def __init__(self, folder: Path, library: Library, *, with_clips: bool) -> None:
        self._folder, self._library, self._with_clips = folder, library, with_clips
        self._stack = ExitStack()
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._rows = dict.fromkeys(SCHEMAS, 0)
        self._recordings: set[str] = set()
        self._uids: dict[int, str] = {}
        self._clips: list[str] = []

    def __enter__(self) -> Self:
        for name, schema in SCHEMAS.items():
            writer = pq.ParquetWriter(self._folder / f"{name}.parquet", schema, compression="zstd")
            self._writers[name] = self._stack.enter_context(writer)
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def write(self, numbers: list[int]) -> None:
        """Write these segments with all that belongs to them."""
        entries = self._library.entries_of(numbers)
        spaces = [name for name, _, _ in self._library.figures().spaces]
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
        for number in numbers:
            entry = entries.get(number)
            if entry is None:  # removed meanwhile
                continue
            self._uids[entry.id] = entry.uid
            if entry.recording.uid not in self._recordings:
                self._recordings.add(entry.recording.uid)
                rows["recordings"].append(_recording(entry))
            rows["segments"].append(self._segment(entry))
            rows["thumbnails"] += [
                {"segment": entry.uid, "time": time, "jpeg": jpeg}
                for time, jpeg in self._library.thumbnails(entry.id)
            ]
            rows["vectors"] += self._vectors(entry, spaces)
            rows["clips"] += self._clip_rows(entry)
        for name, table in rows.items():
            self._rows[name] += len(table)
            if table:
                self._writers[name].write_table(pa.Table.from_pylist(table, SCHEMAS[name]))

    def finish(self) -> None:
        """Write the manifest, once the tables are closed."""
        paths = [f"{name}.parquet" for name in SCHEMAS] + self._clips
        rows = {f"{name}.parquet": count for name, count in self._rows.items()}
        manifest = PackageManifest(
            library=self._library.uid,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            program=f"crimeview {version('crimeview')}",
            spaces={name: size for name, size, _ in self._library.figures().spaces},
            files=tuple(
                PackageFile(
                    path=path,
                    size=(self._folder / path).stat().st_size,
                    sha256=sha256_of(self._folder / path),
                    rows=rows.get(path),
                )
                for path in paths
            ),
        )
        (self._folder / MANIFEST).write_text(manifest_text(manifest), encoding="utf-8")

    def _segment(self, entry: Entry) -> dict[str, Any]:
        copy = entry.copy if self._with_clips and self._take_clip(entry) else None
        facts = entry.facts
        return {
            "uid": entry.uid,
            "recording": entry.recording.uid,
            "start": entry.start,
            "end": entry.end,
            "peak": entry.peak,
            "peak_time": entry.peak_time,
            **{name: getattr(facts, name) for name in facts.__slots__},
            "happened": entry.happened,
            "added": entry.added,
            "added_by": entry.added_by,
            "duplicate_of": self._uid_of(entry.duplicate_of),
            "copy_file": copy.file if copy else None,
            "copy_sha256": copy.sha256 if copy else None,
            "copy_size": copy.size if copy else None,
            "copy_source_sha256": copy.source_sha256 if copy else None,
            "copy_start": copy.start if copy else None,
            "copy_end": copy.end if copy else None,
        }

    def _uid_of(self, number: int | None) -> str | None:
        """A duplicate comes after what it is one of, unless that is not in the package."""
        return self._uids.get(number) if number is not None else None

    def _take_clip(self, entry: Entry) -> bool:
        """Copy a clip into the package, where it is there and is what it was."""
        folder = self._library.clips_folder
        if entry.copy is None or folder is None or not is_file(folder / entry.copy.file):
            return False
        target = self._folder / CLIPS_FOLDER
        target.mkdir(exist_ok=True)
        shutil.copyfile(folder / entry.copy.file, target / entry.copy.file)
        if sha256_of(target / entry.copy.file) != entry.copy.sha256:
            raise LibraryError(
                f"The clip {folder / entry.copy.file} is not what was copied; remove the segment "
                f"{entry.id} and add it again, or export --without-clips."
            )
        self._clips.append(f"{CLIPS_FOLDER}/{entry.copy.file}")
        return True

    def _vectors(self, entry: Entry, spaces: list[str]) -> list[dict[str, Any]]:
        found = []
        for space in spaces:
            try:
                vector = self._library.vector(entry.id, space)
            except KeyError:
                continue
            found.append({"segment": entry.uid, "space": space, "vector": vector})
        return found

    def _clip_rows(self, entry: Entry) -> list[dict[str, Any]]:
        clips = self._library.clips(entry.id)
        if clips is None:
            return []
        return [
            {
                "segment": entry.uid,
                "space": clips.space,
                "start": float(times[0]),
                "end": float(times[1]),
                "score": float(score),
                "features": features.astype("float32"),
            }
            for times, score, features in zip(
                clips.times, clips.scores, clips.features, strict=True
            )
        ]


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _recording(entry: Entry) -> dict[str, Any]:
    recording = entry.recording
    return {name: getattr(recording, name) for name in recording.__slots__}

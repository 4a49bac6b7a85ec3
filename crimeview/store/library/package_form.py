"""What a package of a library is: Parquet files with a manifest. docs/library.md describes it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa

from crimeview.core.errors import LibraryError

FORMAT, VERSION = "crimeview-library-package", 1
MANIFEST = "manifest.json"
CLIPS_FOLDER = "clips"

_TEXT, _NUMBER = pa.string(), pa.float64()
_VECTOR = pa.list_(pa.float32())

SCHEMAS: dict[str, pa.Schema] = {
    "recordings": pa.schema(
        [
            pa.field("uid", _TEXT, nullable=False),
            pa.field("name", _TEXT, nullable=False),
            pa.field("sha256", _TEXT),
            pa.field("size", pa.int64()),
            pa.field("path", _TEXT),
            pa.field("case_name", _TEXT),
            pa.field("duration", _NUMBER),
            pa.field("started", _TEXT),
        ]
    ),
    "segments": pa.schema(
        [
            *(pa.field(n, _TEXT, nullable=False) for n in ("uid", "recording")),
            *(pa.field(n, _NUMBER, nullable=False) for n in ("start", "end", "peak", "peak_time")),
            *(
                pa.field(n, _TEXT, nullable=False)
                for n in ("crime_type", "outcome", "notes", "camera", "place")
            ),
            pa.field("happened", _NUMBER),
            *(pa.field(n, _TEXT, nullable=False) for n in ("added", "added_by")),
            *(pa.field(n, _TEXT) for n in ("duplicate_of", "copy_file", "copy_sha256")),
            pa.field("copy_size", pa.int64()),
            pa.field("copy_source_sha256", _TEXT),
            *(pa.field(n, _NUMBER) for n in ("copy_start", "copy_end")),
        ]
    ),
    "vectors": pa.schema(
        [
            *(pa.field(n, _TEXT, nullable=False) for n in ("segment", "space")),
            pa.field("vector", _VECTOR, nullable=False),
        ]
    ),
    "clips": pa.schema(
        [
            *(pa.field(n, _TEXT, nullable=False) for n in ("segment", "space")),
            *(pa.field(n, _NUMBER, nullable=False) for n in ("start", "end")),
            pa.field("score", pa.float32(), nullable=False),
            pa.field("features", _VECTOR, nullable=False),
        ]
    ),
    "thumbnails": pa.schema(
        [
            pa.field("segment", _TEXT, nullable=False),
            pa.field("time", _NUMBER, nullable=False),
            pa.field("jpeg", pa.binary(), nullable=False),
        ]
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageFile:
    """A file of the package: path within it, bytes, SHA-256; rows where it is a table."""

    path: str
    size: int
    sha256: str
    rows: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageManifest:
    """What a package holds. `created` is ISO 8601, `library` the uid of the one it came from."""

    library: str
    created: str
    program: str
    spaces: dict[str, int]
    files: tuple[PackageFile, ...]


def manifest_text(manifest: PackageManifest) -> str:
    return json.dumps({"format": FORMAT, "version": VERSION, **asdict(manifest)}, indent=2) + "\n"


def read_manifest(folder: Path) -> PackageManifest:
    """Raises LibraryError where it is not that of a package that can be read."""
    try:
        values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        form, version = values.pop("format"), values.pop("version")
        if (form, version) != (FORMAT, VERSION):
            raise LibraryError(_unknown(folder, form, version))
        files = tuple(PackageFile(**file) for file in values.pop("files"))
        spaces = {str(name): int(size) for name, size in values.pop("spaces").items()}
        return PackageManifest(files=files, spaces=spaces, **values)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise LibraryError(
            f"{folder} is not a package of a library: its {MANIFEST} is missing or cannot be read."
        ) from error


def _unknown(folder: Path, form: object, version: object) -> str:
    if form != FORMAT:
        return f"{folder} is not a package of a library, but of another program."
    return (
        f"The package {folder} is of version {version}, of which this crimeview knows nothing; "
        "update crimeview."
    )

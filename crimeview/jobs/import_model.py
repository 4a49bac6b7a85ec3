"""Making a model folder of weights that somebody else published."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from crimeview.core.errors import ModelError, UsageError
from crimeview.core.files import exists, is_file, is_folder
from crimeview.core.job import Job, Step
from crimeview.core.manifest import Manifest
from crimeview.nets.catalog import MANIFEST, ModelFolder
from crimeview.nets.session import file_runner
from crimeview.nets.verify import check_values, verify

_ONNX_START = b"\x08"  # the field of the format's version
_STEPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a model goes: into the folder of models `models`, called `name`.

    Without a name it gets that of the network it is. `overwrite` puts it in the place of a model
    that is there already.
    """

    models: Path
    name: str | None
    overwrite: bool


def import_model(
    path: Path, *, target: Target, architecture: Path | None = None
) -> Job[ModelFolder]:
    """Make a model of a file of published weights, or copy the model that is at `path`.

    `architecture` is the model.json of a MATLAB file. Nothing is left at the target until the model
    computes what the weights do in PyTorch, or what its manifest says. Raises ModelError for what
    cannot be imported and UsageError where the target is taken or cannot be written.
    """
    _check_name(target)
    if not exists(path):
        raise UsageError(f"There is nothing at {path}; give a file of weights or a model's folder.")
    if is_folder(path) or path.name == MANIFEST or _is_onnx(path):
        return (yield from _copy(path, target))
    return (yield from _convert(path, target, architecture))


def _convert(path: Path, target: Target, architecture: Path | None) -> Job[ModelFolder]:
    _require_torch()
    from crimeview.training.export import export_model
    from crimeview.training.importers.imported import exact_network
    from crimeview.training.importers.recognize import recognize
    from crimeview.training.importers.source import read_source

    yield _step(0, f"Reading {path.name}")
    found = recognize(read_source(path), architecture=architecture)
    draft = found.draft
    if target.name is not None:
        draft = replace(draft, name=target.name, file=f"{target.name}.onnx")
    place = target.models / draft.name
    with placed(place, overwrite=target.overwrite) as new:
        yield _step(1, f"Comparing {draft.name} with the published form")
        values = check_values(draft)
        network = exact_network(found, values)
        del found  # the published form takes a quarter of a gigabyte
        yield _step(2, f"Converting {draft.name} to ONNX")
        opened = cache(lambda file: file_runner(file, threads=0))
        manifest = export_model(
            network,
            draft=draft,
            check_values=values,
            run=lambda file, inputs: opened(file)(inputs),
            folder=new,
            random_inputs=1,  # these networks are large
        )
        opened.cache_clear()
    return ModelFolder(folder=place, manifest=manifest)


def _copy(path: Path, target: Target) -> Job[ModelFolder]:
    yield _step(0, f"Reading {path.resolve().name}")
    source = _read_folder(path)
    manifest = source.manifest
    if target.name is not None:
        manifest = replace(manifest, name=target.name)
    place = target.models / manifest.name
    with placed(place, overwrite=target.overwrite) as new:
        new.mkdir()
        for file in (manifest.file, *(variant.file for variant in manifest.variants)):
            yield _step(1, f"Copying {file}")
            _copy_file(source.folder / file, new / file)
        (new / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
        copied = ModelFolder(folder=new, manifest=manifest)
        for precision in copied.precisions:
            yield _step(2, f"Checking {manifest.name} in {precision}")
            verify(copied, precision=precision)
    return ModelFolder(folder=place, manifest=manifest)


def _read_folder(path: Path) -> ModelFolder:
    """The model at a folder, its manifest or its ONNX file, whatever its folder is called."""
    folder = path if is_folder(path) else path.parent
    try:
        manifest = Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(
            f"There is no {MANIFEST} in {folder}, which says what an ONNX file wants and gives; "
            "write one beside the ONNX file, as the models that crimeview ships have it."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{folder / MANIFEST} cannot be read; copy the model again.") from error
    if is_file(path) and path.name not in (MANIFEST, manifest.file):
        raise ModelError(
            f"The {MANIFEST} beside {path.name} is that of {manifest.file}; put the manifest of "
            f"{path.name} beside it."
        )
    return ModelFolder(folder=folder, manifest=manifest)


def _copy_file(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except (FileNotFoundError, PermissionError) as error:
        raise ModelError(
            f"The model lacks {source.name}, or it cannot be read; copy its whole folder again."
        ) from error


@contextmanager
def placed(place: Path, *, overwrite: bool) -> Iterator[Path]:
    """A folder to make a model in; at the end it is at `place` at once, or not at all."""
    check_free(place, overwrite=overwrite)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        scratch = tempfile.TemporaryDirectory(dir=place.parent, prefix=".import-")
    except OSError as error:
        _refuse(place, error)
    with scratch as holder:
        new, old = Path(holder) / place.name, Path(holder) / "old" / place.name
        yield new
        check_free(place, overwrite=overwrite)
        try:
            _swap(new, place, old)
        except OSError as error:
            _refuse(place, error)


def _swap(new: Path, place: Path, old: Path) -> None:
    """Put `new` at `place`, and what was there at `old`."""
    if not exists(place):
        new.rename(place)
        return
    old.parent.mkdir()
    place.rename(old)
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        raise


def check_free(place: Path, *, overwrite: bool) -> None:
    """Raise UsageError where a model cannot be put."""
    if not exists(place):
        return
    if not overwrite:
        raise UsageError(
            f"There is “{place.name}” in {place.parent} already; give another --name, or --replace "
            "to put the import in its place."
        )
    if not is_file(place / MANIFEST):
        raise UsageError(f"{place} is not a model, so it is not replaced; give another --name.")


def _refuse(place: Path, error: OSError) -> NoReturn:
    raise UsageError(
        f"{place} cannot be written ({error.strerror}); give another folder with --out, or set "
        "CRIMEVIEW_MODELS to a folder of your own."
    ) from error


def _check_name(target: Target) -> None:
    if target.name is not None and not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", target.name):
        raise UsageError(
            f"A model cannot be called “{target.name}”; use small letters, digits, dots and "
            "hyphens, a letter or digit first."
        )


def is_bare_onnx(path: Path) -> bool:
    """Whether it is an ONNX file without a manifest beside it."""
    return is_file(path) and _is_onnx(path) and not is_file(path.parent / MANIFEST)


def _is_onnx(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(1) == _ONNX_START
    except OSError:
        return False  # whoever reads it next says why


def _require_torch() -> None:
    if any(find_spec(name) is None for name in ("torch", "onnx", "scipy")):
        raise UsageError(
            "Importing weights needs PyTorch, which is not installed; install it with "
            "“pip install 'crimeview[train]'”."
        )


def _step(done: int, message: str) -> Step:
    return Step(done=done, total=_STEPS, message=message)

"""`crimeview models import`."""

from pathlib import Path

from crimeview.cli.drive import drive
from crimeview.cli.faults import tell
from crimeview.jobs.import_model import Target, import_model
from crimeview.nets.catalog import models_folder


def run_import(
    path: Path, *, name: str | None, architecture: Path | None, out: Path | None, overwrite: bool
) -> int:
    """Make a model of published weights and say where it is and how it is used."""
    models, name = _place(name, out)
    job = import_model(
        path,
        target=Target(models=models, name=name, overwrite=overwrite),
        architecture=architecture,
    )
    model = drive(job, if_stopped="Stopped. Nothing was imported.", unit="other")
    manifest = model.manifest
    print(f"{manifest.name}: {manifest.kind}, {manifest.feature_space or '-'}")
    tell(manifest.origin.description)
    tell(f"The model is in {model.folder}.")
    if manifest.kind in ("encoder", "scorer"):
        tell(f"Use it with: crimeview analyze --{manifest.kind} {manifest.name} …")
    return 0


def _place(name: str | None, out: Path | None) -> tuple[Path, str | None]:
    """The folder of models and the name in it, None where the network's usual one is wanted."""
    if out is None:
        return models_folder(), name
    folder = out.absolute()
    if name is None or folder.name == name:
        return folder.parent, folder.name
    return folder, name

"""`crimeview models import`."""

from pathlib import Path

from crimeview.cli.drive import drive
from crimeview.cli.faults import tell
from crimeview.jobs.import_any import import_any
from crimeview.jobs.import_model import Target
from crimeview.jobs.import_pose import fetch_pose, is_pose_file
from crimeview.nets.catalog import ModelFolder, models_folder

_STOPPED = "Stopped. Nothing was imported."


def run_import(
    path: Path, *, name: str | None, architecture: Path | None, out: Path | None, overwrite: bool
) -> int:
    """Make a model of published weights and say where it is and how it is used."""
    models, name = _place(name, out)
    if is_pose_file(path):  # two models, each in a folder of its own
        models = out or models_folder()
    target = Target(models=models, name=name, overwrite=overwrite)
    job = import_any(path, target=target, architecture=architecture)
    made = drive(job, if_stopped=_STOPPED, unit="other")
    return _tell_pose(made) if len(made) > 1 else _tell(made[0])


def run_fetch(*, out: Path | None, overwrite: bool) -> int:
    """Fetch the pose networks and make models of them."""
    job = fetch_pose(models=out or models_folder(), overwrite=overwrite)
    return _tell_pose(drive(job, if_stopped="Stopped. Nothing was fetched.", unit="other"))


def _tell_pose(models: list[ModelFolder]) -> int:
    for model in models:
        print(f"{model.manifest.name}: pose")
        tell(f"The model is in {model.folder}.")
    tell(models[0].manifest.origin.description)
    return 0


def _tell(model: ModelFolder) -> int:
    manifest = model.manifest
    print(f"{manifest.name}: {manifest.kind}, {manifest.feature_space or '-'}")
    tell(manifest.origin.description)
    tell(f"Its license: {manifest.origin.license}.")
    tell(f"The model is in {model.folder}.")
    if manifest.kind in ("encoder", "scorer"):
        tell(f"Use it with: crimeview analyze --{manifest.kind} {manifest.name} …")
    elif manifest.kind == "detector":
        tell(
            "crimeview analyze names objects with it that a camera never showed, and follows "
            f"people with --theft; where there are several, choose it by --detector {manifest.name}"
        )
    return 0


def _place(name: str | None, out: Path | None) -> tuple[Path, str | None]:
    """The folder of models and the name in it, None where the network's usual one is wanted."""
    if out is None:
        return models_folder(), name
    folder = out.absolute()
    if name is None or folder.name == name:
        return folder.parent, folder.name
    return folder, name

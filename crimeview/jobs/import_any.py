"""Importing a model of whatever kind a file or folder holds."""

from pathlib import Path

from crimeview.core.job import Job
from crimeview.jobs.import_detector import import_detector
from crimeview.jobs.import_model import Target, import_model, is_bare_onnx
from crimeview.jobs.import_pose import import_pose, is_pose_file
from crimeview.nets.catalog import ModelFolder


def import_any(
    path: Path, *, target: Target, architecture: Path | None = None
) -> Job[list[ModelFolder]]:
    """Make models of what is at a path, which is told by its content; MediaPipe's file holds two.

    `architecture` is the model.json of a MATLAB file. Raises ModelError for what cannot be
    imported and UsageError where the target is taken or cannot be written.
    """
    if is_pose_file(path):
        return (yield from import_pose(path, models=target.models, overwrite=target.overwrite))
    if is_bare_onnx(path):
        return [(yield from import_detector(path, target=target))]
    return [(yield from import_model(path, target=target, architecture=architecture))]

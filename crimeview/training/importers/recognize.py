"""Which published network a file holds, told by its content."""

from pathlib import Path

from crimeview.core.errors import ModelError
from crimeview.training.importers import ekosman
from crimeview.training.importers.c3d import BUILDS, import_c3d
from crimeview.training.importers.checkpoint import read_checkpoint
from crimeview.training.importers.ekosman import import_ekosman
from crimeview.training.importers.imported import Imported
from crimeview.training.importers.keras import import_keras
from crimeview.training.importers.source import Source
from crimeview.training.importers.weights import listed

_MATLAB, _HDF5 = b"MATLAB 5.0 MAT-file", b"\x89HDF\r\n\x1a\n"
_ZIP, _PICKLE = b"PK\x03\x04", b"\x80"


def recognize(source: Source, *, architecture: Path | None = None) -> Imported:
    """The network in a file of weights; `architecture` is the model.json of a MATLAB file's.

    Raises ModelError, which says what was found and what would be known.
    """
    if source.start.startswith(_MATLAB):
        return import_keras(source, architecture=architecture)
    if source.start.startswith(_HDF5):
        raise ModelError(
            f"{source.title} is an HDF5 file (Keras' .h5 or MATLAB 7.3), which cannot be imported; "
            "save the weights with PyTorch, or as a MATLAB 5 file."
        )
    if source.start.startswith((_ZIP, _PICKLE)):
        return _from_checkpoint(source)
    raise ModelError(
        f"{source.title} is no file of weights that is known here; give a PyTorch checkpoint, a "
        "MATLAB file of Sultani's scorer, or an ONNX file with a manifest.json beside it."
    )


def _from_checkpoint(source: Source) -> Imported:
    tensors = read_checkpoint(source)
    for build in BUILDS:
        if build.first in tensors:
            return import_c3d(tensors, build, source)
    if ekosman.FIRST in tensors:
        return import_ekosman(tensors, source)
    known = [f"{build.first} … ({build.title})" for build in BUILDS]
    known.append(f"{ekosman.FIRST} … ({ekosman.TITLE})")
    raise ModelError(
        f"{source.title} is a PyTorch checkpoint of a network that is not known here: it has "
        f"{listed(tensors)}, where {'; '.join(known)} were expected; import one of these, or "
        "export your network to ONNX and write a manifest for it."
    )

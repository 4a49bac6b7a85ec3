"""The file beside a case in which earlier versions kept the names of clusters."""

import zipfile
from pathlib import Path

import numpy as np

from crimeview.atlas.naming import NamedCluster
from crimeview.core.errors import CaseError

_ONE_SPACE, _FORMAT = 1, 2


def load_names(file: Path) -> list[tuple[str, NamedCluster]]:
    """The clusters in a file, each with the space of its vectors.

    Raises CaseError where it is damaged: names are a person's work and not to be lost silently.
    """
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            if int(stored["format"]) not in (_ONE_SPACE, _FORMAT):
                raise CaseError(
                    f"The names of clusters in {file} were written by a newer crimeview; update "
                    "crimeview to use them."
                )
            names = [str(name) for name in stored["names"].tolist()]
            spaces = (
                [str(stored["space"])] * len(names)
                if "space" in stored
                else [str(name) for name in stored["spaces"].tolist()]
            )
            return [
                (
                    space,
                    NamedCluster(
                        name=name,
                        center=np.asarray(stored[f"center-{number}"], np.float32),
                        members=np.asarray(stored[f"members-{number}"], np.float32),
                    ),
                )
                for number, (space, name) in enumerate(zip(spaces, names, strict=True))
            ]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise CaseError(
            f"The names of clusters in {file} cannot be read; restore the file from a copy, or "
            "delete it and name the clusters anew."
        ) from error

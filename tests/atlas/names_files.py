"""Files of cluster names as earlier versions wrote them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from crimeview.atlas.naming import NamedCluster


def write_names(file: Path, clusters: Sequence[tuple[str, NamedCluster]]) -> None:
    """Write clusters, each with the space of its vectors."""
    arrays = {
        "format": np.array(2),
        "spaces": np.array([space for space, _ in clusters], np.str_),
        "names": np.array([cluster.name for _, cluster in clusters], np.str_),
    }
    for number, (_, cluster) in enumerate(clusters):
        arrays |= {f"center-{number}": cluster.center, f"members-{number}": cluster.members}
    with file.open("wb") as stream:
        np.savez(stream, **arrays)

"""Where the pose networks lie in a folder of models: looked up without opening anything."""

from pathlib import Path

from crimeview.core.files import is_file
from crimeview.nets.catalog import MANIFEST

REGIONS_SPACE, LANDMARKS_SPACE = "blazepose-regions", "blazepose-landmarks"


def pose_is_in(folder: Path) -> bool:
    """Whether both networks are there."""
    return all(is_file(folder / name / MANIFEST) for name in (REGIONS_SPACE, LANDMARKS_SPACE))

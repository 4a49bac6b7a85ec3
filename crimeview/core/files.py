"""Asking what a path is, and which names are those of videos.

`Path.is_dir`, `is_file` and `exists` raise for a name that is too long or a folder that may not be
entered. To these nothing is there: whoever then opens it gets the reason.
"""

import os
from pathlib import Path

VIDEO_SUFFIXES = frozenset(
    {
        ".264",
        ".265",
        ".3g2",
        ".3gp",
        ".asf",
        ".avi",
        ".dav",
        ".divx",
        ".dv",
        ".f4v",
        ".flv",
        ".h264",
        ".h265",
        ".hevc",
        ".ivf",
        ".m1v",
        ".m2t",
        ".m2ts",
        ".m2v",
        ".m4v",
        ".mjpeg",
        ".mjpg",
        ".mkv",
        ".mov",
        ".mp4",
        ".mpeg",
        ".mpg",
        ".mts",
        ".mxf",
        ".ogm",
        ".ogv",
        ".rm",
        ".rmvb",
        ".ts",
        ".vob",
        ".webm",
        ".wmv",
        ".y4m",
    }
)


def is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112


def is_file(path: Path) -> bool:
    """Whether it is a regular file: no folder, no pipe, no device."""
    return os.path.isfile(path)  # noqa: PTH113


def exists(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110

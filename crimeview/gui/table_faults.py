"""What is said to be wrong with ground truth and the tables it comes in: each form."""

from collections.abc import Callable

from crimeview.gui.text import translate

TABLE_FAULTS: tuple[Callable[[], str], ...] = (
    lambda: translate(
        "Told",
        "Line {line} of {file} is no annotation; write “name class start end”, in frames, and "
        "-1 where there is none.",
    ),
    lambda: translate("Told", "The annotations {file} cannot be read; check the file."),
    lambda: translate(
        "Told",
        "The table {file} does not say when anything happens; give it columns “name”, “start” "
        "and “end” in seconds, or “frames” and “anomalous_frames”.",
    ),
    lambda: translate("Told", "There are no annotations in {file}; choose another file."),
    lambda: translate(
        "Told", "“{text}” in line {line} of {file} is no number; write seconds or frames."
    ),
    lambda: translate("Told", "The table {file} has no rows; list one recording a line."),
    lambda: translate(
        "Told", "The table is damaged in line {line} ({reason}); save it as CSV again."
    ),
    lambda: translate("Told", "The table {file} cannot be read ({reason}); check the path."),
    lambda: translate("Told", "The table {file} is not text; save it as CSV in UTF-8."),
    lambda: translate(
        "Told", "The table {file} needs the columns {wanted} in its first line; it has {found}."
    ),
)

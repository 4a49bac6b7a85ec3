"""What is said to be wrong with recordings, their files and their analysis: each form."""

from collections.abc import Callable

from crimeview.gui.text import translate

RECORDING_FAULTS: tuple[Callable[[], str], ...] = (
    lambda: translate(
        "Told",
        "“{name}” is an MP4 file without its index, as is left when a recording or a copy is "
        "cut off; copy it from its source again.",
    ),
    lambda: translate(
        "Told",
        "“{name}” is not a video in any format that is known, or its beginning is damaged; "
        "check that it plays elsewhere or copy it from its source again.",
    ),
    lambda: translate(
        "Told",
        "“{name}” uses a video codec that this program cannot decode; convert it to H.264 first.",
    ),
    lambda: translate(
        "Told", "“{name}” holds only sound and no pictures; choose the file with the video."
    ),
    lambda: translate(
        "Told", "The folder “{name}” may not be read by you; change its permissions."
    ),
    lambda: translate("Told", "“{name}” is a folder; choose the video files in it."),
    lambda: translate("Told", "“{name}” is a pipe or a device; choose a video file."),
    lambda: translate(
        "Told",
        "“{name}” does not exist; it may have been moved, renamed or be on a disk that is not "
        "connected.",
    ),
    lambda: translate(
        "Told",
        "“{name}” may not be read by you; change its permissions or copy it to a folder of "
        "your own.",
    ),
    lambda: translate(
        "Told", "“{name}” cannot be read from its disk ({reason}); copy it from its source again."
    ),
    lambda: translate("Told", "“{name}” is empty (0 bytes); copy it from its source again."),
    lambda: translate(
        "Told",
        "“{name}” cannot be read through ({reason}); check the disk it is on or copy it from "
        "its source again.",
    ),
    lambda: translate(
        "Told",
        "“{name}” holds a video stream of which no picture can be decoded; copy it from its "
        "source again.",
    ),
    lambda: translate(
        "Told", "“{name}” has become unreadable; check the disk it is on and open it again."
    ),
    lambda: translate("Told", "“{name}” has become unreadable; check the disk it is on."),
    lambda: translate("Told", "“{name}” is gone; bring it back and open it again."),
    lambda: translate(
        "Told",
        "The recording has pictures of a kind ({kind}) that this program cannot convert; "
        "convert it to H.264 first.",
    ),
    lambda: translate(
        "Told",
        "The piece of “{name}” could not be copied ({reason}); check the free space and that "
        "the recording plays.",
    ),
    lambda: translate("Told", "“{name}” has no time stamps; a piece of it cannot be copied."),
    lambda: translate("Told", "“{name}” has no picture from {start} s on that could be copied."),
    lambda: translate(
        "Told", "“{name}” cannot be written ({reason}); check the folder and the free space."
    ),
    lambda: translate("Told", "The file is damaged after {time}; what follows could not be read."),
    lambda: translate(
        "Told", "The file is damaged at {time}; pictures there may be missing or wrong."
    ),
    lambda: translate(
        "Told",
        "The file is damaged between {first} and {last}; pictures there may be missing or wrong.",
    ),
    lambda: translate(
        "Told", "The file has no time stamps; times are counted from its frame rate."
    ),
    lambda: translate(
        "Told", "“{name}” changed while it was analyzed; analyze it again when it is complete."
    ),
    lambda: translate(
        "Told", "“{name}” disappeared while it was analyzed; bring it back and analyze it again."
    ),
    lambda: translate(
        "Told",
        "Another crimeview is analyzing the same recording, or a copy of it, in this case; "
        "analyze it again when that is done.",
    ),
    lambda: translate("Told", "“{name}” is not analyzed; analyze it first."),
    lambda: translate("Told", "The case holds no features of “{name}”; analyze it first."),
    lambda: translate(
        "Told",
        "Nothing was analyzed from {start} to {end} s of the recording; choose another span.",
    ),
    lambda: translate(
        "Told",
        "Nothing moves from {start} to {end} s of the recording, so there is nothing to "
        "compare; choose another span.",
    ),
    lambda: translate("Told", "{name} has no scores yet; analyze it first."),
    lambda: translate(
        "Told",
        "The recording was scored by another version of “{name}”; analyze it again to have "
        "its scores explained.",
    ),
    lambda: translate(
        "Told", "{name} is shorter than it was when it was analyzed; analyze it again."
    ),
    lambda: translate(
        "Told", "This span is too short to learn from; choose half a second or more."
    ),
    lambda: translate("Told", "The recording was analyzed up to {end}; choose a span before that."),
    lambda: translate("Told", "Nothing is stored of this span; analyze the recording again."),
    lambda: translate(
        "Told", "What is usual for this camera is not known yet; analyze the recording."
    ),
    lambda: translate(
        "Told",
        "What was learned of this camera is of another version of crimeview; let it be "
        "learned anew.",
    ),
)

"""What is said to be wrong with the map, named clusters, and learned types: each form."""

from collections.abc import Callable

from crimeview.gui.text import translate

MAP_FAULTS: tuple[Callable[[], str], ...] = (
    lambda: translate(
        "Told",
        "What this case has learned of types cannot be read; forget it with “crimeview types "
        "forget” and learn again.",
    ),
    lambda: translate(
        "Told",
        "The map cannot be kept in {file} ({reason}); free some space, or allow writing there. "
        "It is made anew the next time.",
    ),
    lambda: translate("Told", "The map could not be made ({reason}); report this with the log."),
    lambda: translate(
        "Told",
        "The process that makes the map ended unexpectedly, perhaps for want of memory; close "
        "other programs, or map fewer segments.",
    ),
    lambda: translate(
        "Told",
        "The names of clusters in {file} cannot be read; restore the file from a copy, or "
        "delete it and name the clusters anew.",
    ),
    lambda: translate(
        "Told",
        "The names of clusters in {file} were written by a newer crimeview; update crimeview to "
        "use them.",
    ),
    lambda: translate(
        "Told",
        "No cluster has a name yet; give one with “crimeview groupings name”, or analyze with "
        "the encoder that was used when names were given.",
    ),
    lambda: translate("Told", "No cluster is named “{name}”; there are: {names}."),
    lambda: translate("Told", "No cluster is named “{name}”."),
    lambda: translate(
        "Told", "There is no cluster {cluster}; {method} makes {count}, numbered from 0."
    ),
    lambda: translate(
        "Told", "The library has no segment {segment}; give numbers that a search has shown."
    ),
)

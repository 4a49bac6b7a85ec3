"""What is said to be wrong with a library's vectors and packages: each form."""

from collections.abc import Callable

from crimeview.gui.text import translate

LIBRARY_FAULTS: tuple[Callable[[], str], ...] = (
    lambda: translate(
        "Told",
        "A part of the graph could not be stored beside the library; free some space on its disk. "
        "Building goes on; what is not stored is lost if it is stopped.",
    ),
    lambda: translate(
        "Told", "The graph is being built already, by another window or command; wait for its end."
    ),
    lambda: translate(
        "Told",
        "The graph cannot be built: nothing can be written beside the library ({reason}).",
    ),
    lambda: translate(
        "Told",
        "The graph was removed by another window or command before it could be searched; build "
        "it again.",
    ),
    lambda: translate(
        "Told",
        "The library's vectors of {space} are of {held} numbers, not of {given}: another "
        "encoder has made them. Use a library of its own for these.",
    ),
    lambda: translate(
        "Told",
        "The package {folder} has vectors of {space} of {given} numbers, the library of {held}: "
        "another encoder has made them. Use a library of its own for these. Nothing was added.",
    ),
    lambda: translate(
        "Told", "The server keeps the search index of {library} itself; there is nothing to build."
    ),
    lambda: translate(
        "Told",
        "The clip {file} is not what was copied; remove the segment {segment} and add it again, "
        "or export --without-clips.",
    ),
    lambda: translate(
        "Told",
        "The clip {file} cannot be copied into the library ({reason}); free some space and "
        "import the package again.",
    ),
    lambda: translate(
        "Told",
        "The package {folder} cannot be read ({table}.parquet is no table); have it exported "
        "again. Nothing was added.",
    ),
    lambda: translate(
        "Told",
        "The package {folder} holds what docs/library.md does not describe ({what}); have it "
        "exported again. Nothing was added.",
    ),
    lambda: translate(
        "Told",
        "The package {folder} holds what docs/library.md does not describe ({what}); have it "
        "exported again.",
    ),
    lambda: translate(
        "Told",
        "The package {folder} lacks the columns {columns} in {table}.parquet; have it exported "
        "again. Nothing was added.",
    ),
    lambda: translate(
        "Told",
        "The rows of {table}.parquet in the package {folder} are not in the order of its "
        "segments; have it exported again. Nothing was added.",
    ),
    lambda: translate(
        "Told",
        "A vector of {name} is not of length one; similarities with it would mean nothing. Have "
        "what was to be added made again.",
    ),
    lambda: translate(
        "Told",
        "The vectors of {name} are of {counts} numbers, and all must be of as many; have what "
        "was to be added made again with one encoder.",
    ),
)

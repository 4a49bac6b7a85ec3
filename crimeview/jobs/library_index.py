"""The search index of a library, made when somebody asks for it."""

from collections.abc import Sequence

from crimeview.core.job import Job, Step
from crimeview.store.library.library import Library


def build_graphs(library: Library, spaces: Sequence[str]) -> Job[None]:
    """Build the graphs of these spaces, which are searched from then on. Raises LibraryError.

    A stop keeps what was built; the next try goes on from there.
    """
    for space in spaces:
        for done, total in library.build_graph(space):
            yield Step(done=done, total=total, message=f"Building the graph of {space}")


def build_exact(library: Library, spaces: Sequence[str]) -> Job[None]:
    """Build the exact indexes of these spaces anew."""
    vectors = {name: number for name, _, number in library.figures().spaces}
    library.rebuild()
    for space in spaces:
        for taken in library.refresh(space):
            yield Step(done=taken, total=vectors[space], message=f"Reading the vectors of {space}")

"""The named clusters that a case holds, those among them that earlier versions kept in a file."""

from contextlib import suppress

from crimeview.atlas.names_file import load_names
from crimeview.atlas.naming import NamedCluster
from crimeview.core.errors import CaseError
from crimeview.core.files import is_file
from crimeview.store.case import Case
from crimeview.store.clusters import EarlierCluster
from crimeview.store.rows import StoredCluster

NAMES_FILE = "named-clusters.npz"


def take_over_names(case: Case) -> None:
    """Take what an earlier version has named into the case; raises CaseError where it cannot be."""
    file = case.folder / NAMES_FILE
    if not is_file(file):
        return
    try:
        names = load_names(file)
    except CaseError:
        if is_file(file):
            raise
        return  # another window or command has taken them over meanwhile
    case.clusters.take_over(
        EarlierCluster(space=space, name=each.name, center=each.center, members=each.members)
        for space, each in names
    )
    with suppress(OSError):  # taken over again, it changes nothing
        file.unlink(missing_ok=True)


def held_clusters(case: Case, *, space: str, dimensions: int) -> list[StoredCluster]:
    """All clusters of vectors of a feature space that ever had a name, the oldest first.

    Raises CaseError where those of an earlier version cannot be read.
    """
    take_over_names(case)
    found = case.clusters.of((space, _older_space(dimensions)))
    return [cluster for cluster in found if cluster.center.shape == (dimensions,)]


def held_names(case: Case, *, space: str, dimensions: int) -> list[NamedCluster]:
    """Those that have a name now; raises as `held_clusters` does."""
    held = held_clusters(case, space=space, dimensions=dimensions)
    return [as_named(cluster) for cluster in held if cluster.name is not None]


def as_named(cluster: StoredCluster) -> NamedCluster:
    """The same as the atlas has it, without a name where it has none."""
    return NamedCluster(name=cluster.name or "", center=cluster.center, members=cluster.members)


def _older_space(dimensions: int) -> str:
    """What earlier versions knew of vectors whose clusters were named: how many numbers."""
    return f"features of {dimensions}"

"""Clusters of segments that a person named at some time, and the names that they have now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from crimeview.store.database import Database
from crimeview.store.rows import StoredCluster
from crimeview.store.schema import ClusterRow

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EarlierCluster:
    """A cluster that an earlier version has named: mean (d,) and vectors (n, d) of a space."""

    space: str
    name: str
    center: Floats
    members: Floats


class Clusters:
    """The clusters of a case; usable from any thread. Raises as `Case` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, spaces: Collection[str]) -> list[StoredCluster]:
        """All that were ever named, of vectors of these spaces, the oldest first."""
        query = select(ClusterRow).where(ClusterRow.space.in_(spaces)).order_by(ClusterRow.id)
        with self._database.reading() as session:
            return [_cluster(row) for row in session.scalars(query)]

    def any(self, *, named: bool) -> bool:
        """Whether there is one, of whatever space; `named`: one that has a name now."""
        query = select(ClusterRow.id).limit(1)
        if named:
            query = query.where(ClusterRow.name.is_not(None))
        with self._database.reading() as session:
            return session.scalar(query) is not None

    def add(self, *, space: str, center: Floats, members: Floats) -> int:
        """The id of a cluster that has no name until an edit gives it one."""
        with self._database.writing() as session:
            return _added(session, space, center, members, name=None)

    def take_over(self, clusters: Iterable[EarlierCluster]) -> None:
        """Keep what an earlier version has named.

        What was taken over already stays as it is, and a name that is given by now to another one
        stays with that. When it is done it outlasts a power cut: the file can be deleted.
        """
        with self._database.writing(lasting=True) as session:
            for cluster in clusters:
                _take_over(session, cluster)


def _take_over(session: Session, cluster: EarlierCluster) -> None:
    content = _bytes(cluster.center)
    known = session.scalars(select(ClusterRow).filter_by(space=cluster.space)).all()
    if all(row.center != content for row in known):
        taken = any(row.name == cluster.name for row in known)
        name = None if taken else cluster.name
        _added(session, cluster.space, cluster.center, cluster.members, name=name)


def _added(
    session: Session, space: str, center: Floats, members: Floats, *, name: str | None
) -> int:
    row = ClusterRow(space=space, center=_bytes(center), members=_bytes(members), name=name)
    session.add(row)
    session.flush()
    return row.id


def _cluster(row: ClusterRow) -> StoredCluster:
    return StoredCluster(
        id=row.id,
        name=row.name,
        center=np.frombuffer(row.center, np.float32),
        members=np.frombuffer(row.members, np.float32),
    )


def _bytes(values: Floats) -> bytes:
    return np.asarray(values, np.float32).tobytes()

"""What an importer makes of a file: a network and what its manifest will say."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from torch import nn

from crimeview.core.manifest import Manifest, Origin
from crimeview.training.importers.source import Source

C3D_FC6 = "c3d-sports1m-fc6"
DIMENSIONS = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A network in evaluation mode, the draft of its manifest, and sentences a user should know.

    `plain` is the network as published where `network` computes the same in another form, None
    where it is the published form itself.
    """

    network: nn.Module
    plain: nn.Module | None
    draft: Manifest
    notes: tuple[str, ...]


def origin_of(
    source: Source, *, what: str, data: tuple[str, ...], notes: Sequence[str] = ()
) -> Origin:
    """The origin of an imported model: the file by name and SHA-256, its license not known."""
    described = f"{what}; imported from {source.title} (SHA-256 {source.sha256})."
    return Origin(
        data=data,
        license="unknown",
        commit=f"crimeview {version('crimeview')}",
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        description=" ".join([described, *notes]),
    )

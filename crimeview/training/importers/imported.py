"""What an importer makes of a file: a network and what its manifest will say."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from crimeview.core.manifest import Manifest, Origin
from crimeview.training.importers.source import Source

_RELATIVE_TOLERANCE = 1e-5  # what the order of float32 sums may change
C3D_FC6 = "c3d-sports1m-fc6"
DIMENSIONS = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A network in evaluation mode and the draft of its manifest.

    `plain` is the network as published where `network` computes the same in another form, None
    where it is the published form itself.
    """

    network: nn.Module
    plain: nn.Module | None
    draft: Manifest


def origin_of(
    source: Source, *, what: str, data: tuple[str, ...], notes: Sequence[str] = ()
) -> Origin:
    """The origin of an imported model: the file by name and SHA-256, its license not known."""
    described = (
        f"{what[0].upper()}{what[1:]}; imported from {source.title} (SHA-256 {source.sha256})."
    )
    return Origin(
        data=data,
        license="unknown",
        commit="unknown",
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        description=" ".join([described, *notes]),
    )


def exact_network(imported: Imported, values: NDArray[np.float32]) -> nn.Module:
    """The imported network if it computes what the published form does on `values`, else that."""
    if imported.plain is None:
        return imported.network
    with torch.inference_mode():
        wanted, found = (
            form(torch.from_numpy(values)) for form in (imported.plain, imported.network)
        )
    allowed = _RELATIVE_TOLERANCE * float(wanted.abs().max())
    same = float((found - wanted).abs().max()) <= allowed
    return imported.network if same else imported.plain

"""Which models an analysis uses."""

from dataclasses import dataclass
from pathlib import Path

from crimeview.nets.catalog import ModelFolder, find_model

ENCODER = "c3d-motion-small"
SCORER = "mil-ranking"


@dataclass(frozen=True, slots=True)
class ModelPair:
    """An encoder and the scorer for its features; `nets.scorer.check_fit` says whether they fit."""

    encoder: ModelFolder
    scorer: ModelFolder


def default_models(folder: Path | None = None) -> ModelPair:
    """The pair that the program ships, or that of another folder of models; raises ModelError."""
    return ModelPair(encoder=find_model(ENCODER, folder), scorer=find_model(SCORER, folder))

"""An encoder with the heads it is trained by."""

from collections.abc import Callable, Iterator
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from crimeview.core.clip import ClipSpec
from crimeview.training.data.augment import Augmentation, augment
from crimeview.training.data.framecache import Frames
from crimeview.training.data.sampling import take_clip
from crimeview.training.forms import Form
from crimeview.training.heads import SourceHead, Tasks
from crimeview.training.networks import initialize

Prepare = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
_EMBED = 16  # clips a batch
_HEAD_DEVIATION = 0.05  # so that the first answers are about one half


class Classifier(nn.Module):
    """An encoder with a linear head for each task: clips (N, C, T, H, W) to logits (N, heads).

    Each head's sigmoid is a probability of its own: kinds of event do not exclude each other. The
    part `source` only helps in training.
    """

    def __init__(self, form: Form, tasks: Tasks, *, dropout: float, seed: int) -> None:
        super().__init__()
        self.tasks, self.dimensions = tasks, form.dimensions
        self.encoder = form.encoder()
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.Linear(form.dimensions, len(tasks.heads))
        self.source = SourceHead(form.dimensions, len(tasks.labeled))
        initialize(self, seed=seed)
        nn.init.normal_(self.heads.weight, std=_HEAD_DEVIATION)

    def forward(self, clips: Tensor) -> Tensor:
        return self.classify(self.encoder(clips))

    def classify(self, features: Tensor) -> Tensor:
        """Logits (N, heads) of features (N, d)."""
        return cast("Tensor", self.heads(self.dropout(features)))

    def chances(self, features: Tensor) -> Tensor:
        """Probabilities (N, heads) of features (N, d)."""
        return self.classify(features).sigmoid()


def embed(
    model: Classifier,
    frames: Frames,
    starts: NDArray[np.float64],
    *,
    spec: ClipSpec,
    prepare: Prepare,
    view: tuple[Augmentation, np.random.Generator] | None = None,
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Features (n, d) and probabilities (n, heads) of the clips at `starts` (s), by batches.

    `prepare` is the preprocessing of the program's own encoder. With a `view` the clips are changed
    at random first.
    """
    interval = 1 / cast("float", spec.rate)
    device = next(model.parameters()).device
    for first in range(0, len(starts), _EMBED):
        clips = [
            prepare(take_clip(frames, spec, start=float(start), interval=interval))
            for start in starts[first : first + _EMBED]
        ]
        inputs = torch.from_numpy(np.concatenate(clips)).to(device)
        with torch.inference_mode():
            features = model.encoder(inputs if view is None else augment(inputs, *view))
            chances = model.chances(features)
        yield features.cpu().numpy(), chances.cpu().numpy()

"""Fitting the small motion C3D as a classifier of clips: normal, fight, crash."""

import hashlib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from crimeview.core.clip import ClipSpec
from crimeview.core.job import Step
from crimeview.training import checkpoint
from crimeview.training.csvlog import append_row
from crimeview.training.data.augment import Augmentation, augment
from crimeview.training.data.examples import NORMAL, Example
from crimeview.training.data.framecache import Frames
from crimeview.training.data.sampling import Sampler, Window, take_clip
from crimeview.training.networks import SMALL_WIDTHS, initialize, motion_c3d

LABELS = (NORMAL, "fight", "crash")  # the classes, in the order of the logits
_SCHEDULE_STEPS = 100  # of the learning rate in an epoch
_EMBED = 16  # clips a batch
Prepare = Callable[[NDArray[np.uint8]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderRecipe:
    """How the encoder is fitted; `train_size` is the side of augmented clips in pixels.

    Clips are tested at the size of the model's spec, a little larger than `train_size`: random
    crops enlarge what they show by about as much.
    """

    epochs: int = 16
    batch: int = 16
    peak_rate: float = 2e-3
    warm_up: float = 0.2
    weight_decay: float = 0.05
    dropout: float = 0.5
    label_smoothing: float = 0.1
    gradient_clip: float = 5.0
    train_size: int = 56
    widths: tuple[int, ...] = SMALL_WIDTHS
    seed: int = 0


class Classifier(nn.Module):
    """An encoder with two linear heads: clips (N, 1, T, H, W) to logits of LABELS.

    One head is on the averages and one on the maxima, each with a loss of its own: a single one
    would lean on whichever overfits faster.
    """

    def __init__(self, recipe: EncoderRecipe) -> None:
        super().__init__()
        self.encoder = motion_c3d(widths=recipe.widths)
        self.dimensions = 2 * recipe.widths[-1]
        self.dropout = nn.Dropout(recipe.dropout)
        self.heads = nn.ModuleList(nn.Linear(recipe.widths[-1], len(LABELS)) for _ in range(2))

    def forward(self, clips: Tensor) -> Tensor:
        """Logits (2, N, 3), one row for each head."""
        return self.classify(self.encoder(clips))

    def classify(self, features: Tensor) -> Tensor:
        halves = self.dropout(features).chunk(2, dim=1)
        return torch.stack([head(half) for head, half in zip(self.heads, halves, strict=True)])

    def chances(self, features: Tensor) -> Tensor:
        """Probabilities (N, 3) of features (N, d): the mean of both heads."""
        return self.classify(features).softmax(dim=2).mean(dim=0)


def fit_encoder(
    examples: Sequence[Example],
    frames: Sequence[Frames],
    *,
    spec: ClipSpec,
    prepare: Prepare,
    recipe: EncoderRecipe,
    run: Path,
    title: str,
) -> Generator[Step, None, Classifier]:
    """Fit on the examples, going on from the checkpoint in `run` if it is of the same run.

    `frames` are the examples' cached frames, `prepare` the preprocessing of the program's own
    encoder. A step is a batch; `run` gets a checkpoint and a line of log.csv for each epoch.
    """
    fit = _Fit(examples, frames, spec=spec, prepare=prepare, recipe=recipe, run=run)
    for epoch in range(fit.restore(), recipe.epochs):
        for share in fit.epoch(epoch):
            yield Step(done=epoch + share, total=recipe.epochs, message=title)
    return fit.model.eval()


class _Fit:
    """One run of fitting."""

    def __init__(
        self,
        examples: Sequence[Example],
        frames: Sequence[Frames],
        *,
        spec: ClipSpec,
        prepare: Prepare,
        recipe: EncoderRecipe,
        run: Path,
    ) -> None:
        self._sampler = Sampler(examples, frames, spec)
        self._recipe, self._prepare, self._run = recipe, prepare, run
        self._augmentation = Augmentation(size=recipe.train_size)
        names = "\n".join(f"{e.data}/{e.path.name} {e.label} {e.span} {e.core}" for e in examples)
        text = f"{recipe} {spec.key()}\n{names}"
        self._key = hashlib.sha256(text.encode()).hexdigest()
        self.model = Classifier(recipe)
        initialize(self.model, seed=recipe.seed)
        self.model.to(memory_format=torch.channels_last_3d)  # type: ignore[call-overload]
        self._optimizer = torch.optim.AdamW(
            self.model.parameters(), lr=recipe.peak_rate, weight_decay=recipe.weight_decay
        )
        self._scheduler = torch.optim.lr_scheduler.OneCycleLR(
            self._optimizer,
            max_lr=recipe.peak_rate,
            # Epochs differ by a few windows; the schedule moves by epoch shares instead of batches.
            total_steps=recipe.epochs * _SCHEDULE_STEPS + 1,
            pct_start=recipe.warm_up,
        )
        self._parts: dict[str, checkpoint.Stateful] = {
            "model": self.model,
            "optimizer": self._optimizer,
            "scheduler": self._scheduler,
        }

    def restore(self) -> int:
        """Epochs already done."""
        return checkpoint.restore(self._run / "checkpoint.pt", self._parts, key=self._key)

    def epoch(self, number: int) -> Generator[float, None, None]:
        """Run one epoch, giving the share done after each batch; then keep what it made."""
        random = np.random.default_rng([self._recipe.seed, number])
        windows = self._sampler.epoch(random)
        self.model.train()
        losses: list[float] = []
        hits: list[float] = []
        for first in range(0, len(windows), self._recipe.batch):
            batch = windows[first : first + self._recipe.batch]
            loss, right = self._batch(batch, random)
            losses.append(loss)
            hits.append(right)
            self._advance((first + len(batch)) / len(windows), number)
            yield (first + len(batch)) / len(windows)
        checkpoint.save(self._run / "checkpoint.pt", self._parts, done=number + 1, key=self._key)
        row = {"epoch": number + 1, "loss": fmean(losses), "accuracy": fmean(hits)}
        append_row(self._run / "log.csv", row)

    def _batch(self, windows: list[Window], random: np.random.Generator) -> tuple[float, float]:
        clips = np.concatenate([self._prepare(clip) for clip in self._sampler.clips(windows)])
        inputs = augment(torch.from_numpy(clips), self._augmentation, random)
        labels = torch.tensor([LABELS.index(w.label) for w in windows])
        logits = self.model(inputs)
        loss = functional.cross_entropy(
            logits.flatten(0, 1), labels.repeat(2), label_smoothing=self._recipe.label_smoothing
        )
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), self._recipe.gradient_clip)
        self._optimizer.step()
        return loss.item(), (logits.sum(dim=0).argmax(dim=1) == labels).float().mean().item()

    def _advance(self, share: float, epoch: int) -> None:
        target = int((epoch + share) * _SCHEDULE_STEPS)
        while self._scheduler.last_epoch < target:
            self._scheduler.step()


def embed(
    model: Classifier,
    frames: Frames,
    starts: NDArray[np.float64],
    *,
    spec: ClipSpec,
    prepare: Prepare,
    view: tuple[Augmentation, np.random.Generator] | None = None,
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Features (n, d) and class probabilities (n, 3) of the clips at `starts` (s), by batches.

    With a `view` the clips are changed at random first.
    """
    interval = 1 / cast("float", spec.rate)
    for first in range(0, len(starts), _EMBED):
        clips = [
            prepare(take_clip(frames, spec, start=float(start), interval=interval))
            for start in starts[first : first + _EMBED]
        ]
        inputs = torch.from_numpy(np.concatenate(clips))
        with torch.inference_mode():
            features = model.encoder(inputs if view is None else augment(inputs, *view))
            chances = model.chances(features)
        yield features.numpy(), chances.numpy()

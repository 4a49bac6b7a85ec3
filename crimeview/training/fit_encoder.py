"""Fitting an encoder as a classifier of clips with one head for each kind of event."""

import hashlib
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from crimeview.core.job import Step
from crimeview.training import checkpoint
from crimeview.training.averaging import WeightAverage
from crimeview.training.classifier import Classifier, Prepare, embed
from crimeview.training.data.augment import augment
from crimeview.training.data.examples import Example
from crimeview.training.data.framecache import Frames
from crimeview.training.data.mixup import mix_up
from crimeview.training.data.sampling import Sampler, Window, starts_to_judge
from crimeview.training.forms import Form
from crimeview.training.heads import Tasks, balanced_bias, masked_loss, reversal_weight
from crimeview.training.history import History
from crimeview.training.precision import Arithmetic, check_loss
from crimeview.training.recipe import EncoderRecipe
from crimeview.training.schedule import EarlyStop, OneCycle, size_at, weight_groups

_WHOLLY = 1 - 1e-5
_TINY = 1e-7  # a probability that is rounded to 0 has no logarithm


@dataclass(frozen=True, slots=True)
class Part:
    """Examples with their cached frames."""

    examples: Sequence[Example]
    frames: Sequence[Frames]


def fit_encoder(
    part: Part,
    *,
    form: Form,
    tasks: Tasks,
    prepare: Prepare,
    recipe: EncoderRecipe,
    run: Path,
    title: str,
    validation: Part | None = None,
    arithmetic: Arithmetic | None = None,
) -> Generator[Step, None, Classifier]:
    """Fit on a part, going on from the checkpoint in `run` if it is of the same run.

    `tasks` may know more kinds of event and data sets than the part has. With a `validation` part
    the run ends when the loss there no longer falls, and gives the best epoch's weights. A step is
    a batch; `run` gets a checkpoint and logs for each epoch. The result is on the CPU. Raises
    DivergedError.
    """
    fit = _Fit(
        part,
        form=form,
        tasks=tasks,
        prepare=prepare,
        recipe=recipe,
        run=run,
        validation=validation,
        arithmetic=arithmetic or Arithmetic("cpu"),
    )
    with closing(fit):
        for epoch in range(fit.restore(), recipe.epochs):
            if fit.is_over:
                break
            for share in fit.epoch(epoch):
                yield Step(done=epoch + share, total=recipe.epochs, message=title)
        return fit.result()


class _Fit:
    """One run of fitting."""

    def __init__(
        self,
        part: Part,
        *,
        form: Form,
        tasks: Tasks,
        prepare: Prepare,
        recipe: EncoderRecipe,
        run: Path,
        validation: Part | None,
        arithmetic: Arithmetic,
    ) -> None:
        self._part, self._validation, self._tasks = part, validation, tasks
        self._form, self._recipe, self._prepare, self._run = form, recipe, prepare, run
        self._sampler = Sampler(part.examples, part.frames, form.spec, draws=recipe.draws)
        self._sources = {data: number for number, data in enumerate(tasks.labeled)}
        # Scaled losses have a state that other checkpoints lack.
        scaled = " scaled" if arithmetic.scaler.is_enabled() else ""
        self._key = _key(part, validation, f"{form} {tasks} {recipe}{scaled}")
        self._arithmetic = arithmetic
        self._model = model = Classifier(form, tasks, dropout=recipe.dropout, seed=recipe.seed)
        model.to(arithmetic.device, memory_format=form.memory_format)  # type: ignore[call-overload]
        self._optimizer = torch.optim.AdamW(weight_groups(model, recipe), lr=recipe.peak_rate)
        self._average = WeightAverage(model, decay=recipe.average) if recipe.average else None
        self._stop = None if validation is None else EarlyStop(self._optimizer, recipe)
        self._cycle = OneCycle(self._optimizer, recipe) if validation is None else None
        self._history = History(run)

    @property
    def is_over(self) -> bool:
        return self._stop is not None and self._stop.is_over

    def restore(self) -> int:
        """Epochs already done."""
        done = checkpoint.restore(self._run / "checkpoint.pt", self._parts(), key=self._key)
        if done:
            self._history.catch_up()
        return done

    def epoch(self, number: int) -> Generator[float, None, None]:
        """Run one epoch, giving the share done after each batch or validated clip; then keep it."""
        random = np.random.default_rng([self._recipe.seed, number])
        windows = self._sampler.epoch(random)
        size = size_at(number, epochs=self._recipe.epochs, sizes=self._form.sizes)
        self._model.train()
        losses: list[float] = []
        hits: list[float] = []
        for first in range(0, len(windows), self._recipe.batch):
            batch = windows[first : first + self._recipe.batch]
            done = number + (first + len(batch)) / len(windows)
            loss, right = self._batch(batch, size, done / self._recipe.epochs, random)
            losses.append(loss)
            hits.append(right)
            if self._cycle is not None:
                self._cycle.advance(done)
            yield done - number
        yield from self._keep(number, fmean(losses), fmean(hits))

    def result(self) -> Classifier:
        """The classifier with the weights to be used, on the CPU."""
        weights = self._stop.best if self._stop is not None else self._weights()
        self._model.load_state_dict(weights)
        if self._recipe.balanced:
            windows = self._sampler.epoch(np.random.default_rng([self._recipe.seed]))
            with torch.no_grad():
                self._model.heads.bias.add_(balanced_bias(*self._targets(windows)))
        self._model.cpu().eval()
        return self._model

    def close(self) -> None:
        self._history.close()

    def _batch(
        self, windows: list[Window], size: int, share: float, random: np.random.Generator
    ) -> tuple[float, float]:
        """Loss, and the share of clips that the head “normal” has right."""
        clips = np.concatenate([self._prepare(clip) for clip in self._sampler.clips(windows)])
        rule = replace(self._recipe.augmentation, size=size)
        inputs = augment(torch.from_numpy(clips).to(self._arithmetic.device), rule, random)
        wanted, learns = self._targets(windows)
        soft = torch.cat([wanted, learns], dim=1)
        inputs, soft = mix_up(inputs, soft, alpha=self._recipe.mixup, random=random)
        wanted, shares = soft.chunk(2, dim=1)
        learns = (shares > _WHOLLY).float()  # a head learns from what both clips may teach it
        with self._arithmetic.forward_pass():
            features = self._model.encoder(inputs)
            logits = self._model.classify(features).float()
            loss = masked_loss(logits, wanted, learns, margin=self._recipe.margin)
            if self._recipe.reversal:
                loss = loss + self._source_loss(features, windows, share)
        self._step(loss)
        right = ((logits[:, 0] > 0) == (wanted[:, 0] > 0.5)).float().mean().item()
        return check_loss(loss.item()), right

    def _targets(self, windows: Sequence[Window]) -> tuple[Tensor, Tensor]:
        pairs = [self._tasks.targets(self._part.examples[w.example].data, w.label) for w in windows]
        wanted, learns = (torch.from_numpy(np.stack(rows)) for rows in zip(*pairs, strict=True))
        return wanted.to(self._arithmetic.device), learns.to(self._arithmetic.device)

    def _source_loss(self, features: Tensor, windows: Sequence[Window], share: float) -> Tensor:
        names = [self._part.examples[w.example].data for w in windows]
        sources = torch.tensor([self._sources[name] for name in names], device=features.device)
        weight = reversal_weight(share, self._recipe.reversal)
        return functional.cross_entropy(self._model.source(features, weight).float(), sources)

    def _step(self, loss: Tensor) -> None:
        scaler = self._arithmetic.scaler
        self._optimizer.zero_grad()
        scaler.scale(loss).backward()  # type: ignore[no-untyped-call]
        scaler.unscale_(self._optimizer)
        nn.utils.clip_grad_norm_(self._model.parameters(), self._recipe.gradient_clip)
        scaler.step(self._optimizer)
        scaler.update()
        if self._average is not None:
            self._average.update(self._model)

    def _keep(self, number: int, loss: float, accuracy: float) -> Generator[float, None, None]:
        row = {"epoch": number + 1, "loss": loss, "accuracy": accuracy}
        row["rate"] = float(self._optimizer.param_groups[0]["lr"])
        if self._stop is not None and self._validation is not None:
            row["validation_loss"] = yield from self._validate(self._validation)
            self._stop.take(row["validation_loss"], self._weights())
        self._history.add(row)
        parts = self._parts()
        checkpoint.save(self._run / "checkpoint.pt", parts, done=number + 1, key=self._key)
        self._history.write()

    def _validate(self, part: Part) -> Generator[float, None, float]:
        """The loss on a part's clips as they are judged, without any random change."""
        trained = {name: value.clone() for name, value in self._model.state_dict().items()}
        self._model.load_state_dict(self._weights())
        self._model.eval()
        losses = []
        for example, frames in zip(part.examples, part.frames, strict=True):
            starts = starts_to_judge(example, frames, self._form.spec)
            pair = self._tasks.targets(example.data, example.label)
            wanted, learns = (torch.from_numpy(row) for row in pair)
            found = embed(self._model, frames, starts, spec=self._form.spec, prepare=self._prepare)
            mean = torch.from_numpy(np.concatenate([chances for _, chances in found]).mean(axis=0))
            logits = mean.clamp(_TINY, 1 - _TINY).logit()
            losses.append(masked_loss(logits, wanted, learns, margin=self._recipe.margin).item())
            yield 1.0
        self._model.load_state_dict(trained)
        return check_loss(fmean(losses))

    def _weights(self) -> dict[str, Tensor]:
        """The weights to be used if the run ended here."""
        if self._average is not None:
            return self._average.weights()
        return {name: value.clone() for name, value in self._model.state_dict().items()}

    def _parts(self) -> dict[str, checkpoint.Stateful]:
        parts: dict[str, checkpoint.Stateful | None] = {
            "model": self._model,
            "optimizer": self._optimizer,
            "scaler": self._arithmetic.scaler,
            "average": self._average,
            "cycle": self._cycle,
            "stop": self._stop,
            "history": self._history,
        }
        return {name: part for name, part in parts.items() if part is not None}


def _key(part: Part, validation: Part | None, settings: str) -> str:
    """What a run is of: its data and its settings."""
    parts = [part] if validation is None else [part, validation]
    names = "\n\n".join(
        "\n".join(f"{e.data}/{e.path.name} {e.label} {e.span} {e.core}" for e in p.examples)
        for p in parts
    )
    return hashlib.sha256(f"{settings}\n{names}".encode()).hexdigest()

"""The methods of scoring on composed long recordings, and what is given away by no events at all.

Needs crimeview[train], the data sets, and the encoder's fits under --runs. Feature tracks that
are missing there are made first, which takes a while; then a method takes a minute.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch

from crimeview.cli.drive import drive
from crimeview.core.job import Job
from crimeview.core.manifest import Metric
from crimeview.jobs.encoder_training import Recipe, fits_folder, gather
from crimeview.jobs.scorer_figures import report_composed
from crimeview.jobs.scorer_judging import FoldTracks, hold_out
from crimeview.jobs.scorer_training import all_folds
from crimeview.training.data.examples import FOLDS
from crimeview.training.fit_scorer import OWN_METHODS, ScorerRecipe
from crimeview.training.scorer_report import report_bags, report_clips
from crimeview.training.tracks import TrackStore

SHOWN = (
    "bag AUC",
    "fight AUC",
    "crash AUC",
    "composed: frame AUC",
    "composed: event recall at 2 false alarms an hour",
    "composed: median s to detect at 2 false alarms an hour",
    "composed: event recall at the threshold",
    "composed: false alarms an hour at the threshold",
    "composed, with decoys: event recall at 2 false alarms an hour",
    "composed, backgrounds alone: false alarms an hour",
)


def recipes() -> dict[str, ScorerRecipe]:
    """Each method, and the default one without what it does over time."""
    plain = ScorerRecipe()
    found = {method: ScorerRecipe(method=method) for method in OWN_METHODS}
    named = {f"{method}, against what is usual": recipe for method, recipe in found.items()}
    # So patient that nothing is ever usual.
    named[f"{plain.method}, clip by clip"] = ScorerRecipe(patience=1e12)
    named[f"{plain.method}, against what is usual, smoothed"] = ScorerRecipe(sigma=0.7)
    return named


def _folds(data: Path, runs: Path) -> Job[Sequence[FoldTracks]]:
    recipe = Recipe(scorer=ScorerRecipe(method="milr"))  # one that needs all tracks
    gathered = yield from gather(data, runs=runs, recipe=recipe)
    return (
        yield from all_folds(gathered, runs=runs, recipe=recipe, store=TrackStore(runs / "tracks"))
    )


def _judged(folds: Sequence[FoldTracks], recipe: ScorerRecipe) -> Job[list[Metric]]:
    held = yield from hold_out(folds, recipe=recipe)
    composed = yield from report_composed(held)
    clips = report_clips(held.tracks, threshold=held.threshold)
    return [report_bags(held.bag_aucs), *clips, *composed]


def _cell(metric: Metric) -> str:
    interval = metric.interval
    return f"{metric.value:g}" + (f" ({interval[0]:g} to {interval[1]:g})" if interval else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--runs", type=Path, default=Path("runs"))
    args = parser.parse_args()
    if not args.data.is_dir():
        print(f"There are no data sets in {args.data}: nothing to measure.")
        return
    fits = fits_folder(args.runs, Recipe()) / "seed-0"
    if not all((fits / f"fold-{fold}" / "checkpoint.pt").is_file() for fold in range(FOLDS)):
        print(f"The encoder has no fits in {fits}; train it first: crimeview train encoder.")
        return
    torch.set_num_threads(1)
    folds = drive(_folds(args.data, args.runs), if_stopped="Stopped.", unit="other")
    for name, recipe in recipes().items():
        metrics = drive(_judged(folds, recipe), if_stopped="Stopped.", unit="other")
        print(f"\n### {name}\n\n| | value (95 % interval) |\n|---|---|")
        for metric in metrics:
            if metric.name in SHOWN:
                print(f"| {metric.name} | {_cell(metric)} |", flush=True)


if __name__ == "__main__":
    main()

"""How well the encoder's own heads tell clips apart, by every protocol, beside its controls.

Run as `python benchmarks/encoder_protocols.py --data DIR [--runs DIR] [--seeds N] [--form NAME]`.
What is done is kept under --runs: give the same command again after a stop. Fights and crashes are
held out by source in five folds; “after other data” is trained without any surveillance fight.
With `--regroup N` the folds are not the given ones but drawn anew by that seed, and only they are
run: a recipe that was chosen by the given folds must hold on others.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from crimeview.cli.drive import drive
from crimeview.core.job import Job
from crimeview.core.manifest import Metric
from crimeview.jobs.encoder_protocols import (
    FIGHTS,
    HOCKEY,
    five_folds,
    gather_valid,
    part_of,
    zero_shot,
)
from crimeview.jobs.encoder_training import Recipe, gather
from crimeview.training.choices import DEVICES, FORMS
from crimeview.training.data.folds import regroup
from crimeview.training.encoder_report import Trial, report_trial
from crimeview.training.forms import make_form
from crimeview.training.precision import Arithmetic

STOPPED = "Stopped. Give the same command again to go on."


def main() -> None:
    args = _arguments()
    recipe = Recipe() if args.form is None else Recipe(form=make_form(args.form))
    trials = drive(_trials(args, recipe), if_stopped=STOPPED, unit="other")
    print("| measure | value | 95 % interval |")
    print("|---|---|---|")
    for trial in trials:
        for metric in report_trial(trial):
            print(_row(metric))
    print()
    for trial in trials:
        print(f"- {trial.title}: {trial.protocol}")


def _trials(args: argparse.Namespace, recipe: Recipe) -> Job[list[Trial]]:
    arithmetic, seeds = Arithmetic(args.device), range(args.seeds)
    data = yield from gather(args.data, runs=args.runs, recipe=recipe)
    if args.regroup is not None:
        other = replace(data, examples=regroup(data.examples, seed=args.regroup))
        runs = args.runs / f"regrouped-{args.regroup}"
        regrouped = five_folds(other, recipe=recipe, runs=runs, seeds=seeds, arithmetic=arithmetic)
        return list((yield from regrouped))
    folds = five_folds(data, recipe=recipe, runs=args.runs, seeds=seeds, arithmetic=arithmetic)
    trials = list((yield from folds))
    # Without surveillance fights these are the only ones, also where the recipe leaves them out.
    shot_recipe = replace(recipe, without=tuple(n for n in recipe.without if n != HOCKEY))
    others = yield from gather(args.data, runs=args.runs, recipe=shot_recipe)
    tested = [part_of(others, FIGHTS)]
    if (args.data / HOCKEY).is_dir():
        tested.append((yield from gather_valid(args.data / HOCKEY, runs=args.runs, recipe=recipe)))
    shot = zero_shot(
        others, tested, recipe=shot_recipe, runs=args.runs, seeds=seeds, arithmetic=arithmetic
    )
    return [*trials, *(yield from shot)]


def _row(metric: Metric) -> str:
    low, high = metric.interval or (np.nan, np.nan)
    return f"| {metric.name} | {metric.value:.3f} | {low:.3f} to {high:.3f} |"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--runs", type=Path, default=Path("runs"))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--regroup", type=int, metavar="N")
    parser.add_argument("--form", choices=FORMS)
    parser.add_argument("--device", choices=DEVICES, default="auto")
    return parser.parse_args()


if __name__ == "__main__":
    main()

"""`crimeview evaluate`."""

import argparse
import math
from pathlib import Path

from crimeview.cli.drive import drive, print_json
from crimeview.cli.evaluate_table import print_table
from crimeview.cli.faults import tell
from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.evaluation.table import Only
from crimeview.jobs.evaluate_cache import ReadingCache
from crimeview.jobs.evaluate_clips import evaluate_clips
from crimeview.jobs.evaluate_frames import evaluate_frames
from crimeview.jobs.evaluate_models import Runnable, choose_models
from crimeview.jobs.evaluate_novelty import evaluate_novelty
from crimeview.jobs.evaluate_segments import evaluate_features, evaluate_segments
from crimeview.jobs.evaluation import Evaluation
from crimeview.nets.catalog import find_model

_OUT = Path("evaluation")
_OF_TYPES = ("retrieval", "groupings")


def run_evaluate(args: argparse.Namespace) -> int:
    """Evaluate as the words say and print the result; 1 where something was left out."""
    out = args.out if args.json or args.out else _OUT
    evaluation = drive(
        _job(args, out),
        if_stopped="Stopped. Give the same command again to go on where it was.",
        unit="other",
    )
    if args.json:
        print_json(evaluation.values())
    elif args.protocol in _OF_TYPES:
        from crimeview.cli.atlas_table import print_evaluation

        print_evaluation(evaluation)
    else:
        print_table(evaluation)
    for row in evaluation.left_out:
        place = "" if row.line is None else f" (line {row.line})"
        tell(f"Left out: {row.name or 'a row'}{place}: {row.reason}")
    return 1 if evaluation.left_out else 0


def _job(args: argparse.Namespace, out: Path | None) -> Job[Evaluation]:
    if args.protocol in _OF_TYPES:
        # Imported here: scikit-learn takes a second that other protocols need not wait for.
        from crimeview.cli.evaluate_atlas import atlas_job

        return atlas_job(args, out)
    only = Only(*args.only) if args.only else None
    match args.protocol:
        case "clips":
            return evaluate_clips(
                args.labels,
                chosen=choose_models(args.model, precision=args.precision),
                cache=_cache(args.runs),
                how="whole" if args.whole else "middle",
                out=out,
                only=only,
            )
        case "frames":
            _check_threshold(args.threshold)
            _check_scorer(args)
            if args.scorer == "novelty":
                return evaluate_novelty(
                    args.labels,
                    reference=args.reference,
                    cache=_cache(args.runs),
                    threshold=args.threshold,
                    out=out,
                    boxes=args.boxes,
                    only=only,
                )
            return evaluate_frames(
                args.labels,
                chosen=choose_models(args.model, precision=args.precision),
                cache=_cache(args.runs),
                threshold=args.threshold,
                out=out,
                only=only,
            )
        case "segments":
            if not math.isfinite(args.threshold):
                raise UsageError(f"The threshold must be a number, not {args.threshold:g}.")
            return evaluate_segments(
                args.scores, args.annotations, threshold=args.threshold, only=only, out=out
            )
        case _:
            model = find_model(args.scorer)
            model.network(args.precision)  # refuses one that there is not
            scorer = Runnable(model, args.precision)
            return evaluate_features(
                args.features, args.annotations, scorer=scorer, only=only, out=out
            )


def _cache(runs: Path) -> ReadingCache:
    return ReadingCache(runs / "evaluate")


def _check_scorer(args: argparse.Namespace) -> None:
    if args.scorer == "novelty" and args.model is not None:
        raise UsageError("Scene novelty needs no model; leave --model or --scorer novelty out.")
    if args.scorer != "novelty" and (args.reference is not None or args.boxes is not None):
        raise UsageError("--reference and --boxes are for novelty; add --scorer novelty.")


def _check_threshold(threshold: float | None) -> None:
    if threshold is not None and not 0 < threshold <= 1:
        raise UsageError(f"The threshold must lie above 0 and at most at 1, not {threshold:g}.")

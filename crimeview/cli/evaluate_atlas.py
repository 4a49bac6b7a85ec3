"""`crimeview evaluate retrieval` and `crimeview evaluate groupings`."""

import argparse
from pathlib import Path

from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.evaluation.table import Only
from crimeview.jobs.collection import Given
from crimeview.jobs.evaluate_groupings import evaluate_groupings
from crimeview.jobs.evaluate_retrieval import evaluate_retrieval
from crimeview.jobs.evaluation import Evaluation
from crimeview.nets.catalog import find_model


def atlas_job(args: argparse.Namespace, out: Path | None) -> Job[Evaluation]:
    """What the words ask for; raises UsageError, ModelError."""
    given = Given(
        features=args.features,
        labels=args.labels,
        scores=args.scores,
        scorer=find_model(args.scorer) if args.scorer else None,
        projections=tuple(find_model(name) for name in args.projection),
        only=Only(*args.only) if args.only else None,
    )
    if args.scores and args.scorer:
        raise UsageError("Give --scores or --scorer, not both.")
    if args.protocol == "retrieval":
        return evaluate_retrieval(given, out=out)
    return evaluate_groupings(given, count=args.count, seed=args.seed, out=out)

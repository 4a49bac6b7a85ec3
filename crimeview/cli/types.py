"""`crimeview types`."""

import argparse
import json
from typing import Any

from crimeview.cli.drive import drive, print_json
from crimeview.cli.faults import tell
from crimeview.cli.review import reviewer_of
from crimeview.core.short_paths import short_paths
from crimeview.core.timetext import clock_text
from crimeview.core.type_suggestion import TypeSuggestion
from crimeview.jobs.learn_types import Learned, forget_types, learn_types, recall_types
from crimeview.jobs.suggest_types import suggest_types, suggested_types
from crimeview.store.case import Case, open_case
from crimeview.store.location import default_case_folder
from crimeview.store.rows import CaseSegment

_STOPPED = "Stopped. What was suggested so far is kept."


def run_types(args: argparse.Namespace) -> int:
    """Suggest types for a case's segments, learn them, or forget what was learned."""
    with open_case(args.case or default_case_folder(), create=False) as case:
        match args.action:
            case "suggest":
                return _suggest(case, as_json=args.json)
            case "learn":
                return _learn(case, reviewer=reviewer_of(args), as_json=args.json)
            case "forget":
                job = forget_types(case, reviewer=reviewer_of(args))
                forgotten = drive(job, if_stopped=_STOPPED, unit="other")
                tell(
                    f"Lesson {forgotten.id} is forgotten; “types recall {forgotten.id}” undoes it."
                )
                return 0
            case "recall":
                job = recall_types(case, args.lesson, reviewer=reviewer_of(args))
                recalled = drive(job, if_stopped=_STOPPED, unit="other")
                tell(f"Lesson {recalled.id} is used again.")
                return 0
            case _:
                return _lessons(case, as_json=args.json)


def _suggest(case: Case, *, as_json: bool) -> int:
    drive(suggest_types(case), if_stopped=_STOPPED, unit="other")
    found = suggested_types(case)
    if as_json:
        print_json([_row(segment, suggested) for segment, suggested in found])
        return 0
    paths = {recording.id: recording.path for recording in case.recordings()}
    names = short_paths(paths.values())
    for segment, suggested in found:
        span = f"{clock_text(segment.segment.start)} to {clock_text(segment.segment.end)}"
        print(f"{names[paths[segment.recording_id]]}, {span}: {_told(suggested)}")
    if not found:
        tell("Nothing is suggested: there is no classifier for these features, or no segment.")
    return 0


def _told(suggested: TypeSuggestion) -> str:
    likeliest = ", ".join(f"{name} {chance:.0%}" for name, chance in suggested.likeliest)
    return f"{suggested.kind or 'unknown'} ({likeliest})"


def _row(segment: CaseSegment, suggested: TypeSuggestion) -> dict[str, Any]:
    return {
        "id": segment.id,
        "recording_id": segment.recording_id,
        "start": round(segment.segment.start, 3),
        "end": round(segment.segment.end, 3),
        "type": suggested.kind,
        "confidence": round(suggested.confidence, 4),
        "likeliest": [[name, round(chance, 4)] for name, chance in suggested.likeliest],
        "source": suggested.source,
    }


def _learn(case: Case, *, reviewer: str, as_json: bool) -> int:
    learned = drive(learn_types(case, reviewer=reviewer), if_stopped=_STOPPED, unit="other")
    if as_json:
        number = learned.lesson.id if learned.lesson is not None else None
        print_json({"lesson": number, "suggested": learned.suggested, **learned.figures})
    else:
        tell(learned_text(learned))
    return 0


def learned_text(learned: Learned) -> str:
    """What came of learning, in a sentence or two."""
    before, after = (learned.figures[when]["accuracy"]["value"] for when in ("before", "after"))
    measured = (
        f"Of the {learned.said} segments of recordings that were held out in turn, {after:.0%} are "
        f"right with what was learned, {before:.0%} without."
    )
    if learned.lesson is None:
        return f"{measured} It is not used: it would do worse."
    return f"{measured} Lesson {learned.lesson.id} is used from now on."


def _lessons(case: Case, *, as_json: bool) -> int:
    rows = [
        {
            "lesson": lesson.id,
            "made": lesson.made,
            "reviewer": lesson.reviewer,
            "used": lesson.used,
            "space": lesson.space,
            **json.loads(lesson.figures),
        }
        for lesson in case.types.lessons()
    ]
    if as_json:
        print_json(rows)
        return 0
    for row in rows:
        used = "used" if row["used"] else "forgotten"
        before, after = (row[when]["accuracy"]["value"] for when in ("before", "after"))
        print(
            f"{row['lesson']}: {row['made']} {row['reviewer']}, {used}, from "
            f"{row['counts']['segments']} segments; held out {before:.0%} right before, "
            f"{after:.0%} after"
        )
    return 0

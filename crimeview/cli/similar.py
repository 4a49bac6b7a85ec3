"""`crimeview similar`."""

import argparse
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime

from crimeview.cli.drive import drive, print_json
from crimeview.cli.faults import tell
from crimeview.core.timetext import clock_text
from crimeview.jobs.models import ENCODER, SCORER, default_models
from crimeview.jobs.similar import (
    Feedback,
    Match,
    Similar,
    case_as_library,
    find_similar,
    query_of_video,
)
from crimeview.store.case import Case, open_case
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import locate
from crimeview.store.library.rows import Filter
from crimeview.store.location import default_case_folder, is_case

_STOPPED = "Stopped. Nothing was changed."


def run_similar(args: argparse.Namespace) -> int:
    """Print what is like a video; 0 also where nothing close was found."""
    models = default_models(
        encoder=args.encoder or ENCODER, scorer=args.scorer or SCORER, violence=False
    )
    with ExitStack() as stack:
        case = stack.enter_context(open_case(args.case, create=False)) if args.case else None
        library = _corpus(args, case, stack)
        cases = _cases(case, stack)
        job = query_of_video(args.video, span=args.span, cases=cases, models=models)
        query = drive(job, if_stopped=_STOPPED)
        job_of_search = find_similar(
            library,
            query,
            count=args.top,
            wanted=filter_of(args),
            feedback=Feedback(tuple(args.relevant), tuple(args.not_relevant)),
            projection=args.projection,
        )
        found = drive(job_of_search, if_stopped=_STOPPED, unit="other")
    notices = found.notices if case is None else ()  # a case has no index of its own
    for notice in notices:
        tell(notice)
    if args.json:
        print_json(_as_json(found, notices))
    else:
        _print_table(found)
    return 0


def filter_of(args: argparse.Namespace) -> Filter:
    """What --type, --camera, --place, --after and --before ask for."""
    return Filter(
        crime_types=tuple(args.type),
        cameras=tuple(args.camera),
        places=tuple(args.place),
        after=args.after.timestamp() if args.after else None,
        before=args.before.timestamp() if args.before else None,
    )


def date_text(happened: float | None) -> str:
    """Seconds since 1970 (UTC) as ISO 8601; empty where not known."""
    if happened is None:
        return ""
    return datetime.fromtimestamp(happened, UTC).isoformat(timespec="seconds")


def _corpus(args: argparse.Namespace, case: Case | None, stack: ExitStack) -> Library:
    if case is None:
        return stack.enter_context(open_library(locate(args.library), create=False))
    library, filling = stack.enter_context(case_as_library(case))
    drive(filling, if_stopped=_STOPPED, unit="other")
    return library


def _cases(case: Case | None, stack: ExitStack) -> tuple[Case, ...]:
    """Where the video may be analyzed already."""
    if case is not None:
        return (case,)
    folder = default_case_folder()
    return (stack.enter_context(open_case(folder)),) if is_case(folder) else ()


def _print_table(found: Similar) -> None:
    query = found.query
    tell(
        f"Looking for what is like {query.name} from {clock_text(query.start, decimals=1)} to "
        f"{clock_text(query.end, decimals=1)}."
    )
    if found.matches:
        width = max(len(match.entry.recording.name) for match in found.matches)
        print(f"    id  alike  close  {'recording':{width}}       start         end  type")
        for match in found.matches:
            _print_match(match, width)
    tell(verdict(found))


def _print_match(match: Match, width: int) -> None:
    entry = match.entry
    start, end = (clock_text(t, decimals=1) for t in (entry.start, entry.end))
    close = {True: "yes", False: "no", None: "?"}[match.is_close]
    if match.is_same:
        close = "same"
    about = ", ".join(
        part
        for part in (
            entry.facts.crime_type or "-",
            entry.facts.camera,
            entry.facts.place,
            date_text(entry.happened),
        )
        if part
    )
    print(
        f"{entry.id:>6}  {match.similarity:5.3f}  {close:>5}  {entry.recording.name:{width}}"
        f"  {start:>10}  {end:>10}  {about}"
    )
    if match.reasons:
        first = match.reasons[0]
        print(
            f"{'':>21}most alike: {clock_text(first.query[0], decimals=1)} there, "
            f"{clock_text(first.result[0], decimals=1)} here ({first.similarity:.3f})"
        )


def verdict(found: Similar) -> str:
    """The sentences that say whether anything close was found."""
    if not found.matches:
        return "No segment of the library fits."
    if not found.same:
        return _verdict_of_others(found)
    first = "The first is" if found.same == 1 else f"The first {found.same} are"
    return f"{first} the same, encoded anew. {_verdict_of_others(found)}".rstrip()


def _verdict_of_others(found: Similar) -> str:
    """Of the matches that are not the same; empty where there are no others."""
    limit = found.threshold.value
    others = [match for match in found.matches if not match.is_same]
    if not others:
        return ""
    if limit is None:
        return (
            "The library is too small to tell which of these are close matches (it takes 20 "
            "segments of 5 recordings)."
        )
    learned = (
        "segments of different types reach"
        if found.threshold.basis == "types"
        else "recordings that show something else may reach by chance"
    )
    close = sum(bool(match.is_close) for match in others)
    which = f"{len(others)}{' others' if found.same else ''}"
    if close:
        return f"{close} of {which} are above {limit:.3f}, more than {learned}."
    none = "No other close match: none" if found.same else "No close match: none"
    return f"{none} is above {limit:.3f}, which {learned} in this library, too."


def _as_json(found: Similar, notices: Sequence[str]) -> dict[str, object]:
    query, threshold = found.query, found.threshold
    return {
        "query": {
            "recording": query.name,
            "start": round(query.start, 3),
            "end": round(query.end, 3),
            "space": query.space,
        },
        "projection": found.projection,
        "threshold": {
            "value": None if threshold.value is None else round(threshold.value, 5),
            "basis": threshold.basis,
            "segments": threshold.segments,
        },
        "close_match": found.has_close_match,
        "matches": [_match_json(match) for match in found.matches],
        "notices": list(notices),
    }


def _match_json(match: Match) -> dict[str, object]:
    entry = match.entry
    return {
        "id": entry.id,
        "similarity": round(match.similarity, 5),
        "close": match.is_close,
        "same": match.is_same,
        "recording": entry.recording.name,
        "case": entry.recording.case_name,
        "path": entry.recording.path,
        "start": round(entry.start, 3),
        "end": round(entry.end, 3),
        "type": entry.facts.crime_type,
        "camera": entry.facts.camera,
        "place": entry.facts.place,
        "happened": date_text(entry.happened) or None,
        "outcome": entry.facts.outcome,
        "notes": entry.facts.notes,
        "clips": [
            {
                "query": [round(t, 3) for t in reason.query],
                "result": [round(t, 3) for t in reason.result],
                "similarity": round(reason.similarity, 4),
            }
            for reason in match.reasons
        ],
    }

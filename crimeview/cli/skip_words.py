"""What is told of how closely a recording was looked at."""

from crimeview.core.look import Refusal, SkipReport

# Small pictures and short recordings are decoded in no time: nobody asks why.
_REASONS = {
    Refusal.LONG_GOPS: "its keyframes are too far apart to go by",
    Refusal.IRREGULAR_GOPS: "its keyframes come too irregularly to go by",
    Refusal.NO_TIME_STAMPS: "its time stamps cannot be relied on",
    Refusal.BUSY: "too much moves in it",
    Refusal.NOISY: "its noise could hide what is small",
}


def skip_text(report: SkipReport) -> str:
    """Up to four sentences; none where there is nothing to tell."""
    told = []
    if report.refusal in _REASONS:
        told.append(f"All of it was decoded: {_REASONS[report.refusal]}.")
    if report.skipped:
        share = _percent(report.skipped).capitalize()
        told.append(f"{share} was not analyzed, as nothing moved{_where(report)}.")
    if report.audited:
        told.append(_audit(report))
    elif report.by_keyframes:
        told.append("No such part was long enough for a check.")
    if report.by_keyframes:
        told.append(
            f"What lasts less than {report.spacing:.1f} s may have been missed there; "
            "--no-gate looks at everything."
        )
    return " ".join(told)


def _where(report: SkipReport) -> str:
    if not report.by_keyframes:
        return " in its pictures"
    by_keyframes = _percent(report.still_keyframes / report.clips)
    if not report.by_pictures:
        return f" ({by_keyframes} from keyframe to keyframe)"
    by_pictures = _percent(report.by_pictures / report.clips)
    return f" ({by_keyframes} from keyframe to keyframe, {by_pictures} in its pictures)"


def _audit(report: SkipReport) -> str:
    clips = f"{report.audited} clip{'' if report.audited == 1 else 's'}"
    begun = f"As a check {clips} of what keyframes called still were decoded: "
    if not report.audited_moving:
        return begun + "nothing moves in them."
    return begun + f"{report.audited_moving} of them not clearly still, and analyzed."


def _percent(share: float) -> str:
    return "less than 1 %" if 0 < share < 0.01 else f"{share:.0%}".replace("%", " %")

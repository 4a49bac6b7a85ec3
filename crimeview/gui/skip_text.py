"""What was not looked at closely, in words."""

from crimeview.core.look import Look, Refusal, SkipReport
from crimeview.gui.text import length_text, translate


def look_text(look: Look) -> str:
    """Why a moment was skipped."""
    match look:
        case Look.SKIPPED_BY_KEYFRAMES:
            return translate("Skipping", "Skipped: nothing moved from keyframe to keyframe")
        case Look.SKIPPED_BY_PICTURES:
            return translate("Skipping", "Skipped: nothing moved in the pictures")
        case _:
            return translate("Skipping", "Skipped; a check of every picture found nothing moving")


def summary_text(report: SkipReport) -> str:
    """One line: how much was skipped and what may be missed, or that nothing was."""
    if report.skipped == 0.0:
        return translate("Skipping", "Nothing was skipped")
    sentences = [
        translate("Skipping", "{share} skipped: nothing moved there").format(
            share=skipped_share(report)
        )
    ]
    if report.by_keyframes:
        sentences.append(
            translate("Skipping", "events under {length} may be missed").format(
                length=length_text(report.spacing)
            )
        )
    return " · ".join(sentences)


def skipped_share(report: SkipReport) -> str:
    """The share of the recording that was skipped, as a percentage."""
    return _share(report, report.skipped * report.clips)


def report_text(report: SkipReport) -> str:
    """Everything that is known, a sentence a line."""
    return "\n".join(
        [
            *_stages(report),
            *_audit(report),
            *_limits(report),
        ]
    )


def _stages(report: SkipReport) -> list[str]:
    lines = []
    if report.by_keyframes:
        lines.append(
            translate(
                "Skipping", "{share} skipped, because nothing moved from keyframe to keyframe."
            ).format(share=_share(report, report.still_keyframes))
        )
    if report.by_pictures:
        lines.append(
            translate("Skipping", "{share} skipped, because nothing moved in the pictures.").format(
                share=_share(report, report.by_pictures)
            )
        )
    if not lines:
        lines.append(translate("Skipping", "Everything was looked at closely."))
    return lines


def _audit(report: SkipReport) -> list[str]:
    if not report.audited:
        if not report.by_keyframes:
            return []
        return [translate("Skipping", "Check: no skipped part was long enough for one.")]
    if not report.audited_moving:
        return [
            translate(
                "Skipping",
                "Check: {count} skipped clips were decoded all the same; nothing moved in any.",
            ).format(count=report.audited)
        ]
    return [
        translate(
            "Skipping",
            "Check: {count} skipped clips were decoded all the same; {moving} of them are not "
            "clearly still and were analyzed. Others like them may have been skipped.",
        ).format(count=report.audited, moving=report.audited_moving)
    ]


def _limits(report: SkipReport) -> list[str]:
    if report.refusal is not None:
        return [
            translate("Skipping", "Every picture was decoded: {reason}.").format(
                reason=_reason(report.refusal)
            )
        ]
    if not report.by_keyframes:
        return []
    return [
        translate(
            "Skipping",
            "Events shorter than {length}, the time from keyframe to keyframe, may be missed. "
            "Switch skipping off in the settings to look at every picture.",
        ).format(length=length_text(report.spacing))
    ]


def _reason(refusal: Refusal) -> str:
    match refusal:
        case Refusal.SMALL_PICTURES:
            return translate("Skipping", "its pictures are small, so that takes no longer")
        case Refusal.FEW_KEYFRAMES:
            return translate("Skipping", "it has too few keyframes to compare")
        case Refusal.LONG_GOPS:
            return translate("Skipping", "too much could happen between its keyframes")
        case Refusal.IRREGULAR_GOPS:
            return translate("Skipping", "its keyframes come irregularly")
        case Refusal.NO_TIME_STAMPS:
            return translate("Skipping", "its time stamps are missing or out of order")
        case Refusal.BUSY:
            return translate("Skipping", "something moves in it nearly all the time")
        case Refusal.NOISY:
            return translate("Skipping", "its noise could hide what is small")


def _share(report: SkipReport, clips: float) -> str:
    """A share of the clips, which is never told as all or nothing where it is not."""
    percent = 100 * clips / max(1, report.clips)
    if 0 < percent < 1:
        return "<1%"
    return "100%" if clips >= report.clips else f"{min(99, round(percent))}%"

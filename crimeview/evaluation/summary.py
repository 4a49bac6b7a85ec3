"""Reports as plain values, for JSON. docs/evaluating.md says what each key means."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from crimeview.evaluation.clips import ClipReport, Decisions
from crimeview.evaluation.figure import Figure
from crimeview.evaluation.frames import FrameReport, RecordingResult
from crimeview.evaluation.ranking import Ranked
from crimeview.evaluation.segments import Alarms, Ranking, SegmentReport
from crimeview.evaluation.table import LeftOut

Summary = dict[str, Any]


def clip_summary(report: ClipReport) -> Summary:
    """The keys of `evaluate clips`."""
    return {
        "counts": {
            "clips": report.clips,
            "positive": report.positive,
            "groups": report.group_count,
        },
        "thresholds": {"decision": report.decision.threshold, "alarm": report.alarm.threshold},
        "figures": _ranked(report.ranked) | _decisions(report.decision),
        "at_alarm_threshold": _decisions(report.alarm),
        "confusion": {
            "decision": asdict(report.decision.confusion),
            "alarm": asdict(report.alarm.confusion),
        },
        "baselines": {name: _ranked(ranked) for name, ranked in report.baselines.items()},
        "accuracy_of_the_larger_class": report.majority,
        "per_class": [
            {
                "label": c.label,
                "clips": c.clips,
                "called_positive": figure(c.called_positive),
                "mean_score": c.mean_score,
            }
            for c in report.classes
        ],
        "per_group": [asdict(g) for g in report.groups],
    }


def frame_summary(report: FrameReport) -> Summary:
    """The keys of `evaluate frames`."""
    curve = report.curve
    found = [r.alarmed.delays for r in report.recordings]
    return {
        "counts": {
            "recordings": len(report.recordings),
            "quiet_recordings": sum(not r.recording.events for r in report.recordings),
            "groups": report.groups,
            "frames": sum(len(r.recording.scores) for r in report.recordings),
            "hours": report.hours,
            "events": report.events,
            "events_found": sum(map(len, found)),
            "false_alarms": sum(r.alarmed.false for r in report.recordings),
        },
        "thresholds": {
            "alarm": report.threshold,
            "at_2_false_alarms_per_hour": None if curve is None else curve.threshold_at_rate,
        },
        "anomalous_share_of_frames": report.ranked.share,
        "figures": {
            **_ranked(report.ranked, of="frame_"),
            "within_recording_roc_auc": figure(report.within),
            "event_recall": figure(report.event_recall),
            "false_alarms_per_hour": figure(report.false_per_hour),
            "time_to_detect_median_s": figure(report.delay),
            "event_recall_at_2_false_alarms_per_hour": None
            if curve is None
            else figure(curve.recall_at_rate),
        },
        "baselines": {
            name: _ranked(ranked, of="frame_") for name, ranked in report.baselines.items()
        },
        "time_to_detect_s": [delay for delays in found for delay in delays],
        "curve": None
        if curve is None
        else {
            "threshold": curve.thresholds.tolist(),
            "event_recall": curve.recall.tolist(),
            "false_alarms_per_hour": curve.false_per_hour.tolist(),
        },
        "recordings": [_recording(r) for r in report.recordings],
    }


def segment_summary(report: SegmentReport) -> Summary:
    """The keys of `evaluate segments` and `evaluate features`."""
    return {
        "counts": {
            "recordings": report.recordings,
            "anomalous_recordings": report.anomalous,
            "groups": report.groups,
            "frames": report.frames,
            "anomalous_frames": report.anomalous_frames,
        },
        "thresholds": {"alarm": report.alarms.threshold},
        "figures": _ranking(report.ranking) | _alarms(report.alarms),
        "baselines": {name: _ranking(ranking) for name, ranking in report.baselines.items()},
        "per_kind": [
            {
                "label": kind.label,
                "recordings": kind.recordings,
                "roc_auc": figure(kind.roc_auc),
                "recall": figure(kind.recalled),
            }
            for kind in report.kinds
        ],
    }


def figure(measured: Figure) -> Summary:
    """A figure as its value and interval, either null where it is not defined."""
    return {
        "value": measured.value,
        "interval": None if measured.interval is None else list(measured.interval),
    }


def left_out_summary(left_out: Sequence[LeftOut]) -> list[Summary]:
    return [asdict(row) for row in left_out]


def _ranked(ranked: Ranked, *, of: str = "") -> Summary:
    return {
        f"{of}roc_auc": figure(ranked.roc_auc),
        f"{of}average_precision": figure(ranked.average_precision),
    }


def _ranking(ranking: Ranking) -> Summary:
    summary = _ranked(ranking.recordings, of="recording_")
    if ranking.segments is not None:
        summary |= _ranked(ranking.segments, of="segment_")
    if ranking.within is not None:
        summary["within_recording_roc_auc"] = figure(ranking.within)
    if ranking.frames is not None:
        summary |= _ranked(ranking.frames, of="frame_")
    return summary


def _decisions(decisions: Decisions) -> Summary:
    return _figures({f.name: getattr(decisions, f.name) for f in fields(decisions)})


def _alarms(alarms: Alarms) -> Summary:
    return _figures(
        {
            "recording_recall": alarms.recordings_recalled,
            "recording_false_alarm_rate": alarms.recordings_false,
            "segment_false_alarm_rate": alarms.segments_false,
            "frame_recall": alarms.frames_recalled,
            "frame_false_alarm_rate": alarms.frames_false,
        }
    )


def _figures(values: Mapping[str, object]) -> Summary:
    return {name: figure(value) for name, value in values.items() if isinstance(value, Figure)}


def _recording(result: RecordingResult) -> Summary:
    recording = result.recording
    return {
        "name": recording.name,
        "seconds": recording.seconds,
        "frames": len(recording.scores),
        "events": len(recording.events),
        "events_found": len(result.alarmed.delays),
        "false_alarms": result.alarmed.false,
        "alarms_s": [[s.start, s.end] for s in result.alarmed.segments],
        "roc_auc": result.roc_auc,
        "average_precision": result.average_precision,
    }

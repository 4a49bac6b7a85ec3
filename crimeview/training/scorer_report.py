"""How well a scorer ranks held-out clips, and how often it cries wolf."""

from collections.abc import Sequence

import numpy as np
from torch import nn

from crimeview.core.manifest import Metric
from crimeview.core.metrics import group_interval, roc_auc
from crimeview.core.segment import Segment, SegmentRule, find_segments
from crimeview.core.track import Track, TrackKind
from crimeview.training.bags import Bags
from crimeview.training.data.examples import NORMAL, RENDERED
from crimeview.training.encoder_report import LABELED
from crimeview.training.tracks import FeatureTrack, ScoredTrack, scored

HELD_OUT = "encoder and scorer of each fold (5, by group) on what both were trained without"
_BAGS = 100  # of each kind and fold


def choose_threshold(tracks: Sequence[ScoredTrack], *, alarms_an_hour: float) -> float:
    """The lowest threshold with at most so many false alarms an hour on quiet recordings.

    Found from above: far below, many alarms merge into a few long ones. In steps of 0.01.
    """
    chosen = 1.0
    for step in range(99, 0, -1):
        if false_alarms_an_hour(tracks, step / 100) > alarms_an_hour:
            break
        chosen = step / 100
    return chosen


def quiet_recordings(tracks: Sequence[ScoredTrack]) -> list[ScoredTrack]:
    """Whole recordings without an event, real and rendered; no clips of the labeled sets."""
    examples = [t.track.example for t in tracks]
    return [
        track
        for track, example in zip(tracks, examples, strict=True)
        if example.label == NORMAL and example.central is None
    ]


def real_surveillance(tracks: Sequence[ScoredTrack]) -> list[ScoredTrack]:
    """Labeled surveillance clips and real quiet recordings: what calibration rests on."""
    quiet = {id(t) for t in quiet_recordings(tracks) if t.track.example.data != RENDERED}
    return [t for t in tracks if t.track.example.data in LABELED or id(t) in quiet]


def false_alarms_an_hour(tracks: Sequence[ScoredTrack], threshold: float) -> float:
    """Segments that analysis would show, for each hour of recording."""
    return sum(len(_segments(t, threshold)) for t in tracks) / hours(tracks)


def hours(tracks: Sequence[ScoredTrack]) -> float:
    return sum(float(t.track.times[-1, 1] - t.track.times[0, 0]) for t in tracks) / 3600


def bag_auc(scorer: nn.Module, tracks: Sequence[FeatureTrack]) -> float:
    """AUC of the highest score of bags of 32 clips: with an event against without."""
    anomalous, normal = Bags(tracks).draw(_BAGS, np.random.default_rng(0))
    peaks = []
    for bag in (*anomalous, *normal):
        times = np.zeros((len(bag), 2))
        track = FeatureTrack(tracks[0].example, times, bag, ())
        peaks.append(float(scored(scorer, track).scores.max()))
    return roc_auc(np.arange(2 * _BAGS) < _BAGS, np.array(peaks))


def report_bags(aucs: Sequence[float]) -> Metric:
    """`aucs` are those of the folds."""
    return Metric(
        name="bag AUC",
        value=round(float(np.mean(aucs)), 3),
        interval=None,
        protocol=f"{HELD_OUT}: highest score of {_BAGS} bags of 32 clips with an event placed "
        f"in quiet footage against {_BAGS} quiet bags, mean over folds",
    )


def report_clips(tracks: Sequence[ScoredTrack], *, threshold: float) -> list[Metric]:
    """Ranking, recall and false positives of the clips of each labeled set that is there."""
    metrics: list[Metric] = []
    for data, event in LABELED.items():
        part = [t for t in tracks if t.track.example.data == data]
        if part:
            metrics += _of_clips(part, event, threshold)
    return metrics


def report_quiet(tracks: Sequence[ScoredTrack], *, threshold: float) -> list[Metric]:
    """False alarms on all quiet footage together, and by data set."""
    by_data: dict[str, list[ScoredTrack]] = {"all": list(tracks)}
    for track in tracks:
        by_data.setdefault(track.track.example.data, []).append(track)
    return [
        metric(
            f"false alarms an hour, {data}",
            false_alarms_an_hour(part, threshold),
            None,
            f"{HELD_OUT}: segments at threshold {threshold:g} in {60 * hours(part):.1f} minutes "
            f"of quiet recordings: {data}; the threshold was chosen on the real ones, looped",
        )
        for data, part in by_data.items()
    ]


def report_rendered(tracks: Sequence[ScoredTrack]) -> list[Metric]:
    """Whether the highest clip of a rendered scene lies in its event."""
    metrics = []
    for event in LABELED.values():
        part = [
            t for t in tracks if t.track.example.data == RENDERED and t.track.example.label == event
        ]
        if part:
            hits = [bool(t.track.anomalous[np.argmax(t.scores)]) for t in part]
            protocol = f"{HELD_OUT}: {len(part)} rendered scenes of 12 s with one {event} each"
            name = f"rendered {event}: highest clip lies in it"
            metrics.append(metric(name, float(np.mean(hits)), None, protocol))
    return metrics


def report_demonstration(
    shown: ScoredTrack, incidents: Sequence[tuple[float, float]], *, threshold: float
) -> Metric:
    """How many of the demonstration's incidents (start and end, s) are in the top three."""
    top = sorted(_segments(shown, threshold), key=lambda s: -s.peak)[:3]
    hits = [any(s.start < end and s.end > start for s in top) for start, end in incidents]
    return metric(
        "incidents of the demonstration among its three highest segments",
        sum(hits),
        None,
        f"the shipped pair on the rendered demonstration ({len(incidents)} incidents in two "
        f"minutes), which is not among the training scenes; threshold {threshold:g}",
    )


def metric(name: str, value: float, interval: tuple[float, float] | None, protocol: str) -> Metric:
    """A figure to three digits."""
    rounded = None if interval is None else (round(interval[0], 3), round(interval[1], 3))
    return Metric(name=name, value=round(value, 3), interval=rounded, protocol=protocol)


def _of_clips(tracks: Sequence[ScoredTrack], event: str, threshold: float) -> list[Metric]:
    data = tracks[0].track.example.data
    positive = np.array([t.track.example.label == event for t in tracks])
    highest = np.array([t.scores.max() for t in tracks])
    groups = [t.track.example.group for t in tracks]
    found = highest >= threshold
    protocol = f"{HELD_OUT}: highest score in the middle 2 s of {len(tracks)} clips of {data}"
    rows = [g for g, p in zip(groups, positive, strict=True) if p]
    return [
        metric(
            f"{event} AUC",
            roc_auc(positive, highest),
            group_interval(lambda rows: roc_auc(positive[rows], highest[rows]), groups),
            f"{protocol}; interval by bootstrap over groups",
        ),
        metric(
            f"{event} recall at the threshold",
            float(found[positive].mean()),
            group_interval(lambda rows: float(found[positive][rows].mean()), rows),
            f"{protocol}; threshold {threshold:g}; interval by bootstrap over groups",
        ),
        metric(
            f"share of normal clips beside {event} clips over the threshold",
            float(found[~positive].mean()),
            None,
            f"{protocol}; threshold {threshold:g}",
        ),
    ]


def _segments(shown: ScoredTrack, threshold: float) -> list[Segment]:
    track = Track(TrackKind.CLIP_SCORES, shown.track.times, shown.scores)
    return find_segments(track, SegmentRule(threshold=threshold))

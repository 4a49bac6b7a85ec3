"""What was measured, as a manifest tells it: rounded, with what it was measured on."""

from crimeview.core.manifest import Metric
from crimeview.evaluation.figure import Figure

_DIGITS = 4


def plain_metric(name: str, value: float, protocol: str) -> Metric:
    """A value without an interval."""
    return Metric(name=name, value=round(float(value), _DIGITS), interval=None, protocol=protocol)


def metric_of(name: str, found: Figure, protocol: str) -> Metric:
    """A figure with its interval; one that is not defined as 0."""
    interval = found.interval and (
        round(found.interval[0], _DIGITS),
        round(found.interval[1], _DIGITS),
    )
    return Metric(
        name=name, value=round(found.value or 0.0, _DIGITS), interval=interval, protocol=protocol
    )

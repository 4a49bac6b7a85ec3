"""An evaluation as tables for people."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from crimeview.jobs.evaluation import Evaluation

_WIDTH = 140
_MOST_ROWS = 40  # of recordings or groups; the JSON has all


def print_table(evaluation: Evaluation) -> None:
    """Print figures, baselines and parts to stdout, with how was measured."""
    # Imported here: rich takes a tenth of a second that other commands need not wait for.
    from rich.console import Console

    # A file or pipe has no width of its own: rows on one line can be searched.
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(highlight=False, markup=False, width=width)
    values = evaluation.values()
    console.print(f"crimeview evaluate {evaluation.protocol}")
    for role, path in evaluation.sources.items():
        console.print(f"  {role}: {path}" + (f", only {values['only']}" if values["only"] else ""))
    for model in values["models"]:
        console.print(
            f"  {model['kind']}: {model['name']}, {model['precision']}, "
            f"SHA-256 {model['sha256'][:12]}..."
        )
    if values["models"]:
        seen = dict.fromkeys(d.split(" (")[0] for m in values["models"] for d in m["trained_on"])
        console.print(f"  trained on: {', '.join(seen) or 'not said'}")
    counts = ", ".join(
        f"{_words(k)} {_count(v)}" for k, v in values["counts"].items() if v is not None
    )
    console.print(f"  {counts}, left out {len(evaluation.left_out)}")
    for name, threshold in values["thresholds"].items():
        shown = "none" if threshold is None else f"{threshold:.4g}"
        console.print(f"  threshold {_words(name)}: {shown}")
    console.print(_figures(values))
    for key, columns in _PARTS.items():
        if values.get(key):
            console.print(_parts(_words(key), values[key], columns))
    if "confusion" in values:
        console.print(_confusion(values))
    for sentence in (*values["statement"], *evaluation.notes):
        console.print(f"- {sentence}")
    if evaluation.plots:
        console.print(f"\nPlots in {evaluation.plots[0].parent}: ", end="")
        console.print(", ".join(path.name for path in evaluation.plots))


_PARTS: Mapping[str, Sequence[str]] = {
    "per_class": ("label", "clips", "called_positive", "mean_score"),
    "per_kind": ("label", "recordings", "roc_auc", "recall"),
    "per_group": ("group", "clips", "positive", "accuracy", "roc_auc"),
    "recordings": (
        "name",
        "seconds",
        "events",
        "events_found",
        "false_alarms",
        "roc_auc",
        "average_precision",
        "pointing_accuracy",
    ),
}


def _figures(values: Mapping[str, Any]) -> Any:
    """What is judged in the first column of figures, baselines beside it."""
    from rich import box
    from rich.table import Table

    beside: dict[str, Mapping[str, Any]] = dict(values["baselines"])
    if "at_alarm_threshold" in values:
        alarm = values["thresholds"]["alarm"]
        beside = {f"at {alarm:g}": values["at_alarm_threshold"], **beside}
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("figure [95 % interval]", no_wrap=True)
    decision = values["thresholds"].get("decision")
    for title in ("scores" if decision is None else f"at {decision:g}", *beside):
        table.add_column(title, justify="right")
    for name, figure in values["figures"].items():
        cells = [_figure(part.get(name)) for part in beside.values()]
        table.add_row(_words(name), _figure(figure, missing="not defined"), *cells)
    return table


def _parts(title: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Any:
    from rich import box
    from rich.table import Table

    columns = [column for column in columns if column in rows[0]]
    more = f", first {_MOST_ROWS} of {len(rows)}" if len(rows) > _MOST_ROWS else ""
    table = Table(title=f"{title}{more}", title_justify="left", box=box.SIMPLE_HEAD)
    for number, column in enumerate(columns):
        table.add_column(_words(column), justify="left" if number == 0 else "right")
    for row in rows[:_MOST_ROWS]:
        table.add_row(*(_cell(row[column]) for column in columns))
    return table


def _confusion(values: Mapping[str, Any]) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for title in ("confusion", "true", "said event", "said normal"):
        table.add_column(title, justify="left" if title in ("confusion", "true") else "right")
    for which, c in values["confusion"].items():
        at = f"at {values['thresholds'][which]:g}"
        table.add_row(at, "event", str(c["true_positive"]), str(c["false_negative"]))
        table.add_row("", "normal", str(c["false_positive"]), str(c["true_negative"]))
    return table


def _figure(figure: Mapping[str, Any] | None, *, missing: str = "") -> str:
    if figure is None or figure["value"] is None:
        return missing
    if figure["interval"] is None:
        return _number(figure["value"])
    low, high = figure["interval"]
    return f"{_number(figure['value'])} [{_number(low)}, {_number(high)}]"


def _number(value: float) -> str:
    """Rates an hour and seconds may be large; three decimals of them mean nothing."""
    return f"{value:.3f}" if value < 10 else f"{value:.1f}"


def _cell(value: object) -> str:
    if isinstance(value, Mapping):
        return _figure(value)
    if isinstance(value, float):
        return f"{value:.3f}"
    return "-" if value is None else str(value)


def _count(value: float) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _words(key: str) -> str:
    return key.replace("_", " ").replace("roc auc", "ROC AUC")

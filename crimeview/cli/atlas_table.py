"""Retrieval and groupings as tables for people."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from crimeview.jobs.evaluation import Evaluation

_WIDTH = 220
_AGREEMENT = ("AMI (shuffled)", "ARI (shuffled)", "accuracy (shuffled)", "purity (shuffled)")


def print_evaluation(evaluation: Evaluation) -> None:
    """Print an evaluation of retrieval or of groupings to stdout, with how was measured."""
    console = console_for_tables()
    values = evaluation.values()
    console.print(f"crimeview evaluate {evaluation.protocol}")
    for role, path in evaluation.sources.items():
        console.print(f"  {role}: {path}" + (f", only {values['only']}" if values["only"] else ""))
    for model in values["models"]:
        seen = ", ".join(model["trained_on"]) or "not said"
        console.print(f"  {model['kind']}: {model['name']}, trained on {seen}")
    console.print("  " + ", ".join(f"{k} {v}" for k, v in values["counts"].items()))
    if evaluation.protocol == "retrieval":
        chance = values["chance_recall_at_1"]
        if chance is not None:
            console.print(f"  recall at 1 by chance: {chance:.3f}")
        console.print(_retrieval(values["embeddings"]))
        console.print(_per_type(values["per_type"]))
    else:
        console.print(groupings_table(values["groupings"]))
    for sentence in (*values["statement"], *evaluation.notes):
        console.print(f"- {sentence}")
    if evaluation.plots:
        console.print(f"\nPlots in {evaluation.plots[0].parent}: ", end="")
        console.print(", ".join(path.name for path in evaluation.plots))


def console_for_tables() -> Any:
    """Where tables go: as wide as the terminal, or wide enough for a file."""
    # Imported here: rich takes a tenth of a second that other commands need not wait for.
    from rich.console import Console

    width = None if sys.stdout.isatty() else _WIDTH
    return Console(highlight=False, markup=False, width=width)


def groupings_table(groupings: Sequence[Mapping[str, Any]]) -> Any:
    """What each method makes of each set of vectors; agreement where types are known."""
    labeled = any("figures" in g for g in groupings)
    table = _table(("vectors", "method", "clusters", "in none"))
    for title in _AGREEMENT if labeled else ():
        table.add_column(title, justify="right", no_wrap=True)
    for title in ("silhouette", "Davies-Bouldin", "stability (lowest)"):
        table.add_column(title, justify="right", no_wrap=True)
    for g in groupings:
        stable = g["stability"]
        table.add_row(
            g["embedding"],
            g["method"],
            str(g["clusters"]),
            str(g["in_no_cluster"]),
            *(_agreement(g) if labeled else ()),
            _number(g["silhouette"]),
            _number(g["davies_bouldin"]),
            "-" if stable is None else f"{stable['mean']:.2f} ({stable['lowest']:.2f})",
        )
    return table


def _agreement(grouping: Mapping[str, Any]) -> list[str]:
    figures, control = grouping["figures"], grouping["shuffled_types"]
    adjusted = [
        f"{_figure(figures[key])} ({control[key]:.3f})"
        for key in ("adjusted_mutual_information", "adjusted_rand_index")
    ]
    return adjusted + [
        f"{figures[key]['value']:.3f} ({control[key]:.3f})"
        for key in ("hungarian_accuracy", "purity")
    ]


def _retrieval(embeddings: Sequence[Mapping[str, Any]]) -> Any:
    table = _table(("vectors",))
    titles = ("recall at 1", "recall at 5", "mAP", "mAP over types", "mAP over whole", "shuffled")
    for title in titles:
        table.add_column(title, justify="right", no_wrap=True)
    for e in embeddings:
        gain = e["gain_over_whole"]["mean_average_precision"]
        shuffled = e["shuffled_labels"]
        chance = (
            f"{_number(shuffled['recall_at_1'])}, {_number(shuffled['mean_average_precision'])}"
        )
        cells = [_figure(figure) for figure in e["figures"].values()]
        table.add_row(e["name"], *cells, _figure(gain, sign="+"), chance)
    return table


def _per_type(rows: Sequence[Mapping[str, Any]]) -> Any:
    table = _table((f"type, by {rows[0]['embedding']}",))
    for title in ("recordings", "recall at 1", "average precision"):
        table.add_column(title, justify="right", no_wrap=True)
    for row in rows:
        figures = (_number(row["recall_at_1"]), _number(row["average_precision"]))
        table.add_row(row["label"], str(row["recordings"]), *figures)
    return table


def _table(columns: Sequence[str]) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for title in columns:
        table.add_column(title, no_wrap=True)
    return table


def _figure(figure: Mapping[str, Any], *, sign: str = "") -> str:
    if figure["value"] is None:
        return "-"
    if figure["interval"] is None:
        return f"{figure['value']:{sign}.3f}"
    low, high = figure["interval"]
    return f"{figure['value']:{sign}.3f} [{low:{sign}.3f}, {high:{sign}.3f}]"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"

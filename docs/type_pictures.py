"""Draws the figures of types of our own features for docs/types.md from the model's manifest.

Run it after training `motion-crime-type`: `python docs/type_pictures.py`.
"""

from pathlib import Path

from crimeview.core.manifest import Metric
from crimeview.nets.catalog import find_model
from crimeview.plots.bars import Bars, save_bars

FILE = Path(__file__).parent / "images" / "types" / "own-types.png"
_CONTROLS = ("motion statistics", "file facts", "the data set alone")


def main() -> None:
    found = {m.name: m for m in find_model("motion-crime-type").manifest.metrics}
    shown = [found["accuracy"], *(found[f"accuracy, control: {name}"] for name in _CONTROLS)]
    usual = found["share of the most frequent"].value
    save_bars(
        [_bars(shown, usual)],
        FILE,
        places=["classifier", *_CONTROLS],
        what="Crash, fight or ordinary: accuracy [95 % interval]",
        title="held-out sources of real surveillance footage",
        control="always the most frequent",
    )


def _bars(shown: list[Metric], usual: float) -> Bars:
    return Bars(
        name="told rightly",
        values=[metric.value for metric in shown],
        intervals=[metric.interval for metric in shown],
        controls=[usual] * len(shown),
    )


if __name__ == "__main__":
    main()

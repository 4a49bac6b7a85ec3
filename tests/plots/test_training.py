import struct
from pathlib import Path

import pytest

from crimeview.plots.training import save_curves


@pytest.mark.parametrize(
    ("columns", "panels"),
    [("epoch,loss", 1), ("epoch,loss,accuracy,rate", 3), ("epoch,loss,rate,validation_loss", 2)],
)
def test_both_losses_share_a_panel(tmp_path: Path, columns: str, panels: int) -> None:
    log, picture = tmp_path / "log.csv", tmp_path / "curves.png"
    rows = [
        ",".join(["1"] + ["0.5"] * columns.count(",")),
        ",".join(["2"] + ["0.1"] * columns.count(",")),
    ]
    log.write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")
    save_curves(log, picture)
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (400 * panels, 300)

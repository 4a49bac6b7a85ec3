"""What a training run has reached after each epoch: a CSV file, and events for TensorBoard."""

import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.event_file_writer import EventFileWriter

from crimeview.training.csvlog import count_rows, write_rows

Row = Mapping[str, float]


class History:
    """The rows of a run's log, one for each epoch; close it at the end.

    The rows are part of the run's checkpoint and both logs are made from them: after a kill they
    say neither less nor more than what was done.
    """

    def __init__(self, run: Path) -> None:
        """`run` is the run's folder: log.csv and tensorboard/ are written there."""
        self._run = run
        self._rows: list[dict[str, float]] = []
        self._events: EventFileWriter | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows)

    def add(self, row: Row) -> None:
        """Keep an epoch's row; `write` makes the logs."""
        self._rows.append(dict(row))

    def write(self) -> None:
        """Write log.csv anew, and to TensorBoard what it does not have yet."""
        write_rows(self._run / "log.csv", self._rows)
        if self._events is None:
            shutil.rmtree(self._run / "tensorboard", ignore_errors=True)
            self._events = EventFileWriter(str(self._run / "tensorboard"))
            for row in self._rows:
                self._events.add_event(_event(row))
        else:
            self._events.add_event(_event(self._rows[-1]))
        self._events.flush()

    def catch_up(self) -> None:
        """Write both logs where a kill came between a checkpoint and its row."""
        if count_rows(self._run / "log.csv") != len(self._rows):
            self.write()

    def close(self) -> None:
        if self._events is not None:
            self._events.close()
            self._events = None

    def state_dict(self) -> dict[str, Any]:
        return {"rows": self._rows}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        self._rows = [dict(row) for row in state_dict["rows"]]


def _event(row: Row) -> Event:
    values = [
        Summary.Value(tag=name, simple_value=value)
        for name, value in row.items()
        if name != "epoch"
    ]
    return Event(wall_time=time.time(), step=int(row["epoch"]), summary=Summary(value=values))

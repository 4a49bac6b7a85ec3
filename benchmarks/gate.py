"""How well the gate tells where something moves: what it keeps, loses and skips.

Builds quiet recordings of real backgrounds with known events (about a minute of work for each; kept
in --work) and judges them by keyframes, by the pictures the network sees, and by one after the
other. Run as `python -m benchmarks.gate [--half confirmation] [--count 20] [--json FILE]`; `--draw`
makes other recordings. Needs the training extra and `../shared/data`.
"""

import argparse
import json
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.gate_halves import SMALL, Half, Measured, cut_all, measured, wanted
from benchmarks.gate_recordings import Event, Wanted
from crimeview.core.spans import within
from crimeview.scene.keyframes import KeyframeGate
from crimeview.scene.still import moves

FRAMES, STEP, RATE = 17, 8, 12.5  # of a clip, as models/c3d-motion-small wants them
_SEEN = 4  # pictures of a clip that show an event: from then on the clip is a moving one
STAGES = ("keyframes", "pictures", "both")
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Table:
    """The groups of pictures, as the gate wants them."""

    times: NDArray[np.float64]
    ends: NDArray[np.float64]
    sizes: NDArray[np.int32]
    bytes: NDArray[np.int64]
    in_order: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A recording's clips (n,).

    `shows` (n, events) counts the pictures that show each event, `kept` (n,) are flags by stage;
    "large" is that of pictures at 112x112.
    """

    wanted: Wanted
    events: list[Event]
    refusal: str | None
    shows: NDArray[np.int64]
    kept: dict[str, Flags]

    @property
    def moving(self) -> Flags:
        return np.asarray(self.shows.sum(axis=1) >= _SEEN)

    @property
    def quiet(self) -> Flags:
        return np.asarray(self.shows.sum(axis=1) == 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("design", "confirmation"), default="confirmation")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--draw", type=int, default=1)
    parser.add_argument("--small", type=int, choices=SMALL, help="lines of all the pictures")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("runs/gate"))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    cut_all(args.half, data=args.data, work=args.work)
    one = partial(_made_and_judged, half=args.half, data=args.data, work=args.work)
    chosen = wanted(args.half, count=args.count, draw=args.draw, small=args.small)
    with ProcessPoolExecutor(args.workers) as pool:
        judged = list(pool.map(one, chosen))
    print(table(judged))
    print()
    print("\n".join(losses(judged)))
    if args.json:
        args.json.write_text(json.dumps([_plain(one) for one in judged], indent=1))


def _made_and_judged(one: Wanted, *, half: Half, data: Path, work: Path) -> Judged:
    return judge(measured(one, half, data=data, work=work))


def judge(recording: Measured) -> Judged:
    """Ask the gate about each clip of a recording."""
    starts = np.arange(0, len(recording.times) - FRAMES + 1, STEP)
    shown = np.array(
        [(recording.times >= e.start) & (recording.times < e.end) for e in recording.events]
    ).reshape(len(recording.events), -1)
    shows = np.array([shown[:, at : at + FRAMES].sum(axis=1) for at in starts])
    table = _Table(
        times=recording.key_times,
        ends=recording.key_ends,
        sizes=recording.key_sizes.astype(np.int32),
        bytes=recording.key_bytes,
    )
    size = recording.wanted.height, recording.wanted.width
    gate = KeyframeGate(table, height=size[0], width=size[1], clip=FRAMES / RATE)
    for time, luma in zip(recording.key_times, recording.luma, strict=True):
        gate.add(float(time), luma)
    verdict = gate.verdict()
    decoded = within(verdict.kept, recording.times + 1e-6)
    by_keyframes = np.array([decoded[at : at + FRAMES].all() for at in starts])
    by_pictures, by_large = (
        np.array([moves(p[at : at + FRAMES, ..., None], clock=verdict.clock) for at in starts])
        for p in (recording.gray, recording.large)
    )
    return Judged(
        wanted=recording.wanted,
        events=recording.events,
        refusal=None if verdict.refusal is None else verdict.refusal.value,
        shows=shows,
        kept={
            "keyframes": by_keyframes,
            "pictures": by_pictures,
            "both": by_keyframes & by_pictures,
            "large": by_large,
        },
    )


def table(judged: list[Judged]) -> str:
    """A markdown table: moving clips kept, events lost, quiet clips skipped, by group."""
    head = ["group", "recordings (refused)", "moving clips", "events"]
    for stage in (*STAGES, "large"):
        head += [f"{stage}: kept %", "events lost", "skipped %"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for name, chosen, fits in _groups(judged):
        lines.append(_row(name, chosen, fits))
    return "\n".join(lines)


Fits = Callable[[Event], bool]


def _groups(judged: list[Judged]) -> Iterable[tuple[str, list[Judged], Fits]]:
    """Name, recordings and which events count."""

    def any_event(_: Event) -> bool:
        return True

    yield "all", judged, any_event
    yield "not refused", [j for j in judged if j.refusal is None], any_event
    labels: tuple[Callable[[Wanted], str], ...] = (
        lambda w: f"GOP {float(w.gop / w.rate):.0f} s",
        lambda w: f"{w.light}",
        lambda w: f"{w.weather}",
        lambda w: f"{w.codec[3:]} {w.rate_control.split(':')[0]}",
        lambda w: f"{w.height} rows",
    )
    for label in labels:
        for value in dict.fromkeys(label(j.wanted) for j in judged):
            yield value, [j for j in judged if label(j.wanted) == value], any_event
    for low, high in ((0.0, 1.0), (1.0, 2.0), (2.0, 5.0), (5.0, 99.0)):
        yield f"events of {low:g}-{high:g} s", judged, partial(_lasts, low=low, high=high)
    for low, high in ((0, 40), (40, 80), (80, 999)):
        yield f"{low}-{high} pixels tall", judged, partial(_stands, low=low, high=high)


def _lasts(event: Event, *, low: float, high: float) -> bool:
    return low <= event.end - event.start < high


def _stands(event: Event, *, low: float, high: float) -> bool:
    return low <= event.height < high


def _row(name: str, judged: list[Judged], fits: Fits) -> str:
    refused = sum(j.refusal is not None for j in judged)
    chosen = [np.array([fits(e) for e in j.events], np.bool_) for j in judged]
    pairs = list(zip(judged, chosen, strict=True))
    moving = [j.shows[:, c].sum(axis=1) >= _SEEN for j, c in pairs]
    cells = [name, f"{len(judged)} ({refused})", str(sum(m.sum() for m in moving))]
    cells.append(str(sum(int(c.sum()) for c in chosen)))
    for stage in (*STAGES, "large"):
        kept = [j.kept[stage][m] for j, m in zip(judged, moving, strict=True)]
        lost = sum(int((lost_events(j, stage) & c).sum()) for j, c in pairs)
        still = [~j.kept[stage][j.quiet] for j in judged]
        cells += [_percent(kept), str(lost), _percent(still)]
    return "| " + " | ".join(cells) + " |"


def _percent(flags: list[Flags]) -> str:
    together = np.concatenate([np.empty(0, np.bool_), *flags])
    return f"{100 * together.mean():.1f}" if len(together) else "-"


def lost_events(judged: Judged, stage: str) -> Flags:
    """Which events (m,) are in no clip that the stage keeps."""
    return np.asarray(~(judged.shows[judged.kept[stage]] > 0).any(axis=0))


def losses(judged: list[Judged]) -> list[str]:
    """A line for each event that a stage loses."""
    lines = []
    for one in judged:
        for stage in STAGES:
            for number in np.flatnonzero(lost_events(one, stage)).tolist():
                event, w = one.events[number], one.wanted
                lines.append(
                    f"- {stage}: {event.end - event.start:.1f} s, {event.height:.0f} pixels tall, "
                    f"{event.contrast:.0f} levels, {w.light}, {w.weather}, {w.height} rows, "
                    f"{w.codec} {w.rate_control}, GOP {float(w.gop / w.rate):.0f} s ({w.name})"
                )
    return lines


def _plain(judged: Judged) -> dict[str, object]:
    moving, quiet = judged.moving, judged.quiet
    return {
        "recording": {k: str(v) for k, v in asdict(judged.wanted).items()},
        "refusal": judged.refusal,
        "events": [asdict(event) for event in judged.events],
        "moving": int(moving.sum()),
        "quiet": int(quiet.sum()),
        "moving_kept": {s: int(k[moving].sum()) for s, k in judged.kept.items()},
        "quiet_skipped": {s: int((~k[quiet]).sum()) for s, k in judged.kept.items()},
        "events_lost": {s: int(lost_events(judged, s).sum()) for s in judged.kept},
    }


if __name__ == "__main__":
    main()

"""What a case knows of time: clocks and cameras, rules by name, and what recordings really show."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crimeview.core.segment import SegmentRule
from crimeview.core.wall_clock import WallClock
from crimeview.store.rows import CaseClock, RulePreset, TruthSpan
from crimeview.store.schema import RulePresetRow, TruthSpanRow, WallClockRow


def load_clocks(session: Session) -> dict[int, CaseClock]:
    """By recording."""
    return {
        row.recording_id: CaseClock(
            camera=row.camera,
            clock=WallClock(
                start=datetime.fromisoformat(row.start),
                zone=row.zone,
                offset=row.offset,
                source=row.source,
            ),
        )
        for row in session.scalars(select(WallClockRow))
    }


def save_clock(session: Session, recording_id: int, known: CaseClock) -> None:
    clock = known.clock
    session.merge(
        WallClockRow(
            recording_id=recording_id,
            camera=known.camera,
            start=clock.start.isoformat(),
            zone=clock.zone,
            offset=clock.offset,
            source=clock.source,
        )
    )


def load_presets(session: Session) -> list[RulePreset]:
    """In order of camera and name."""
    rows = session.scalars(select(RulePresetRow).order_by(RulePresetRow.camera, RulePresetRow.name))
    return [
        RulePreset(
            camera=row.camera,
            name=row.name,
            rule=SegmentRule(
                threshold=row.threshold,
                hysteresis=row.hysteresis,
                merge_gap=row.merge_gap,
                min_length=row.min_length,
            ),
        )
        for row in rows
    ]


def save_preset(session: Session, preset: RulePreset) -> None:
    session.merge(RulePresetRow(camera=preset.camera, name=preset.name, **asdict(preset.rule)))


def delete_preset(session: Session, preset: RulePreset) -> None:
    session.execute(delete(RulePresetRow).filter_by(camera=preset.camera, name=preset.name))


def load_truth(session: Session, recording_id: int) -> list[TruthSpan]:
    """In order of time."""
    rows = session.scalars(
        select(TruthSpanRow).filter_by(recording_id=recording_id).order_by(TruthSpanRow.start)
    )
    return [TruthSpan(start=row.start, end=row.end, label=row.label) for row in rows]


def replace_truth(session: Session, truth: Mapping[int, Sequence[TruthSpan]]) -> None:
    """Store these in place of what these recordings had."""
    for recording_id, spans in truth.items():
        session.execute(delete(TruthSpanRow).filter_by(recording_id=recording_id))
        for start, span in {span.start: span for span in spans}.items():
            session.add(
                TruthSpanRow(recording_id=recording_id, start=start, end=span.end, label=span.label)
            )

"""Rules that were kept by name."""

from dataclasses import asdict

from sqlalchemy import select

from crimeview.core.segment import RulePreset, SegmentRule
from crimeview.store.database import Database
from crimeview.store.schema import RulePresetRow


class Presets:
    """The named rules of a case, which edits change; usable from any thread. Raises as `Case`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[RulePreset]:
        """In order of camera and name."""
        query = select(RulePresetRow).order_by(RulePresetRow.camera, RulePresetRow.name)
        with self._database.reading() as session:
            return [preset_of(row) for row in session.scalars(query)]


def preset_of(row: RulePresetRow) -> RulePreset:
    return RulePreset(
        camera=row.camera,
        name=row.name,
        rule=SegmentRule(
            threshold=row.threshold,
            hysteresis=row.hysteresis,
            merge_gap=row.merge_gap,
            min_length=row.min_length,
        ),
    )


def preset_row(preset: RulePreset) -> RulePresetRow:
    return RulePresetRow(camera=preset.camera, name=preset.name, **asdict(preset.rule))

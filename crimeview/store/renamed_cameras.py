"""Rules for alarms follow a camera of the wall that is renamed, by whatever edit that is done.

The edit says nothing of them: when it is taken back, rules listen to the camera that were made, or
changed, since.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from crimeview.core.edit import Change
from crimeview.core.watching import WallCamera
from crimeview.store.alarm_schema import AlarmRuleRow


def renamed_cameras(changes: Sequence[Change]) -> dict[str, str]:
    """New names of cameras by their old ones: one goes, and the next comes to its place."""
    renamed = {}
    for gone, come in pairwise(changes):
        old, new = gone.before, come.after
        if gone.after is not None or come.before is not None:
            continue
        if isinstance(old, WallCamera) and isinstance(new, WallCamera) and old.place == new.place:
            renamed[old.camera.name] = new.camera.name
    return renamed


def follow_renamed(session: Session, renamed: Mapping[str, str]) -> None:
    """Have all rules listen to cameras by their new names."""
    for row in session.scalars(select(AlarmRuleRow)) if renamed else ():
        names = json.loads(row.cameras)
        after = list(dict.fromkeys(renamed.get(name, name) for name in names))
        if after != names:
            row.cameras = json.dumps(after)

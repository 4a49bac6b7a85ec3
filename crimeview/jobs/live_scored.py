"""What is scored of a case's cameras, as far as can be told before they are watched."""

from crimeview.core.alarm_obstacles import Scored
from crimeview.core.alarm_rule import AlarmTrack
from crimeview.nets.catalog import models_folder
from crimeview.nets.pose_files import pose_is_in
from crimeview.store.case import Case


def scored_of(case: Case) -> Scored:
    """What rules can listen to; opens no model. Raises CaseError."""
    found = pose_is_in(models_folder())
    missing = frozenset[AlarmTrack]() if found else frozenset({AlarmTrack.THEFT})
    return Scored(missing=missing, learned=case.scenes.learned())

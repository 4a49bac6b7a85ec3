"""Renders the pictures of the guide to the wall again, from the program's own demonstration.

Usage: PYTHONPATH=. python docs/wall_screenshots.py [DEMONSTRATION.mp4]
"""

import sys
from dataclasses import replace
from pathlib import Path

from pictures import at_home, pass_time, save
from PySide6.QtWidgets import QDialog
from screenshots import demonstration_file, taken_home

from crimeview.core.address import camera_of
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack, new_rule_id
from crimeview.core.delivery import (
    Delivery,
    SystemSettings,
    WebhookSettings,
    masked_url,
    new_delivery_id,
)
from crimeview.core.schedule import parse_schedule
from crimeview.gui.app import application, compose
from crimeview.gui.settings import Preferences
from crimeview.gui.window import Window
from crimeview.jobs.analyze import analyze
from crimeview.jobs.models import default_models
from crimeview.store.case import Case, open_case

_SIZE = (1440, 900)
_CAMERAS = ("north gate", "street", "crossing", "back door")
_WATCHED = 60_000  # ms


def main(arguments: list[str]) -> None:
    given = Path(arguments[0]) if arguments else demonstration_file()
    with at_home() as home:
        demonstration = taken_home(given, home)
        case = open_case(home / "Cases" / "night")
        for _ in analyze([demonstration], case=case, models=default_models()):
            pass
        _set_up(case, demonstration)
        settings = home / "settings.json"
        settings.write_text('{"language": "en", "reviewer": "kim"}', encoding="utf-8")
        window = compose(
            application(offscreen=False),
            case,
            preferences=Preferences(settings),
            find_models=default_models,
        )
        window.resize(*_SIZE)
        window.show()
        window.begin([])
        window.parts.navigation.show("wall")
        pass_time(1000)
        window.parts.watching.start()
        pass_time(_WATCHED)
        save(window, "wall")
        _save_dialog(window, "wall-rules", "wall-rules")
        _save_dialog(window, "wall-deliveries", "wall-told")
        window.close()


def _set_up(case: Case, demonstration: Path) -> None:
    cameras = [camera_of(f"{name}={demonstration}", looped=True) for name in _CAMERAS]
    case.live.set_cameras(cameras)
    rule = AlarmRule(
        id=new_rule_id(),
        name="unusual",
        track=AlarmTrack.EVENTS,
        threshold=0.6,
        min_duration=1.0,
        armed=True,
    )
    case.alarms.put_rule(rule)
    night = parse_schedule("Mon-Fri 22:00-06:00; Sat,Sun 00:00-24:00")
    case.alarms.put_rule(replace(rule, id=new_rule_id(), name="nights", schedule=night))
    lost = replace(rule, id=new_rule_id(), name="lost", track=AlarmTrack.LOST, min_duration=10.0)
    case.alarms.put_rule(lost)
    desktop = Delivery(id=new_delivery_id(), name="this desktop", settings=SystemSettings())
    case.alarms.put_delivery(replace(desktop, enabled=False))
    hook = WebhookSettings(url=masked_url("https://example.org/hooks/crimeview"))
    case.alarms.put_delivery(
        Delivery(id=new_delivery_id(), name="control room", settings=hook, enabled=False)
    )


def _save_dialog(window: Window, command: str, name: str) -> None:
    window.commands[command].trigger()
    pass_time(2000)
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            save(dialog, name)
            dialog.close()


if __name__ == "__main__":
    main(sys.argv[1:])

"""What another window or command changes of the cameras holds for who watches them."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import keyring
import pytest

from crimeview.core.address import camera_of
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.errors import CaseError
from crimeview.core.watching import Camera, LiveAlarm
from crimeview.jobs import wall_changes
from crimeview.jobs.live_cameras import keep_cameras
from crimeview.jobs.wall_changes import WallChanges
from crimeview.jobs.watch import LiveStep
from crimeview.jobs.watch_case import watch_case
from crimeview.store.case import Case, open_case
from tests.bursts import write_bursts
from tests.held_keyring import HeldKeyring
from tests.tiny_models import make_models

GATE = camera_of("gate=rtsp://guard:s3cret@10.0.0.5/live")


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch) -> HeldKeyring:
    made = HeldKeyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    return made


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


def test_a_camera_that_another_window_renames_goes_on_raising_alarms(
    case: Case, tmp_path: Path
) -> None:
    file = write_bursts(tmp_path / "bursts.mp4", duration=4.0, bursts=[(1.0, 3.0)])
    street = camera_of(f"street={file}", looped=True)
    models = make_models(tmp_path / "models")
    keep_cameras(case, [street])
    case.alarms.put_rule(
        AlarmRule(
            id="r",
            name="night",
            track=AlarmTrack.EVENTS,
            threshold=0.5,
            merge_gap=0.2,
            cooldown=0.0,
            cameras=("street",),
            armed=True,
        )
    )
    alarms = list[LiveAlarm]()
    began = time.monotonic()
    with closing(watch_case(case, find_models=lambda: models, begun=lambda _w: None)) as job:
        for step in job:
            assert isinstance(step, LiveStep)
            come = [e for e in step.events if isinstance(e, LiveAlarm) and e.end is None]
            if come and not alarms:
                with open_case(case.folder) as window:
                    renamed = {"street": "yard"}
                    keep_cameras(window, [replace(street, name="yard")], renamed=renamed)
            alarms += come
            if alarms and alarms[-1].camera == "yard":
                break
            assert time.monotonic() - began < 30.0, "it did not come to hold"
    assert {alarm.camera for alarm in alarms} == {"street", "yard"}


def test_watching_ends_when_others_remove_the_last_camera(case: Case, tmp_path: Path) -> None:
    file = write_bursts(tmp_path / "bursts.mp4", duration=4.0, bursts=[(1.0, 3.0)])
    models = make_models(tmp_path / "models")
    keep_cameras(case, [camera_of(f"street={file}", looped=True)])
    job = watch_case(case, find_models=lambda: models, begun=lambda _w: None)
    with closing(job), open_case(case.folder) as window:
        next(job)
        keep_cameras(window, [])
        deadline = time.monotonic() + 60.0
        for _step in job:
            assert time.monotonic() < deadline, "it goes on without a camera"
        with case.watched():
            pass  # who watches next can begin


def test_what_could_not_be_read_is_told_the_next_time(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    wall = WallChanges(case, clock=lambda: now[0])
    yard = camera_of("yard=yard.mp4")
    with open_case(case.folder) as window:
        keep_cameras(window, [yard])

    def busy(_case: Case) -> list[Camera]:
        raise CaseError("It is busy; try again.")

    with monkeypatch.context() as patched:
        patched.setattr(wall_changes, "cameras_to_watch", busy)
        now[0] += 2.0
        assert wall.cameras() is None
    now[0] += 2.0
    assert wall.cameras() == [yard]


def test_cameras_are_told_when_others_have_changed_them_and_only_then(
    case: Case, held: HeldKeyring
) -> None:
    keep_cameras(case, [GATE], reviewer="kim")
    now = [0.0]

    def changed(*, after: float) -> object:
        now[0] += after
        return wall.cameras()

    wall = WallChanges(case, clock=lambda: now[0])
    with open_case(case.folder) as window:
        keep_cameras(window, [*window.live.cameras(), camera_of("yard=yard.mp4")])
        assert changed(after=1.0) is None, "it is not asked all the time"
        assert changed(after=1.0) == [GATE, camera_of("yard=yard.mp4")]
        assert changed(after=2.0) is None
        secrets = dict(held.held)
        held.held.clear()  # the keyring is told after the case
        keep_cameras(window, [replace(GATE, secret=None)], shown=window.live.cameras())
        assert changed(after=2.0) == [replace(GATE, secret=None)]
        held.held.update(secrets)
        assert changed(after=2.0) == [GATE]
        assert changed(after=2.0) is None

"""The wall, as a person uses it, with files played as cameras."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from crimeview.core.address import camera_of
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.clip_order import ClipOrder
from crimeview.core.delivery import Delivery, DeliveryKind, MqttSettings, Security
from crimeview.core.outbox import Moment, OutboxState
from crimeview.core.watching import CameraState, Zone
from crimeview.gui.pages.wall.page import WallPage
from crimeview.gui.rule_rows import RuleColumn
from crimeview.gui.settings import Language
from crimeview.gui.widgets.alarm_banner import AlarmBanner
from crimeview.gui.widgets.camera_dialog import CameraDialog
from crimeview.gui.widgets.deliveries_dialog import DeliveriesDialog
from crimeview.gui.widgets.rules_dialog import RulesDialog
from crimeview.gui.widgets.zone_dialog import ZoneDialog
from crimeview.jobs.live_cameras import keep_cameras
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven, pass_time
from tests.gui.recordings import write_numbered
from tests.held_keyring import HeldKeyring
from tests.messaging.servers import Broker, HookServer, served

RULE = AlarmRule(
    id="r",
    name="bursts",
    track=AlarmTrack.EVENTS,
    threshold=0.5,
    merge_gap=1.0,
    cooldown=2.0,
    armed=True,
)


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch) -> HeldKeyring:
    made = HeldKeyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    return made


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """7 s with motion from 1.6 to 3.6 s: an alarm comes soon."""
    path = tmp_path_factory.mktemp("street") / "street.mp4"
    return write_numbered(path, duration=7, bursts=[(1.6, 3.6, 60)])


def wall(driven: Driven) -> WallPage:
    driven.window.parts.navigation.show("wall")
    driven.settle()
    page = driven.window.page
    assert isinstance(page, WallPage)
    return page


def looking(driven: Driven) -> None:
    """Wait until the window knows what the case holds: what others write from now on is news."""
    watch = driven.window.parts.case_watch
    watch.look()
    driven.wait(lambda: watch._known is not None)


def with_cameras(folder: Path, recording: Path, *names: str, rule: AlarmRule | None = None) -> None:
    with open_case(folder) as case:
        case.live.set_cameras([camera_of(f"{n}={recording}", looped=True) for n in names])
        if rule is not None:
            case.alarms.put_rule(rule)


def dialog(driven: Driven, kind: type[QDialog]) -> QDialog:
    found = [d for d in driven.window.findChildren(kind) if d.isVisible()]
    assert len(found) == 1
    return found[0]


def test_an_empty_wall_says_what_to_do_and_a_camera_is_added(
    open_window: OpenWindow, recording: Path
) -> None:
    driven = open_window()
    page = wall(driven)
    assert page._stack.currentIndex() == 0
    driven.press(Qt.Key.Key_Insert)
    adding = dialog(driven, CameraDialog)
    assert isinstance(adding, CameraDialog)
    adding.accept()
    assert "address" in adding.verdict.text(), "nothing was written yet"
    adding.address.setText("ftp://yard")
    adding.accept()
    assert "protocol" in adding.verdict.text()
    adding.name.setText("yard")
    adding.address.setText(str(recording))
    adding.test()
    driven.wait(lambda: "It sends pictures" in adding.verdict.text())
    adding.accept()
    watching = driven.window.parts.watching
    driven.wait(lambda: watching.running)
    assert page._stack.currentIndex() == 1
    assert page.grid is not None
    tile = page.grid.tiles["yard"]
    driven.wait(lambda: watching.picture("yard") is not None)
    driven.wait(lambda: bool(watching.sight("yard").scores))
    driven.wait(lambda: "Live" in tile.accessibleName())
    watching.stop()
    driven.wait(lambda: not watching.running)
    assert "Not watched" in tile.accessibleName()


def test_a_password_goes_into_the_keyring_and_stays_when_a_camera_is_renamed(
    open_window: OpenWindow, held: HeldKeyring, tmp_path: Path
) -> None:
    driven = open_window()
    page = wall(driven)
    page.add_camera()
    adding = dialog(driven, CameraDialog)
    assert isinstance(adding, CameraDialog)
    adding.name.setText("gate")
    adding.address.setText("rtsp://127.0.0.1:1/stream")
    adding.user.setText("me")
    adding.password.setText("sesame 7431")
    adding.accept()
    watching = driven.window.parts.watching
    stored = driven.window.parts.wall
    driven.wait(lambda: bool(stored.cameras))
    watching.stop()
    driven.wait(lambda: not watching.running)
    stored.read()
    driven.settle()
    assert "•••" in stored.cameras[0].address
    page.change_camera()
    changing = dialog(driven, CameraDialog)
    assert isinstance(changing, CameraDialog)
    changing.name.setText("north gate")
    changing.accept()
    driven.wait(lambda: [c.name for c in stored.cameras] == ["north gate"])
    assert any("sesame%207431" in secret for secret in held.held.values())
    files = [file for file in (tmp_path / "case").rglob("*") if file.is_file()]
    assert not any(b"sesame" in file.read_bytes() for file in files)
    page.remove_camera()
    driven.wait(lambda: not stored.cameras)
    assert page._stack.currentIndex() == 0


def test_the_walls_cameras_are_undone_and_made_again(
    open_window: OpenWindow, held: HeldKeyring, tmp_path: Path
) -> None:
    gate = camera_of("gate=rtsp://me:sesame@127.0.0.1:1/stream")
    with open_case(tmp_path / "case") as case:
        keep_cameras(case, [gate, camera_of("yard=rtsp://127.0.0.1:1/yard")])
        case.alarms.put_rule(replace(RULE, armed=False, cameras=("gate",)))
    driven = open_window()
    page, parts = wall(driven), driven.window.parts
    stored, setup = parts.wall, parts.alarm_setup
    said: list[str] = []
    driven.workspace.mentioned.connect(said.append)

    def state() -> object:
        driven.settle()
        cameras = [replace(camera, secret=None) for camera in stored.cameras]
        assert cameras == driven.workspace.case.live.cameras()
        return cameras, [rule.cameras for rule in setup.rules], dict(held.held)

    states = [state()]
    first, second = stored.cameras
    zone = Zone(name="door", points=((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)))
    north = replace(first, name="north gate", zones=(zone,))
    for change in (
        lambda: page._take_new(camera_of("hall=rtsp://127.0.0.1:1/hall")),
        lambda: page._replace(second, replace(second, looped=True)),
        lambda: page._replace(first, north),
        lambda: stored.keep([c for c in stored.cameras if c.name != "north gate"]),
    ):
        change()
        states.append(state())
    assert setup.rules[0].cameras == ("north gate",)
    assert not held.held
    assert driven.window.commands["undo"].text().endswith("Cameras of the wall")
    for before in reversed(states[:-1]):
        driven.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert state() == before
    assert said == [
        "Undid: the camera “north gate” of the wall",
        "Undid: cameras of the wall: gate, north gate",
        "Undid: the camera “yard” of the wall",
        "Undid: the camera “hall” of the wall",
    ]
    for after in states[1:]:
        driven.window.commands["redo"].trigger()
        assert state() == after


def test_a_camera_that_another_window_has_changed_is_shown_as_it_is(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    with open_case(tmp_path / "case") as case:
        keep_cameras(case, [camera_of("yard=rtsp://127.0.0.1:1/yard")])
    driven = open_window()
    noticed: list[str] = []
    driven.workspace.noticed.connect(noticed.append)
    page, stored = wall(driven), driven.window.parts.wall
    (shown,) = stored.cameras
    with open_case(tmp_path / "case") as case:
        theirs = replace(shown, address="rtsp://127.0.0.1:2/yard")
        keep_cameras(case, [theirs, camera_of("hall=rtsp://127.0.0.1:1/hall")], reviewer="lee")
    page._replace(shown, replace(shown, name="court"))
    driven.settle()
    assert noticed[0].startswith("This was changed meanwhile")
    assert [camera.name for camera in stored.cameras] == ["yard", "hall"]
    assert stored.cameras[0] == theirs


@pytest.mark.parametrize("theirs", ["hall", None], ids=["renamed", "removed"])
def test_what_was_changed_while_its_dialog_was_open_is_not_overwritten(
    open_window: OpenWindow, tmp_path: Path, theirs: str | None
) -> None:
    yard = camera_of("yard=rtsp://127.0.0.1:1/yard")
    with open_case(tmp_path / "case") as case:
        keep_cameras(case, [yard])
    driven = open_window()
    noticed: list[str] = []
    driven.workspace.noticed.connect(noticed.append)
    page, stored = wall(driven), driven.window.parts.wall
    (shown,) = stored.cameras
    looking(driven)
    other = [replace(yard, name=theirs)] if theirs is not None else []
    with open_case(tmp_path / "case") as case:
        keep_cameras(case, other, renamed={"yard": theirs} if theirs is not None else None)
    driven.wait(lambda: list(stored.cameras) == other)
    page._replace(shown, replace(shown, address="rtsp://127.0.0.1:2/yard"))
    driven.settle()
    assert noticed[0].startswith("This was changed meanwhile")
    assert list(stored.cameras) == other


def test_the_first_camera_that_others_add_comes_up(open_window: OpenWindow, tmp_path: Path) -> None:
    driven = open_window()
    wall(driven)
    stored = driven.window.parts.wall
    assert not stored.cameras
    looking(driven)
    with open_case(tmp_path / "case") as case:
        keep_cameras(case, [camera_of("yard=rtsp://127.0.0.1:1/yard")])
    driven.wait(lambda: len(stored.cameras) == 1)
    driven.window.parts.navigation.show("review")
    driven.settle()
    with open_case(tmp_path / "case") as case:
        hall = camera_of("hall=rtsp://127.0.0.1:1/hall")
        keep_cameras(case, [*case.live.cameras(), hall])
    wall(driven)
    driven.wait(lambda: len(stored.cameras) == 2)


def test_a_password_that_another_window_has_changed_stays(
    open_window: OpenWindow, held: HeldKeyring, tmp_path: Path
) -> None:
    with open_case(tmp_path / "case") as case:
        keep_cameras(case, [camera_of("gate=rtsp://me:sesame@127.0.0.1:1/stream")])
    driven = open_window()
    page, stored = wall(driven), driven.window.parts.wall
    page._take_new(camera_of("yard=rtsp://127.0.0.1:1/yard"))
    driven.settle()
    assert stored.cameras[0].secret is not None, "the window knows the password of then"
    theirs = camera_of("gate=rtsp://me:newer@127.0.0.1:2/stream")
    with open_case(tmp_path / "case") as case:
        keep_cameras(case, [theirs, stored.cameras[1]], reviewer="lee")
    page._take_new(camera_of("hall=rtsp://127.0.0.1:1/hall"))
    driven.settle()
    assert [camera.name for camera in stored.cameras] == ["gate", "yard", "hall"]
    assert stored.cameras[0] == theirs
    assert list(held.held.values()) == [theirs.secret]


def test_a_camera_that_comes_back_is_watched_again(
    open_window: OpenWindow, recording: Path, tmp_path: Path
) -> None:
    with_cameras(tmp_path / "case", recording, "gate", "yard")
    driven = open_window()
    page, watching = wall(driven), driven.window.parts.watching
    stored = driven.window.parts.wall
    watching.start()
    driven.wait(lambda: watching.picture("gate") is not None)
    assert page.grid is not None
    stored.keep([c for c in stored.cameras if c.name != "gate"])
    driven.wait(lambda: "gate" not in page.grid.tiles)
    driven.wait(lambda: watching.picture("gate") is None)
    driven.wait(driven.window.commands["undo"].isEnabled)
    driven.window.commands["undo"].trigger()
    driven.wait(lambda: "gate" in page.grid.tiles)
    driven.wait(lambda: watching.picture("gate") is not None)
    watching.stop()
    driven.wait(lambda: not watching.running)


def test_an_alarm_is_shown_told_acknowledged_and_its_clip_opened(
    open_window: OpenWindow, street: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = ClipOrder(pre=1.5, post=0.5)  # instead of ten seconds
    monkeypatch.setattr("crimeview.jobs.watch_case.ClipOrder", lambda: order)
    with_cameras(tmp_path / "case", street, "yard", rule=RULE)
    with served(Broker()) as broker:
        to = MqttSettings(host="127.0.0.1", port=broker.port, security=Security.NONE)
        with open_case(tmp_path / "case") as case:
            case.alarms.put_delivery(Delivery(id="d", name="home", settings=to))
        driven = open_window(reviewer="kim")
        page = wall(driven)
        watching = driven.window.parts.watching
        stored = driven.window.parts.wall
        watching.start()
        driven.wait(lambda: bool(watching.on))
        assert page.grid is not None
        assert page.grid.tiles["yard"].alarmed
        assert "ALARM" in page.grid.tiles["yard"].accessibleName()
        banner = page.findChild(AlarmBanner)
        assert banner is not None
        driven.wait(banner.isVisible)
        assert "yard" in banner.accessibleName()
        driven.wait(lambda: any(kept.payload == "ON" for kept in broker.kept))
        driven.wait(lambda: any(kept.payload == "OFF" for kept in broker.kept))
        driven.wait(lambda: any(stored.clip_of(a.id) is not None for a in stored.alarms))
        watching.stop()
        driven.wait(lambda: not watching.running)
    driven.settle()
    driven.press(Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    driven.wait(lambda: all(a.acknowledged_by == "kim" for a in stored.alarms))
    assert not banner.isVisible()
    with_clip = next(a for a in stored.alarms if stored.clip_of(a.id) is not None)
    assert page.alarms is not None
    row = list(stored.alarms).index(with_clip)
    page.alarms.setCurrentIndex(page.alarms.model().index(row, 0))
    driven.press(Qt.Key.Key_C)
    driven.settle()
    assert driven.window.parts.navigation.current == "review"
    clip = stored.clip_of(with_clip.id)
    assert clip is not None
    shown = driven.workspace.recording
    assert shown is not None
    assert shown.id == clip.recording_id
    wanted = max(0.0, with_clip.start - clip.start)
    assert driven.workspace.playhead.position == pytest.approx(wanted, abs=0.5)


def test_a_clip_that_was_being_recorded_when_watching_stopped_is_opened(
    open_window: OpenWindow, street: Path, tmp_path: Path
) -> None:
    with_cameras(tmp_path / "case", street, "yard", rule=RULE)
    driven = open_window()
    wall(driven)
    watching = driven.window.parts.watching
    stored = driven.window.parts.wall
    watching.start()
    driven.wait(lambda: bool(watching.on))
    pass_time(500)  # until the clip is begun
    watching.stop()
    driven.wait(lambda: not watching.running)
    driven.wait(lambda: any(stored.clip_of(a.id) is not None for a in stored.alarms))
    driven.settle()
    driven.press(Qt.Key.Key_C)
    driven.settle()
    shown = driven.workspace.recording
    assert shown is not None
    assert shown.path.is_relative_to(tmp_path / "case")


def test_an_alarm_is_told_on_other_pages_too(
    open_window: OpenWindow, street: Path, tmp_path: Path
) -> None:
    with_cameras(tmp_path / "case", street, "yard", rule=RULE)
    driven = open_window()
    wall(driven)
    told: list[str] = []
    driven.workspace.noticed.connect(told.append)
    driven.window.parts.watching.start()
    driven.window.parts.navigation.show("review")
    driven.wait(lambda: any("Alarm of yard" in sentence for sentence in told))
    driven.window.parts.watching.stop()
    driven.wait(lambda: not driven.window.parts.watching.running)


def test_cameras_are_reached_by_keys_and_one_fills_the_wall(
    open_window: OpenWindow, recording: Path, tmp_path: Path
) -> None:
    with_cameras(tmp_path / "case", recording, *"abcde")
    driven = open_window()
    page = wall(driven)
    grid = page.grid
    assert grid is not None
    assert [tile.isVisible() for tile in grid.tiles.values()] == [True] * 5
    grid.tiles["a"].setFocus()
    QTest.keyClick(grid.tiles["a"], Qt.Key.Key_Right)
    QTest.keyClick(grid.tiles["b"], Qt.Key.Key_Down)
    assert grid.selected == "e"
    QTest.keyClick(grid.tiles["e"], Qt.Key.Key_Return)
    pass_time(50)
    assert [tile.isVisible() for tile in grid.tiles.values()] == [False] * 4 + [True]
    assert driven.window.isFullScreen()
    QTest.keyClick(grid.tiles["e"], Qt.Key.Key_Left)
    assert grid.enlarged == "d"
    QTest.keyClick(grid.tiles["d"], Qt.Key.Key_Escape)
    pass_time(50)
    assert all(tile.isVisible() for tile in grid.tiles.values())
    assert not driven.window.isFullScreen()
    QTest.mouseDClick(grid.tiles["b"], Qt.MouseButton.LeftButton)
    assert grid.enlarged == "b"
    grid.enlarge(None)


def test_a_camera_that_is_not_there_is_told_in_words(
    open_window: OpenWindow, recording: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "case"
    with_cameras(folder, recording, "yard")
    with open_case(folder) as case:
        known = case.live.cameras()
        gone = replace(known[0], name="gone", address=str(tmp_path / "none.mp4"))
        case.live.set_cameras([*known, gone])
    driven = open_window()
    page = wall(driven)
    watching = driven.window.parts.watching
    watching.start()

    def lost() -> bool:
        health = watching.sight("gone").health
        return health is not None and health.state is CameraState.LOST

    driven.wait(lost)
    assert page.grid is not None
    name = page.grid.tiles["gone"].accessibleName()
    assert "No picture" in name
    assert page.grid.tiles["gone"].toolTip()
    driven.wait(lambda: bool(watching.sight("yard").scores))
    watching.stop()
    driven.wait(lambda: not watching.running)


def test_a_rule_is_made_tried_armed_snoozed_and_removed(
    open_window: OpenWindow, analyzed_case: Path, tmp_path: Path
) -> None:
    shutil.copytree(analyzed_case, tmp_path / "case")
    driven = open_window()
    wall(driven)
    setup = driven.window.parts.alarm_setup
    driven.press(Qt.Key.Key_R)
    rules = dialog(driven, RulesDialog)
    assert isinstance(rules, RulesDialog)
    rules.add()
    driven.wait(
        lambda: len(setup.rules) == 1 and "would have raised" in rules.outcome.preview.text()
    )
    assert rules.outcome.raised.count() >= 1
    tried = rules.outcome.raised.count()
    rules.form.threshold.setValue(1.0)
    rules.form.schedule.setText("some night")
    assert "no time of a schedule" in rules.verdict.text()
    rules.form.schedule.setText("always")
    driven.wait(lambda: not setup.busy)
    assert rules.outcome.raised.count() <= tried
    rules.form.threshold.setValue(0.5)
    rules.form.name.setText("night")
    rules.form.armed.setChecked(True)
    rules.save()
    driven.wait(lambda: [(r.name, r.armed) for r in setup.rules] == [("night", True)])
    rules.toggle_snooze()
    driven.wait(lambda: setup.rules[0].snoozed_until is not None)
    assert "snoozed until" in rules.table.text(0, RuleColumn.STATE)
    rules.toggle_snooze()
    driven.wait(lambda: setup.rules[0].snoozed_until is None)
    rules.remove()
    driven.wait(lambda: not setup.rules)
    rules.close()


def test_all_rules_are_snoozed_by_a_key(
    open_window: OpenWindow, recording: Path, tmp_path: Path
) -> None:
    with_cameras(tmp_path / "case", recording, "yard", rule=RULE)
    driven = open_window()
    page = wall(driven)
    setup = driven.window.parts.alarm_setup
    driven.wait(lambda: bool(setup.rules))
    assert page._state.text() == "1 of 1 rules armed"
    driven.press(Qt.Key.Key_S)
    driven.wait(lambda: setup.rules[0].snoozed_until is not None)
    assert page._state.text() == "All rules are snoozed."
    driven.press(Qt.Key.Key_S)
    driven.wait(lambda: setup.rules[0].snoozed_until is None)


def test_a_delivery_is_added_tested_and_its_failures_shown(
    open_window: OpenWindow, held: HeldKeyring
) -> None:
    driven = open_window()
    wall(driven)
    setup, stored = driven.window.parts.alarm_setup, driven.window.parts.wall
    driven.press(Qt.Key.Key_D)
    shown = dialog(driven, DeliveriesDialog)
    assert isinstance(shown, DeliveriesDialog)
    shown.add(DeliveryKind.WEBHOOK)
    shown.form.url.setText("example.org")
    shown.save()
    assert "no address of a webhook" in shown.verdict.text()
    with served(HookServer()) as server:
        shown.form.url.setText(server.url)
        shown.save()
        driven.wait(lambda: "whsec_" in shown.verdict.text())
        assert next(iter(held.held.values())) in shown.verdict.text()
        shown.test()
        driven.wait(lambda: "has taken the test" in shown.verdict.text())
        assert json.loads(server.posts[0].body)["event"] == "test"
    shown.test()
    driven.wait(lambda: "cannot be reached" in shown.verdict.text())
    with open_case(driven.workspace.case.folder) as case:
        body = json.dumps({"sentence": "gate: an event."})
        case.alarms.post(setup.deliveries[0].id, moment=Moment.BEGAN, body=body, now=0.0)
    driven.window.parts.telling.retry()
    driven.wait(lambda: any(e.error for e in stored.outbox))
    driven.wait(lambda: "cannot be reached" in shown.outbox.item(0).text())
    assert stored.outbox[0].state is OutboxState.WAITING
    shown.remove()
    driven.wait(lambda: not setup.deliveries)
    assert held.held == {}
    shown.close()


def test_what_an_earlier_window_could_not_tell_is_told(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    with served(Broker()) as broker:
        to = MqttSettings(host="127.0.0.1", port=broker.port, security=Security.NONE)
        body = json.dumps({"event": "test", "sentence": "A test."})
        with open_case(tmp_path / "case") as case:
            case.alarms.put_delivery(Delivery(id="d", name="home", settings=to))
            case.alarms.post("d", moment=Moment.TEST, body=body, now=0.0)
        driven = open_window()
        wall(driven)
        driven.wait(lambda: [kept.topic for kept in broker.kept] == ["crimeview/test"])
        stored = driven.window.parts.wall
        driven.wait(lambda: [e.state for e in stored.outbox] == [OutboxState.SENT])


def test_who_begins_to_watch_while_what_waited_is_sent_is_told_of_alarms(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    driven = open_window()
    telling, stored = driven.window.parts.telling, driven.window.parts.wall
    with served(Broker()) as broker, open_case(tmp_path / "case") as case:
        to = MqttSettings(host="127.0.0.1", port=broker.port, security=Security.NONE)
        case.alarms.put_delivery(Delivery(id="d", name="home", settings=to))

        def told(sentence: str) -> None:
            sent = len(stored.outbox)
            body = json.dumps({"event": "test", "sentence": sentence})
            case.alarms.post("d", moment=Moment.TEST, body=body, now=0.0)
            if not sent:
                telling.deliver_now()
                telling.follow()
            driven.wait(lambda: [e.state for e in stored.outbox] == (sent + 1) * [OutboxState.SENT])

        told("What waited.")
        told("An alarm.")
        telling.unfollow()


def test_zones_are_clicked_or_written(
    open_window: OpenWindow, recording: Path, tmp_path: Path
) -> None:
    with_cameras(tmp_path / "case", recording, "yard")
    driven = open_window()
    wall(driven)
    driven.press(Qt.Key.Key_Z)
    zones = dialog(driven, ZoneDialog)
    assert isinstance(zones, ZoneDialog)
    area = zones.view._area()
    for x, y in ((0.25, 0.25), (0.75, 0.25), (0.75, 0.75)):
        place = area.topLeft()
        place.setX(area.left() + round(x * area.width()))
        place.setY(area.top() + round(y * area.height()))
        QTest.mouseClick(zones.view, Qt.MouseButton.LeftButton, pos=place)
    assert zones.corners.text() == "0.25,0.25 0.75,0.25 0.75,0.75"
    zones.add()
    assert "name" in zones.verdict.text()
    zones.name.setText("door")
    zones.add()
    assert [zone.name for zone in zones.zones] == ["door"]
    zones.accept()
    stored = driven.window.parts.wall
    driven.wait(lambda: bool(stored.cameras[0].zones))
    with open_case(tmp_path / "case") as case:
        assert case.live.cameras()[0].zones[0].points[0] == (0.25, 0.25)


def test_everything_on_the_wall_has_a_name_and_the_words_are_korean_when_asked_for(
    open_window: OpenWindow, recording: Path, tmp_path: Path
) -> None:
    with_cameras(tmp_path / "case", recording, "yard", rule=RULE)
    driven = open_window(language=Language.KOREAN)
    page = wall(driven)
    assert page.title == "감시 화면"
    assert page._state.text() == "규칙 1개 중 1개 경계 중"
    page.show_rules()
    page.show_deliveries()
    page.add_camera()
    driven.settle()
    roots: list[QWidget] = [page, *driven.window.findChildren(QDialog)]
    for root in roots:
        for widget in root.findChildren(QWidget):
            reachable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
            if reachable and widget.parentWidget() is not None:
                named = widget.accessibleName() or getattr(widget, "text", lambda: "")()
                inner = "qt_" in widget.objectName()
                assert named or inner, f"{type(widget).__name__} in {type(root).__name__}"
    for open_dialog in driven.window.findChildren(QDialog):
        open_dialog.close()


def test_another_case_has_other_cameras(
    open_window: OpenWindow, recording: Path, tmp_path: Path
) -> None:
    with_cameras(tmp_path / "case", recording, "yard")
    with_cameras(tmp_path / "other", recording, "gate", "door")
    driven = open_window()
    page = wall(driven)
    watching = driven.window.parts.watching
    stored = driven.window.parts.wall
    watching.start()
    driven.wait(lambda: bool(watching.sight("yard").scores))
    driven.window._opening.open_case(tmp_path / "other")
    driven.wait(lambda: [c.name for c in stored.cameras] == ["gate", "door"])
    driven.wait(lambda: not watching.running)
    assert page.grid is not None
    assert list(page.grid.tiles) == ["gate", "door"]

"""Secrets of addresses: in the keyring, carried along when a camera changes, shown nowhere."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from crimeview.core.address import MASK, camera_of, filled, masked
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.delivery import Delivery, DeliveryError, WebhookSettings
from crimeview.core.edit import Edit
from crimeview.core.errors import CaseError, UsageError
from crimeview.core.watching import Camera, Zone
from crimeview.jobs.alarm_rules import keep_rule
from crimeview.jobs.deliver import move_addresses, remove_delivery, save_delivery, whole_hook
from crimeview.jobs.live_cameras import (
    GoneSecrets,
    bring_back_secrets,
    cameras_to_watch,
    is_of_cameras,
    keep_cameras,
    move_secrets,
    whole_camera,
)
from crimeview.store.case import Case, open_case
from crimeview.store.database import FILE_NAME
from crimeview.store.edits import ConflictError
from crimeview.video.live_open import CameraError, connected
from tests.held_keyring import HeldKeyring

GATE = camera_of("gate=rtsp://guard:s3cret@10.0.0.5/live")
RULE = AlarmRule(
    id="r", name="night", track=AlarmTrack.EVENTS, threshold=0.5, cameras=("gate", "yard")
)
URL = "https://hooks.slack.com/services/T0/B0/xyzzy?token=plugh"


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch) -> HeldKeyring:
    made = HeldKeyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    return made


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


def shown(camera: Camera, **changes: str) -> Camera:
    """The camera as the window has it, without its secret, and changed."""
    return replace(camera, secret=None, **changes)


def text_in(case: Case, word: str) -> bool:
    """Whether a word stands in any file of the case."""
    case.revision()
    files = [path for path in case.folder.rglob("*") if path.is_file()]
    return any(word.encode() in path.read_bytes() for path in files)


# Cameras


@pytest.mark.parametrize(
    "address",
    [
        "srt://10.0.0.5:9000?mode=caller&passphrase=xyzzy",
        "http://cam/video?apikey=xyzzy&size=2",
        "http://cam/cgi?usr=admin&loginpas=xyzzy",
        "http://cam/v?X-Amz-Signature=xyzzy",
        "http://cam/v?expires=1&sig=xyzzy",
        "http://cam/v#access_token=xyzzy",
        "rtsp://xyzzy0123456@10.0.0.5/live",
        "rtsp://xyzzyxyzzyxyzzyxyzzy@10.0.0.5/live",
    ],
)
def test_no_secret_of_an_address_is_shown_or_stored(case: Case, address: str) -> None:
    camera = camera_of(f"gate={address}")
    assert "xyzzy" not in camera.address
    assert filled(camera.address, known=address) == address
    keep_cameras(case, [camera])
    assert not text_in(case, "xyzzy")
    assert cameras_to_watch(case) == [camera]


@pytest.mark.parametrize("address", ["http://cam/a?keyframe=1&design=2", "rtsp://admin@cam/live"])
def test_what_is_no_secret_is_shown(address: str) -> None:
    assert masked(address) == address


def test_a_password_stays_when_the_host_is_changed(case: Case, held: HeldKeyring) -> None:
    keep_cameras(case, [GATE])
    (kept,) = keep_cameras(case, [shown(GATE, address=f"rtsp://guard:{MASK}@10.0.0.21/other")])
    assert kept.opened == "rtsp://guard:s3cret@10.0.0.21/other"
    assert [camera.opened for camera in cameras_to_watch(case)] == [kept.opened]
    assert not any(MASK in secret for secret in held.held.values())


def test_a_changed_camera_is_tried_with_the_password_it_has(case: Case) -> None:
    keep_cameras(case, [GATE])
    changed = shown(GATE, name="north", address=f"rtsp://guard:{MASK}@10.0.0.21/live")
    tried = whole_camera(case, changed, before="gate")
    assert tried.opened == "rtsp://guard:s3cret@10.0.0.21/live"


def test_a_mask_that_nobody_knows_the_secret_of_is_refused(case: Case, held: HeldKeyring) -> None:
    keep_cameras(case, [GATE])
    held.held.clear()
    with pytest.raises(CaseError, match="password of “gate” is not known"):
        keep_cameras(case, [shown(GATE, address=f"rtsp://guard:{MASK}@10.0.0.21/live")])
    assert [camera.address for camera in case.live.cameras()] == [GATE.address]


def test_a_locked_keyring_does_not_cost_a_camera_its_password(
    case: Case, held: HeldKeyring
) -> None:
    keep_cameras(case, [GATE])
    secrets = dict(held.held)
    held.held.clear()  # as good as locked
    yard = camera_of("yard=yard.mp4")
    keep_cameras(case, [shown(GATE), yard])
    held.held.update(secrets)
    assert cameras_to_watch(case) == [GATE, yard]


def test_a_renamed_camera_takes_its_password_and_its_rules_along(
    case: Case, held: HeldKeyring
) -> None:
    keep_cameras(case, [GATE])
    case.alarms.put_rule(RULE)
    everywhere = replace(RULE, id="e", name="all", cameras=())
    case.alarms.put_rule(everywhere)
    keep_cameras(case, [shown(GATE, name="north gate")], renamed={"gate": "north gate"})
    assert cameras_to_watch(case) == [replace(GATE, name="north gate")]
    assert len(held.held) == 1
    renamed, other = case.alarms.rules()
    assert renamed == replace(RULE, cameras=("north gate", "yard"))
    assert other == everywhere


def test_a_camera_that_was_stored_with_its_secret_is_masked_and_moved(
    case: Case, held: HeldKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Earlier versions did not know a passphrase as a secret."""
    address = "srt://10.0.0.5:9000?passphrase=xyzzy"
    case.live.set_cameras([Camera(name="gate", address=address)])
    monkeypatch.setattr(keyring.core, "_keyring_backend", NoKeyring())
    move_secrets(case)
    (camera,) = cameras_to_watch(case)
    assert (camera.address, camera.opened) == (masked(address), address)
    monkeypatch.setattr(keyring.core, "_keyring_backend", held)
    move_secrets(case)
    assert cameras_to_watch(case) == [camera]
    assert stored(case, "SELECT address FROM live_cameras") == [(masked(address),)]


# Undoing


def changed(case: Case, gone: GoneSecrets, edit: Edit | None) -> list[str]:
    """What becomes of the secrets after an edit was undone, or made again."""
    assert edit is not None
    assert is_of_cameras(edit)
    return bring_back_secrets(case, edit, gone)


def state(case: Case) -> object:
    return cameras_to_watch(case), case.alarms.rules()


YARD = camera_of("yard=yard.mp4")
ZONE = Zone(name="door", points=((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)))


def test_cameras_are_undone_with_their_passwords_and_rules(case: Case, held: HeldKeyring) -> None:
    case.alarms.put_rule(RULE)
    gone: GoneSecrets = {}
    states = [state(case)]

    def keep(*cameras: Camera, **renamed: str) -> None:
        keep_cameras(case, cameras, renamed=renamed, reviewer="kim", gone=gone)
        states.append(state(case))

    keep(YARD)
    keep(YARD, GATE)
    keep(YARD, shown(GATE, address=f"rtsp://guard:{MASK}@10.0.0.21/other"))
    elsewhere = case.live.cameras()[1]
    keep(YARD, replace(elsewhere, zones=(ZONE,)))
    keep(YARD, replace(elsewhere, name="north gate", zones=(ZONE,)), gate="north gate")
    keep(YARD, camera_of("north gate=gate.mp4"))
    keep(YARD)
    keep()
    assert not held.held
    for before in reversed(states[:-1]):
        assert changed(case, gone, case.edits.undo(reviewer="kim")) == []
        assert state(case) == before
    assert case.edits.undo(reviewer="kim") is None
    assert not held.held
    for after in states[1:]:
        assert changed(case, gone, case.edits.redo(reviewer="kim")) == []
        assert state(case) == after
    assert not text_in(case, "s3cret"), "the log has no secrets"


def test_a_password_that_nobody_remembers_is_told_and_no_other_is_used(
    case: Case, held: HeldKeyring
) -> None:
    keep_cameras(case, [GATE], reviewer="kim")
    other = replace(camera_of("gate=rtsp://guard:0ther@10.0.0.9/live"), zones=(ZONE,))
    keep_cameras(case, [other], reviewer="kim")
    assert changed(case, {}, case.edits.undo(reviewer="kim")) == ["gate"]  # in another process
    (camera,) = cameras_to_watch(case)
    assert camera == shown(GATE)
    with (
        pytest.raises(CameraError, match="“gate” is not in this computer's keyring"),
        connected(camera),
    ):
        pass
    assert not held.held


def test_a_camera_comes_back_without_its_password_where_no_keyring_takes_it(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: GoneSecrets = {}
    keep_cameras(case, [GATE], reviewer="kim", gone=gone)
    keep_cameras(case, [], reviewer="kim", gone=gone)
    monkeypatch.setattr(keyring.core, "_keyring_backend", NoKeyring())
    assert changed(case, gone, case.edits.undo(reviewer="kim")) == ["gate"]
    assert cameras_to_watch(case) == [shown(GATE)]


def test_what_others_changed_on_the_wall_stays(case: Case, held: HeldKeyring) -> None:
    keep_cameras(case, [YARD, GATE], reviewer="kim")
    seen = case.live.cameras()
    with open_case(case.folder) as window:
        hall = camera_of("hall=hall.mp4")
        keep_cameras(window, [*seen, hall], shown=seen, reviewer="lee")
    keep_cameras(case, seen[1:], shown=seen, reviewer="kim")
    assert [camera.name for camera in case.live.cameras()] == ["gate", "hall"]
    assert changed(case, {}, case.edits.undo(reviewer="kim")) == []
    assert [camera.name for camera in case.live.cameras()] == ["yard", "gate", "hall"]
    zoned = [replace(seen[0], zones=(ZONE,)), seen[1]]
    keep_cameras(case, zoned, shown=seen, reviewer="kim")
    with open_case(case.folder) as window:
        mine = window.live.cameras()
        others = [replace(mine[0], zones=()), replace(mine[1], zones=(ZONE,)), mine[2]]
        keep_cameras(window, others, reviewer="lee")
    theirs = state(case)
    with pytest.raises(ConflictError, match="cannot be taken back"):
        case.edits.undo(reviewer="kim")
    changing = replace(GATE, address=f"rtsp://guard:{MASK}@10.0.0.99/live", secret=None)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        keep_cameras(case, [seen[0], changing], shown=seen, reviewer="kim")
    assert state(case) == theirs
    assert list(held.held.values()) == [GATE.secret], "nor is its secret another one"


@pytest.mark.parametrize(
    ("theirs", "left"),
    [
        (
            [camera_of("gate=rtsp://guard:0ther@10.0.0.9/live")],
            ["rtsp://guard:0ther@10.0.0.9/live"],
        ),
        (
            [camera_of("gate=rtsp://guard:newer@10.0.0.5/live")],
            ["rtsp://guard:newer@10.0.0.5/live"],
        ),
        ([], []),
    ],
)
def test_what_others_changed_of_passwords_stays_where_the_window_knows_older_ones(
    case: Case, held: HeldKeyring, theirs: list[Camera], left: list[str]
) -> None:
    hall = camera_of("hall=hall.mp4")
    seen = keep_cameras(case, [GATE], reviewer="kim")
    assert seen[0].secret == GATE.secret
    keep_cameras(case, theirs, reviewer="lee")
    keep_cameras(case, [*seen, hall], shown=seen, reviewer="kim")
    assert [camera.opened for camera in cameras_to_watch(case)] == [*left, "hall.mp4"]
    assert list(held.held.values()) == left


def test_a_camera_is_renamed_and_back_with_the_password_that_it_has_by_now(case: Case) -> None:
    gone: GoneSecrets = {}
    seen = keep_cameras(case, [GATE], reviewer="kim")
    newer = camera_of("gate=rtsp://guard:newer@10.0.0.5/live")
    keep_cameras(case, [newer], reviewer="lee")
    renamed = [replace(seen[0], name="north gate")]
    keep_cameras(
        case, renamed, shown=seen, renamed={"gate": "north gate"}, reviewer="kim", gone=gone
    )
    assert [camera.secret for camera in cameras_to_watch(case)] == [newer.secret]
    newest = camera_of("north gate=rtsp://guard:newest@10.0.0.5/live")
    keep_cameras(case, [newest], reviewer="kim", gone=gone)
    assert changed(case, gone, case.edits.undo(reviewer="kim")) == []
    assert cameras_to_watch(case) == [replace(newest, name="gate")]


def test_a_camera_is_never_opened_by_the_address_of_another(case: Case) -> None:
    """As where the program ends before the keyring is told of what was undone."""
    keep_cameras(case, [GATE], reviewer="kim")
    keep_cameras(case, [camera_of("gate=rtsp://guard:0ther@10.0.0.9/live")], reviewer="kim")
    case.edits.undo(reviewer="kim")
    assert cameras_to_watch(case) == [shown(GATE)]


def test_rules_that_others_made_or_changed_since_follow_a_camera_that_is_renamed_back(
    case: Case,
) -> None:
    keep_cameras(case, [YARD], reviewer="kim")
    case.alarms.put_rule(RULE)
    keep_cameras(case, [replace(YARD, name="court")], renamed={"yard": "court"}, reviewer="kim")
    (rule,) = case.alarms.rules()
    with open_case(case.folder) as window:
        keep_rule(window, replace(rule, threshold=0.8), reviewer="lee")
        new = replace(RULE, id="n", name="new", cameras=("court",))
        keep_rule(window, new, reviewer="lee")
    case.edits.undo(reviewer="kim")
    changed_rule = replace(RULE, threshold=0.8)
    assert case.alarms.rules() == [changed_rule, replace(new, cameras=("yard",))]
    everywhere = replace(RULE, id="e", name="everywhere", cameras=())
    for each in (everywhere, replace(RULE, id="y", name="yard", cameras=("yard",))):
        case.alarms.put_rule(each)
    case.edits.redo(reviewer="kim")
    assert [camera.name for camera in case.live.cameras()] == ["court"]
    names = [rule.cameras for rule in case.alarms.rules()]
    assert names == [("gate", "court"), ("court",), (), ("court",)]


def test_a_rule_does_not_follow_a_camera_to_another_one_that_comes_as_it_goes(case: Case) -> None:
    keep_cameras(case, [YARD], reviewer="kim")
    case.alarms.put_rule(RULE)
    keep_cameras(case, [camera_of("court=court.mp4")], reviewer="kim")
    assert case.alarms.rules() == [RULE]


# Webhooks


def stored(case: Case, query: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(case.folder / FILE_NAME)) as connection:
        return connection.execute(query).fetchall()


def hook(url: str = URL) -> Delivery:
    return Delivery(id="h1", name="hook", settings=WebhookSettings(url=url))


def whole(case: Case) -> str:
    (delivery,) = case.alarms.deliveries()
    assert isinstance(delivery.settings, WebhookSettings)
    return whole_hook(delivery, delivery.settings).url


def test_a_webhooks_address_is_in_the_keyring_and_its_host_is_shown(
    case: Case, held: HeldKeyring
) -> None:
    save_delivery(case, hook(), secret=None)
    (delivery,) = case.alarms.deliveries()
    assert delivery.target == f"https://hooks.slack.com/{MASK}"
    assert "xyzzy" not in repr(delivery)
    assert not text_in(case, "xyzzy")
    assert not text_in(case, "plugh")
    assert whole(case) == URL
    remove_delivery(case, delivery)
    assert not held.held


def test_a_webhook_that_is_changed_keeps_its_address(case: Case) -> None:
    save_delivery(case, hook(), secret=None)
    (delivery,) = case.alarms.deliveries()
    save_delivery(case, replace(delivery, name="chat", enabled=False), secret=None)
    assert whole(case) == URL
    with pytest.raises(UsageError, match="write the whole address"):
        save_delivery(case, hook(f"https://other.org/{MASK}"), secret=None)
    save_delivery(case, hook("https://other.org/a"), secret=None)
    assert whole(case) == "https://other.org/a"


def test_an_address_that_the_keyring_has_lost_is_told(case: Case, held: HeldKeyring) -> None:
    save_delivery(case, hook(), secret=None)
    held.held.clear()
    with pytest.raises(DeliveryError, match="address of “hook” is not in this computer") as raised:
        whole(case)
    assert raised.value.refused


def test_a_webhook_that_was_stored_with_its_address_is_moved(
    case: Case, monkeypatch: pytest.MonkeyPatch, held: HeldKeyring
) -> None:
    case.alarms.put_delivery(hook())
    monkeypatch.setattr(keyring.core, "_keyring_backend", NoKeyring())
    move_addresses(case)
    assert whole(case) == URL, "it works as before until there is a keyring"
    monkeypatch.setattr(keyring.core, "_keyring_backend", held)
    move_addresses(case)
    ((settings,),) = stored(case, "SELECT settings FROM alarm_deliveries")
    assert json.loads(settings)["url"] == f"https://hooks.slack.com/{MASK}"
    assert whole(case) == URL

"""Cameras and clips of a case, and where their passwords are."""

from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from crimeview.core.address import camera_of
from crimeview.core.errors import CaseError
from crimeview.core.watching import Camera, SavedClip, Zone
from crimeview.jobs.live_cameras import cameras_to_watch, keep_cameras
from crimeview.store.case import Case, open_case
from crimeview.store.database import FILE_NAME
from crimeview.video.live_open import CameraError, connected
from tests.held_keyring import HeldKeyring
from tests.store.earlier import as_of

SECRET = "correct-horse-7431"
GATE = camera_of(f"gate=rtsp://guard:{SECRET}@10.0.0.5/live")
YARD = Camera(
    name="yard",
    address="yard.mp4",
    looped=True,
    zones=(Zone(name="door", points=((0.0, 0.0), (0.5, 0.0), (0.5, 1.0))),),
)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> HeldKeyring:
    backend = HeldKeyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend)
    return backend


def clip(number: int, *, recording_id: int | None = None) -> SavedClip:
    return SavedClip(
        camera="gate",
        alarms=(f"alarm {number}", "another"),
        path=Path(f"/clips/{number}.mp4"),
        start=1000.0 + number,
        end=1020.5 + number,
        sha256="0" * 64,
        size=12345,
        recording_id=recording_id,
    )


def test_cameras_come_back_with_their_passwords(case: Case, held: HeldKeyring) -> None:
    keep_cameras(case, [YARD, GATE])
    assert cameras_to_watch(case) == [YARD, GATE]
    assert len(held.held) == 1


def test_a_password_is_in_the_keyring_and_in_no_file(case: Case, held: HeldKeyring) -> None:
    keep_cameras(case, [GATE])
    case.close()
    for path in case.folder.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes()
    assert SECRET in next(iter(held.held.values()))


def test_a_camera_that_goes_takes_its_password_along(case: Case, held: HeldKeyring) -> None:
    keep_cameras(case, [GATE, YARD])
    keep_cameras(case, [YARD])
    assert cameras_to_watch(case) == [YARD]
    assert not held.held


def test_without_a_keyring_nothing_is_kept(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", NoKeyring())
    with pytest.raises(CaseError, match="keyring") as raised:
        keep_cameras(case, [GATE])
    assert SECRET not in str(raised.value)
    assert case.live.cameras() == []


def test_a_locked_keyring_is_told_of_the_camera_and_keeps_no_other_back(
    case: Case, held: HeldKeyring
) -> None:
    keep_cameras(case, [GATE, YARD])
    held.held.clear()
    gate, yard = cameras_to_watch(case)
    assert yard == YARD
    with (
        pytest.raises(CameraError, match="“gate” is not in this computer's keyring") as raised,
        connected(gate),
    ):
        pass
    assert raised.value.refused, "it is not asked again and again"


def test_clips_are_listed_oldest_first_and_forgotten(case: Case) -> None:
    recording_id = case.add_recording(Path("/clips/2.mp4"))
    clips = [clip(1), clip(2, recording_id=recording_id)]
    for each in reversed(clips):
        case.live.add_clip(each)
        case.live.add_clip(each)
    assert case.live.clips() == clips
    case.remove_recording(recording_id)
    assert case.live.clips()[1].recording_id is None
    case.live.forget_clip(clips[0].path)
    assert [c.path for c in case.live.clips()] == [clips[1].path]


def test_a_case_from_before_watching_opens(case: Case) -> None:
    case.add_recording(Path("a.mp4"))
    case.close()
    as_of(case.folder, "0060")
    with open_case(case.folder) as later:
        assert len(later.recordings()) == 1
        assert later.live.cameras() == []
        later.live.add_clip(clip(1))
        assert later.live.clips() == [clip(1)]
    assert (case.folder / FILE_NAME).exists()

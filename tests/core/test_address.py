"""What addresses of cameras mean, and that no password is ever shown."""

import pytest

from crimeview.core.address import (
    MASK,
    SourceKind,
    camera_of,
    device_of,
    kind_of,
    masked,
    with_login,
)
from crimeview.core.errors import UsageError


@pytest.mark.parametrize(
    ("text", "name", "address", "kind"),
    [
        ("rtsp://10.0.0.5/live", "10.0.0.5/live", "rtsp://10.0.0.5/live", SourceKind.RTSP),
        ("gate=http://cam/a.mjpg", "gate", "http://cam/a.mjpg", SourceKind.HTTP),
        ("srt://cam:9000", "cam", "srt://cam:9000", SourceKind.STREAM),
        ("webcam:0", "webcam 0", "webcam:0", SourceKind.DEVICE),
        ("/dev/video1", "video1", "/dev/video1", SourceKind.DEVICE),
        ("night/street.mp4", "street", "night/street.mp4", SourceKind.FILE),
        ("north side=street.mp4", "north side", "street.mp4", SourceKind.FILE),
        ("http://cam/s?a=1", "cam/s", "http://cam/s?a=1", SourceKind.HTTP),
    ],
)
def test_an_address_is_understood(text: str, name: str, address: str, kind: SourceKind) -> None:
    camera = camera_of(text)
    assert (camera.name, camera.address, kind_of(camera.opened)) == (name, address, kind)
    assert camera.secret is None


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("rtsp://guard:se:cret@10.0.0.5/live", f"rtsp://guard:{MASK}@10.0.0.5/live"),
        ("rtsp://guard@10.0.0.5/live", "rtsp://guard@10.0.0.5/live"),
        ("http://cam/s?user=a&pwd=secret&x=1", f"http://cam/s?user=a&pwd={MASK}&x=1"),
        ("http://cam/s?token=secret", f"http://cam/s?token={MASK}"),
        (
            "rtsp://cam/user=a&password=secret&channel=1",
            f"rtsp://cam/user=a&password={MASK}&channel=1",
        ),
        ("rtsp://cam/user=a_password=secret_channel=1", f"rtsp://cam/user=a_password={MASK}"),
    ],
)
def test_a_password_is_never_shown(address: str, shown: str) -> None:
    assert masked(address) == shown
    camera = camera_of(f"gate={address}")
    assert camera.address == shown
    assert camera.opened == address
    assert "secret" not in repr(camera)
    assert "se:cret" not in str(camera)


def test_a_password_can_be_put_in() -> None:
    address = with_login("rtsp://old@cam:554/live?x=1", user="guard", password="a@b:c")
    assert address == "rtsp://guard:a%40b%3Ac@cam:554/live?x=1"


@pytest.mark.parametrize("text", ["ftp://cam/a", "rtsp:///live", "gate=", "rtsp://cam:port/live"])
def test_what_makes_no_sense_gets_a_sentence(text: str) -> None:
    with pytest.raises(UsageError):
        camera_of(text)


def test_a_wrong_address_is_not_repeated_with_its_password() -> None:
    with pytest.raises(UsageError) as raised:
        camera_of("rtsp://guard:secret@cam:55x/live")
    assert "secret" not in str(raised.value)


def test_a_camera_of_this_computer_is_opened_as_each_system_wants_it() -> None:
    assert device_of("webcam:1", system="linux").file == "/dev/video1"
    assert device_of("/dev/video2", system="linux").file == "/dev/video2"
    assert device_of("webcam", system="darwin").file == "0"
    assert device_of("webcam:USB Camera", system="win32").file == "video=USB Camera"
    assert device_of("webcam:USB Camera", system="win32").format == "dshow"

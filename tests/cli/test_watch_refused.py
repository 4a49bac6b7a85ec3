"""What `crimeview watch` and a delivery refuse with the right sentence."""

from pathlib import Path

import pytest

from crimeview.cli.main import main
from crimeview.cli.watch import _cameras
from crimeview.core.address import camera_of
from crimeview.core.delivery import Delivery, DeliveryError, SoundSettings
from crimeview.core.errors import UsageError
from crimeview.jobs import deliver
from crimeview.sound.speaker import SpeakerError


def test_a_mistyped_file_is_not_watched_for_ever(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no file"):
        _cameras([camera_of(str(tmp_path / "typo.mp4"))], [], None, remember=False)


def test_no_case_is_made_of_a_mistyped_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "typo.case"
    assert main(["watch", "--case", str(case)], open_window=lambda *_, **__: 1) == 2
    assert "Give the address of a camera" in capsys.readouterr().err
    assert not case.exists()


def test_a_sound_without_a_loudspeaker_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_options: object) -> None:
        raise SpeakerError("connect a loudspeaker and open the recording again")

    monkeypatch.setattr(deliver, "play_chime", fail)
    delivery = Delivery(id="s", name="sound", settings=SoundSettings())
    with pytest.raises(DeliveryError, match="no loudspeaker") as raised:
        deliver.send_test(delivery)
    assert "recording" not in str(raised.value)

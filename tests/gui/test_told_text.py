"""Sentences from below the window in its language: each form is one that is said."""

import errno
import json
import re
from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

import crimeview
from crimeview.core.address import camera_of
from crimeview.core.errors import MediaError
from crimeview.core.recording import ClockSource
from crimeview.gui import told_text as module
from crimeview.gui.text import english
from crimeview.gui.told_text import fault_text, message_text, told_text
from crimeview.jobs.recording_analysis import _note
from crimeview.video.damage import Damage
from crimeview.video.live_open import sentence
from crimeview.video.source import opened
from tests.gui.recordings import write_numbered

SOURCES = Path(crimeview.__file__).parent
KOREAN = SOURCES.parent / "resources" / "translations" / "crimeview_ko.qm"
BELOW = (
    "video", "messaging", "jobs", "store", "core", "nets", "scene", "atlas", "evaluation", "sound",
    "training",
)  # fmt: skip
BODY = {"event": "began", "camera": "gate", "track": "violence", "peak": 0.8123}


@pytest.fixture
def _korean(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load(str(KOREAN))
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def said_in_source() -> str:
    """All texts of the layers below the window, put together as Python does."""
    found = []
    for folder in BELOW:
        for path in sorted((SOURCES / folder).rglob("*.py")):
            text = path.read_text("utf-8")
            text = re.sub(r'"\s*\n\s*f?"', "", text)  # a literal on several lines
            if path.name == "live_open.py":
                text = text.replace("{name} ", "The camera “{}” ")
            found.append(text)
    return "\n".join(found)


def test_every_form_is_said_somewhere() -> None:
    """A sentence that is changed where it is raised must be changed here too."""
    source = said_in_source()
    source = re.sub(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", "{}", source)
    source = source.replace("{} {}).", "{}).").replace("({} {});", "({});")
    for form in module._FORMS:
        wanted = re.sub(r"\{\w+\}", "{}", english(form()))
        wanted = wanted.replace("notification.", "notification")
        assert wanted in source, wanted


@pytest.mark.usefixtures("_korean")
@pytest.mark.parametrize(
    "error",
    [
        av.error.HTTPUnauthorizedError(1, "x"),
        av.error.HTTPNotFoundError(1, "x"),
        av.error.ConnectionRefusedError(errno.ECONNREFUSED, "refused"),
        av.error.TimeoutError(errno.ETIMEDOUT, "late"),
        av.error.FileNotFoundError(errno.ENOENT, "none"),
        av.error.PermissionError(errno.EACCES, "no"),
        av.error.OSError(errno.EIO, "some reason"),
    ],
)
def test_what_a_camera_says_is_korean_in_the_korean_window(error: av.FFmpegError) -> None:
    told = str(sentence(error, camera_of("gate=rtsp://10.0.0.5/live")))
    assert told_text(told) != told
    assert "gate" in told_text(told)
    assert re.search("[가-힣]", told_text(told))


@pytest.mark.usefixtures("_korean")
def test_no_form_takes_the_sentences_of_another() -> None:
    for form in module._FORMS:
        said = form()
        fields = re.findall(r"\{(\w+)\}", said)
        values = {field: f"v{at}" for at, field in enumerate(fields)}
        assert told_text(english(said).format(**values)) == said.format(**values)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder of what is no video, each in another way."""
    video = write_numbered(tmp_path / "whole.mp4", duration=2).read_bytes()
    (tmp_path / "cut.mp4").write_bytes(video[: len(video) // 2])
    (tmp_path / "text.mp4").write_text("not a video at all\n" * 99, "utf-8")
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "folder.mp4").mkdir()
    return tmp_path


@pytest.mark.usefixtures("_korean")
@pytest.mark.parametrize("name", ["cut", "text", "empty", "folder", "missing"])
def test_what_is_wrong_with_a_file_is_korean_in_the_korean_window(broken: Path, name: str) -> None:
    with pytest.raises(MediaError) as raised, opened(broken / f"{name}.mp4"):
        pass
    told = fault_text(raised.value)
    assert f"{name}.mp4" in told
    assert told.endswith(("복사하세요.", "고르세요.", "있습니다."))


@pytest.mark.usefixtures("_korean")
def test_several_sentences_are_told_one_by_one() -> None:
    damage = Damage(promised=60.0)
    damage.passed(10.0)
    damage.broke_off()
    told = told_text(f"{damage.sentence} {_note(None, ClockSource.FRAME_RATE)}")
    assert told == (
        "파일이 0:00:10 이후 손상되어 그 뒤를 읽지 못했습니다. "
        "파일에 시각 정보가 없어 프레임 속도로 시간을 계산했습니다."
    )
    assert told_text(f"{damage.sentence} And more.").endswith("못했습니다. And more.")


@pytest.mark.usefixtures("_korean")
def test_fields_are_taken_over() -> None:
    told = told_text("The broker ha.local cannot be reached (Connection refused).")
    assert "ha.local" in told
    assert "Connection refused" in told
    assert "cannot" not in told
    assert told_text("Something else.") == "Something else."


def test_a_message_is_told_in_few_words(qapp: QApplication) -> None:
    assert message_text(json.dumps(BODY)) == "gate: Violence, 0.81"
    assert message_text(json.dumps(BODY | {"track": "lost"})) == "gate: Camera lost"
    assert message_text(json.dumps(BODY | {"event": "test"})) == "a test"
    assert message_text(json.dumps({"event": "began", "sentence": "As before."})) == "As before."

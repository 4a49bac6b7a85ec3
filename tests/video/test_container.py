import os
import subprocess
import sys
from pathlib import Path

import av
import pytest

from crimeview.core.clip import ClipSpec
from crimeview.core.errors import MediaError
from crimeview.video.frames import FrameReader
from crimeview.video.source import opened
from crimeview.video.thumbnail import thumbnail
from tests.video.recordings import steady, truncate, write_recording, write_sound

SPEC = ClipSpec(frames=8, rate=None, step=8, resize=(64, 96), crop=(64, 96), color="gray")


def _sentence(path: Path) -> str:
    """What is said of a file that cannot be opened; the same by every way in."""
    with pytest.raises(MediaError) as raised, opened(path):
        pass
    sentence = str(raised.value)
    with pytest.raises(MediaError) as raised:
        FrameReader(path)
    assert str(raised.value) == sentence
    with pytest.raises(MediaError) as raised:
        thumbnail(path, 0.0, height=10)
    assert str(raised.value) == sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert path.name in sentence
    return sentence


def _missing(folder: Path) -> Path:
    return folder / "missing.mp4"


def _folder(folder: Path) -> Path:
    (path := folder / "folder.mp4").mkdir()
    return path


def _pipe(folder: Path) -> Path:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes here")
    os.mkfifo(path := folder / "pipe.mp4")
    return path


def _long(folder: Path) -> Path:
    return folder / ("x" * 300 + ".mp4")


def _empty(folder: Path) -> Path:
    (path := folder / "empty.mp4").touch()
    return path


def _text(folder: Path) -> Path:
    (path := folder / "text.mp4").write_text("Camera 1, north gate\n" * 200)
    return path


def _noise(folder: Path) -> Path:
    (path := folder / "noise.mp4").write_bytes(os.urandom(20_000))
    return path


def _sound(folder: Path) -> Path:
    write_sound(path := folder / "sound.m4a")
    return path


def _without_index(folder: Path) -> Path:
    write_recording(path := folder / "cut.mp4", steady(50))
    truncate(path, 0.5)
    return path


def _without_picture(folder: Path) -> Path:
    path = folder / "hollow.mp4"
    write_recording(path, steady(5), muxing={"movflags": "faststart"})
    data = path.read_bytes()
    media = data.index(b"mdat") + 4
    path.write_bytes(data[:media] + bytes(len(data) - media))
    return path


def _unknown_codec(folder: Path) -> Path:
    write_recording(path := folder / "future.mp4", steady(5))
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zz99").replace(b"avcC", b"zz9C"))
    return path


FAULTS = {
    _missing: "does not exist",
    _folder: "is a folder",
    _pipe: "is a pipe or a device",
    _long: "cannot be read",
    _empty: "is empty (0 bytes)",
    _text: "is not a video in any format that is known",
    _noise: "is not a video in any format that is known",
    _sound: "holds only sound",
    _without_index: "without its index",
    _unknown_codec: "cannot decode",
    _without_picture: "no picture can be decoded",
}


@pytest.mark.parametrize(("make", "fault"), FAULTS.items(), ids=[f.__name__ for f in FAULTS])
def test_says_what_is_wrong(make: object, fault: str, tmp_path: Path) -> None:
    assert fault in _sentence(make(tmp_path))  # type: ignore[operator]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind here")
def test_says_that_permission_is_missing(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "secret.mp4", steady(5))
    path.chmod(0)
    assert "may not be read" in _sentence(path)


def test_says_that_permission_is_missing_whoever_runs_the_test(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secret.mp4"
    path.touch()

    def refuse(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(MediaError, match="may not be read"), opened(path):
        pass


def test_a_text_file_is_not_painted_as_a_video(tmp_path: Path) -> None:
    (path := tmp_path / "notes.txt").write_text("Camera 1, north gate\n" * 200)
    assert "is not a video" in _sentence(path)


def test_a_name_like_a_protocol_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_recording(tmp_path / "plain.mp4", steady(5))
    (tmp_path / "plain.mp4").rename("concat:1.mp4")
    with opened(Path("concat:1.mp4")) as source:
        assert source.recording.width == 96


def test_metadata_in_any_encoding_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.mkv"
    with av.open(str(path), "w") as output:
        output.metadata["title"] = "TITLE"
        stream = output.add_stream("mpeg4", rate=25)
        stream.width, stream.height = 96, 64
        output.mux(stream.encode(av.VideoFrame(96, 64)))
        output.mux(stream.encode(None))
    path.write_bytes(path.read_bytes().replace(b"TITLE", "정문".encode("euc-kr") + b"."))
    with opened(path) as source:
        assert source.recording.width == 96


def test_a_stream_that_begins_half_way_does_no_harm(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.flv", steady(600), container="flv", options={"g": "25"})
    data = path.read_bytes()
    mixed, at = bytearray(data[:13]), 13
    while at < len(data):
        end = at + 11 + int.from_bytes(data[at + 1 : at + 4], "big") + 4
        mixed += data[at:end]
        if int.from_bytes(data[at + 4 : at + 7], "big") > 15_000:  # ms
            mixed += b"\x08\0\0\x03" + data[at + 4 : at + 8] + bytes(3) + b"\x2f\xff\xff"
            mixed += (14).to_bytes(4, "big")
        at = end
    path.write_bytes(mixed)
    with opened(path) as source:
        assert sum(len(clip.frame_times) for clip in source.clips(SPEC)) == 600
        assert source.damage is None


def test_the_decoder_says_nothing_on_standard_error(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "hit.mp4", steady(50))
    data = bytearray(path.read_bytes())
    data[1000:1400] = bytes(400)
    path.write_bytes(data)
    program = (
        "import sys; from pathlib import Path\n"
        "from crimeview.video.frames import FrameReader\n"
        "FrameReader(Path(sys.argv[1])).at(1.9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""

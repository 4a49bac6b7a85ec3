from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame

from crimeview.core.errors import MediaError
from crimeview.video.masks import Masks


def _write(path: Path, mask: np.ndarray) -> None:
    with av.open(str(path), "w", format="image2") as container:
        stream = container.add_stream(path.suffix[1:], rate=1)
        stream.width, stream.height, stream.pix_fmt = mask.shape[1], mask.shape[0], "gray"
        frame = VideoFrame.from_ndarray((mask * 255).astype(np.uint8), format="gray")
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


@pytest.mark.parametrize("kind", ["png", "bmp"])
def test_a_folder_of_pictures(tmp_path: Path, kind: str) -> None:
    drawn = np.random.default_rng(0).random((3, 24, 32)) > 0.5
    for number, mask in enumerate(drawn):
        _write(tmp_path / f"{number:03d}.{kind}", mask)
    (tmp_path / "notes.txt").write_text("not a mask")
    masks = Masks(tmp_path)
    assert len(masks) == 3
    for number, mask in enumerate(drawn):
        assert np.array_equal(masks.at(number), mask)


def test_an_array(tmp_path: Path) -> None:
    drawn = np.random.default_rng(0).random((3, 24, 32)) > 0.5
    np.save(tmp_path / "masks.npy", drawn)
    masks = Masks(tmp_path / "masks.npy")
    assert np.array_equal(masks.at(2), drawn[2])


def test_what_is_no_mask_is_told(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="no masks"):
        Masks(tmp_path)
    with pytest.raises(MediaError, match="cannot be read"):
        Masks(tmp_path / "gone.npy")
    np.save(tmp_path / "flat.npy", np.zeros((3, 4)))
    with pytest.raises(MediaError, match="no masks"):
        Masks(tmp_path / "flat.npy")
    (tmp_path / "0.png").write_bytes(b"not a picture")
    with pytest.raises(MediaError, match="PNG or BMP"):
        Masks(tmp_path).at(0)

from pathlib import Path

import numpy as np
import pytest

from crimeview.core.errors import UsageError
from crimeview.core.given_features import read_features


@pytest.mark.parametrize("names", [["a", "b"], [b"a", b"b"]], ids=["text", "bytes"])
def test_features(tmp_path: Path, names: list[str] | list[bytes]) -> None:
    file = tmp_path / "features.npz"
    np.savez(file, names=np.array(names), features=np.ones((2, 3, 4), np.float16))
    given = read_features(file)
    assert given.names == ("a", "b")
    assert given.features.shape == (2, 3, 4)


def test_one_vector_of_a_recording_is_its_one_segment(tmp_path: Path) -> None:
    file = tmp_path / "features.npz"
    np.savez(file, names=np.array(["a", "b"]), features=np.arange(8.0).reshape(2, 4))
    given = read_features(file)
    assert given.features.tolist() == [[[0.0, 1.0, 2.0, 3.0]], [[4.0, 5.0, 6.0, 7.0]]]


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"names": np.array(["a"]), "feats": np.ones((1, 3, 4))}, "holds “names”, “feats”; call"),
        ({"names": np.array(["a"]), "features": np.ones((2, 3, 4))}, r"names \(1,\)"),
        ({"names": np.array(["a"]), "features": np.ones(4)}, r"\(4,\)"),
        ({"names": np.array(["a"]), "features": np.ones((1, 3, 4), np.int64)}, "floating point"),
        ({"names": np.array(["a", "a"]), "features": np.ones((2, 3, 4))}, "twice"),
        ({"names": np.array([{}]), "features": np.ones((1, 3, 4))}, r"astype\(str\)"),
    ],
)
def test_what_are_no_features_is_told(
    tmp_path: Path, arrays: dict[str, np.ndarray], said: str
) -> None:
    file = tmp_path / "features.npz"
    np.savez(file, **arrays)
    with pytest.raises(UsageError, match=said):
        read_features(file)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"no array at all"])
def test_files_that_are_no_arrays(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "features.npz"
    file.write_bytes(data)
    with pytest.raises(UsageError, match="cannot be read as features"):
        read_features(file)


def test_a_missing_file_is_told_as_missing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no file .*nope\.npz; check its name"):
        read_features(tmp_path / "nope.npz")


def test_an_array_alone_is_told_as_no_features(tmp_path: Path) -> None:
    np.save(tmp_path / "features.npy", np.ones((2, 3, 4)))
    with pytest.raises(UsageError, match="cannot be read as features"):
        read_features(tmp_path / "features.npy")

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.nets.session import run_file  # noqa: E402
from crimeview.training.scorers.usual import AgainstUsual  # noqa: E402


def _usual(*, reference: float = -1.0) -> AgainstUsual:
    return AgainstUsual(stretch=10, share=0.4, reference=reference, patience=100.0).eval()


def _busy(count: int, *, every: int = 10) -> torch.Tensor:
    """A recording in which a clip now and then scores 2, and one in the middle 5."""
    values = torch.full((count,), -3.0)
    values[::every] = 2.0
    values[count // 2] = 5.0
    return values


def test_what_happens_again_and_again_is_taken_off() -> None:
    found = _usual()(_busy(900))
    assert found[0].item() == pytest.approx(2.0 - 0.9 * 3.0, rel=1e-5)
    assert found[450].item() == pytest.approx(5.0 - 0.9 * 3.0, rel=1e-5)


def test_what_happens_now_and_then_keeps_its_scores() -> None:
    rare = _busy(900, every=100)
    torch.testing.assert_close(_usual()(rare), rare)


def test_a_long_event_does_not_count_as_usual() -> None:
    values = torch.full((900,), -3.0)
    values[300:750] = 4.0  # half of the recording
    torch.testing.assert_close(_usual()(values), values)


def test_a_few_clips_keep_their_scores() -> None:
    assert _usual()(_busy(2))[1].item() > 4.8


def test_a_recording_as_calm_as_others_keeps_its_scores() -> None:
    torch.testing.assert_close(_usual(reference=2.5)(_busy(900)), _busy(900))


def test_the_exported_graph_follows_the_length(tmp_path: Path) -> None:
    usual = _usual()
    file = tmp_path / "usual.onnx"
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            usual,
            (torch.rand(8),),
            str(file),
            input_names=["logits"],
            dynamic_axes={"logits": {0: "n"}},
            opset_version=18,
            dynamo=False,
        )
    random = np.random.default_rng(0)
    for count in (1, 8, 25, 5000):
        values = random.normal(size=count).astype(np.float32)
        wanted = usual(torch.from_numpy(values)).numpy()
        np.testing.assert_allclose(run_file(file, values), wanted, atol=1e-5)

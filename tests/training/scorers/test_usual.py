from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.nets.session import run_file  # noqa: E402
from crimeview.training.scorers.usual import AgainstUsual  # noqa: E402


def _busy(count: int) -> torch.Tensor:
    """A recording whose clips all score high, and one that scores higher."""
    values = torch.full((count,), 2.0)
    values[count // 2] = 5.0
    return values


def test_what_is_usual_in_a_recording_is_taken_off() -> None:
    usual = AgainstUsual(share=0.75, reference=-1.0, patience=100.0)
    found = usual(_busy(900))
    assert found[0].item() == pytest.approx(2.0 - 0.9 * 3.0, rel=1e-5)
    assert found[450].item() == pytest.approx(5.0 - 0.9 * 3.0, rel=1e-5)


def test_a_few_clips_keep_their_scores() -> None:
    usual = AgainstUsual(share=0.75, reference=-1.0, patience=100.0)
    assert usual(_busy(2))[1].item() > 4.9


def test_a_recording_as_quiet_as_others_keeps_its_scores() -> None:
    usual = AgainstUsual(share=0.75, reference=2.5, patience=100.0)
    torch.testing.assert_close(usual(_busy(900)), _busy(900))


def test_the_exported_graph_follows_the_length(tmp_path: Path) -> None:
    usual = AgainstUsual(share=0.75, reference=-1.0, patience=100.0).eval()
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
    for count in (1, 8, 5000):
        values = random.normal(size=count).astype(np.float32)
        wanted = usual(torch.from_numpy(values)).numpy()
        np.testing.assert_allclose(run_file(file, values), wanted, atol=1e-5)

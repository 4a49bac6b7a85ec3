import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.median import median_frame  # noqa: E402


@pytest.mark.parametrize("count", range(3, 22, 2))
def test_it_is_the_median_to_the_bit(count: int) -> None:
    generator = torch.Generator().manual_seed(count)
    frames = torch.randint(0, 6, (2, 3, count, 5, 7), generator=generator) / 5  # with many ties
    frames[1] = torch.rand((3, count, 5, 7), generator=generator)
    wanted = frames.median(dim=2, keepdim=True).values
    assert torch.equal(median_frame(frames, axis=2), wanted)
    assert torch.equal(median_frame(frames.transpose(1, 2), axis=1), wanted.transpose(1, 2))


@pytest.mark.parametrize("count", [1, 2, 4])
def test_other_numbers_of_frames_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="odd number of frames"):
        median_frame(torch.zeros(1, count), axis=1)

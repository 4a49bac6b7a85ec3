import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.averaging import WeightAverage  # noqa: E402


def test_the_average_is_exponential_and_starts_quickly() -> None:
    network = torch.nn.BatchNorm1d(1)
    average = WeightAverage(network, decay=0.5)
    expected = 1.0
    for step in range(1, 15):
        with torch.no_grad():
            network.weight.fill_(float(step))
            network.num_batches_tracked.fill_(step)
        average.update(network)
        decay = min(0.5, step / (step + 9))
        expected = decay * expected + (1 - decay) * step
    weights = average.weights()
    assert weights["weight"].item() == pytest.approx(expected, rel=1e-6)
    assert weights["num_batches_tracked"].item() == 14


def test_an_average_goes_on_from_its_state() -> None:
    network = torch.nn.Linear(3, 2)
    one, two = WeightAverage(network, decay=0.9), WeightAverage(network, decay=0.9)
    for step in range(6):
        torch.nn.init.constant_(network.weight, step)
        one.update(network)
        if step == 2:
            two.load_state_dict(one.state_dict())
        if step > 2:
            two.update(network)
    assert torch.equal(one.weights()["weight"], two.weights()["weight"])


def test_taking_the_weights_does_not_tie_them() -> None:
    network = torch.nn.Linear(1, 1)
    average = WeightAverage(network, decay=0.9)
    taken = average.weights()
    torch.nn.init.constant_(network.weight, 5.0)
    average.update(network)
    assert not torch.equal(taken["weight"], average.weights()["weight"])

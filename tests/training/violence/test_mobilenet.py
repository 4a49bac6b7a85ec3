"""MobileNetV2 against the paper and against what its parts are for."""

import torch
from torch import nn

from crimeview.training.violence.change import Change, Color
from crimeview.training.violence.form import frame_form
from crimeview.training.violence.mobilenet import InvertedResidual, MobileNetV2, dimensions

PARAMETERS = 2_223_872  # of the published network of width 1 without its classifier


def _network(width: float) -> MobileNetV2:
    return MobileNetV2(front=Color(), channels=3, width=width)


def test_it_has_as_many_weights_as_the_published_network() -> None:
    assert sum(p.numel() for p in _network(1.0).parameters()) == PARAMETERS
    narrow = sum(p.numel() for p in _network(0.35).parameters())
    assert narrow < PARAMETERS / 5


def test_maps_shrink_to_a_thirty_second_and_features_do_not_narrow() -> None:
    for width in (0.35, 1.4):
        network = _network(width).eval()
        pictures = torch.zeros(2, 3, 1, 96, 64)
        maps = network.trunk(network.front(pictures))
        assert maps.shape == (2, dimensions(width), 3, 2)
        assert network(pictures).shape == (2, dimensions(width))
    assert dimensions(0.35) == dimensions(1.0) == 1280
    assert dimensions(1.4) == 1792


def test_bottlenecks_are_linear_and_joined_where_shapes_are_equal() -> None:
    torch.manual_seed(0)
    maps = torch.randn(2, 8, 6, 6)
    same = InvertedResidual(8, 8, expansion=6, stride=1).eval()
    assert (same(maps) - maps).min() < 0  # no ReLU after the projection
    projection = same.layers[-1]
    assert isinstance(projection, nn.BatchNorm2d)
    nn.init.zeros_(projection.weight)
    torch.testing.assert_close(same(maps), maps)
    smaller = InvertedResidual(8, 8, expansion=6, stride=2).eval()
    assert smaller(maps).shape == (2, 8, 3, 3)


def test_each_channel_is_filtered_by_itself() -> None:
    block = InvertedResidual(8, 16, expansion=6, stride=1)
    spatial = [m for m in block.modules() if isinstance(m, nn.Conv2d) and m.kernel_size == (3, 3)]
    assert [(m.groups, m.in_channels) for m in spatial] == [(48, 48)]


def test_a_frame_in_motion_and_a_frame_in_color_make_the_same_features() -> None:
    moving = frame_form(front="motion", width=0.35, sizes=(64,))
    colored = frame_form(front="rgb", width=0.35, sizes=(64,))
    assert moving.dimensions == colored.dimensions == 1280
    assert isinstance(moving.encoder().front, Change)
    assert (moving.spec.frames, moving.spec.color) == (9, "gray")
    assert (colored.spec.frames, colored.spec.color) == (1, "rgb")
    rates = [form.spec.rate / form.spec.step for form in (moving, colored) if form.spec.rate]
    assert rates[0] == rates[1]  # frames judged a second

"""What is shown to the network, and what of a still clip stands for it."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.core.clip import Clip, ClipCursor, ClipSpec
from crimeview.core.look import CELLS, Gate, Look
from crimeview.jobs.looking import Observer, as_sampled

T, SIZE = 8, 64
GROUND = np.random.default_rng(0).integers(40, 200, (SIZE, SIZE, 1), np.uint8)


class Network:
    """Keeps what it was shown; a row is the mean and how much the pictures differ."""

    def __init__(self) -> None:
        self.shown: list[NDArray[np.uint8]] = []

    def __call__(self, frames: NDArray[np.uint8]) -> NDArray[np.float32]:
        self.shown.append(frames)
        return np.array([frames.mean(), frames.std(axis=0).mean()], np.float32)


def _clip(
    number: int, frames: NDArray[np.uint8], *, decoded: bool = True, pictures: int = T
) -> Clip:
    return Clip(
        start=float(number),
        end=number + 1.0,
        frames=frames,
        frame_times=np.empty((0, 2)),
        pictures=pictures,
        cursor=ClipCursor(origin=0.0, index=number, last_frame=0.0),
        decoded=decoded,
    )


def _still(number: int, *, brighter: int = 0, decoded: bool = True) -> Clip:
    return _clip(
        number, np.broadcast_to(GROUND + np.uint8(brighter), (T, SIZE, SIZE, 1)), decoded=decoded
    )


def _moving(number: int) -> Clip:
    frames = np.stack([GROUND] * T)
    for n in range(T):
        frames[n, 20:34, 5 * n : 5 * n + 10] = 255
    return _clip(number, frames)


def _gate(audited: tuple[float, float] | None = None) -> Gate:
    return Gate(
        kept=np.array([[0.0, 5.0]]),
        audited=np.array([audited] if audited else [], np.float64).reshape(-1, 2),
        refusal=None,
        spacing=1.0,
        clock=np.zeros(CELLS, np.bool_),
    )


def test_without_a_gate_the_network_sees_everything() -> None:
    network = Network()
    observer = Observer(network, None)
    looks = [observer.row(clip)[0] for clip in (_still(0), _moving(1), _still(2))]
    assert looks == [Look.ANALYZED] * 3
    assert len(network.shown) == 3


def test_the_network_sees_what_moves_and_one_picture_for_what_does_not() -> None:
    network = Network()
    observer = Observer(network, _gate())
    found = [observer.row(clip) for clip in (_moving(0), _still(1), _still(2), _moving(3))]
    still = Look.SKIPPED_BY_PICTURES
    assert [look for look, _ in found] == [Look.ANALYZED, still, still, Look.ANALYZED]
    assert len(network.shown) == 3
    assert np.array_equal(network.shown[1], np.broadcast_to(GROUND, (T, SIZE, SIZE, 1)))
    assert found[1][1] is found[2][1]
    assert found[1][1][1] == 0.0
    assert found[0][1][1] > 1.0


def test_what_was_not_decoded_is_the_picture_before_standing_still() -> None:
    network = Network()
    observer = Observer(network, _gate())
    found = [observer.row(_still(n, brighter=9, decoded=False)) for n in range(50)]
    assert {look for look, _ in found} == {Look.SKIPPED_BY_KEYFRAMES}
    assert len(network.shown) == 1
    assert found[-1][1][0] == np.float32((GROUND + 9).mean())


def test_a_row_does_not_depend_on_what_came_before_forgetting() -> None:
    """As where a stopped analysis goes on with the next chunk."""
    clips = [_still(0), _still(1, brighter=1), _still(2, brighter=1)]
    whole = Observer(Network(), _gate())
    whole.row(clips[0])
    assert np.array_equal(whole.row(clips[1])[1], whole.row(clips[0])[1])
    whole.forget()
    resumed = Observer(Network(), _gate())
    for clip in clips[1:]:
        assert np.array_equal(whole.row(clip)[1], resumed.row(clip)[1])


def test_the_audit_says_what_it_found() -> None:
    observer = Observer(Network(), _gate(audited=(1.0, 3.0)))
    looks = [observer.row(clip)[0] for clip in (_moving(0), _still(1), _moving(2), _still(3))]
    assert looks == [
        Look.ANALYZED,
        Look.AUDITED_STILL,
        Look.AUDITED_MOVING,
        Look.SKIPPED_BY_PICTURES,
    ]


def test_a_single_picture_is_always_shown() -> None:
    observer = Observer(Network(), _gate())
    assert observer.row(_clip(0, GROUND[None]))[0] is Look.ANALYZED


@pytest.mark.parametrize(
    ("rotation", "rows", "columns"),
    [
        (0, slice(0, 4), slice(0, 8)),
        (90, slice(0, 8), slice(60, 64)),
        (180, slice(60, 64), slice(56, 64)),
        (270, slice(56, 64), slice(0, 4)),
    ],
)
def test_a_clock_is_masked_where_the_clips_show_it(
    rotation: int, rows: slice, columns: slice
) -> None:
    clock = np.zeros(CELLS, np.bool_)
    clock[:5, :20] = True  # top left, as stored
    gate = as_sampled(replace(_gate(), clock=clock), _spec(crop=64), rotation=rotation)
    expected = np.zeros((64, 64), np.bool_)
    expected[rows, columns] = True
    assert np.array_equal(gate.clock, expected)


def test_a_clock_that_clips_do_not_show_masks_nothing() -> None:
    clock = np.zeros(CELLS, np.bool_)
    clock[:5, :20] = True
    assert not as_sampled(replace(_gate(), clock=clock), _spec(crop=48), rotation=0).clock.any()


def _spec(*, crop: int) -> ClipSpec:
    return ClipSpec(frames=T, rate=None, step=T, resize=(64, 64), crop=(crop, crop), color="gray")


def test_one_picture_that_stands_for_all_of_a_clip_is_shown() -> None:
    network = Network()
    observer = Observer(network, _gate())
    lone = np.broadcast_to(GROUND, (T, SIZE, SIZE, 1))
    assert observer.row(_clip(0, lone, pictures=1))[0] is Look.ANALYZED
    assert observer.row(_clip(1, lone, pictures=2))[0] is Look.SKIPPED_BY_PICTURES

"""The frame classifier to be trained: what it sees, and how wide it is."""

from dataclasses import dataclass

import torch

from crimeview.core.clip import ClipSpec
from crimeview.core.manifest import Input
from crimeview.training.choices import Front
from crimeview.training.forms import Form
from crimeview.training.networks import C3D
from crimeview.training.violence.change import Change, Color
from crimeview.training.violence.mobilenet import MobileNetV2, dimensions

SIZE = 96  # pixels a side
_RATE = 12.5  # frames a second of a clip in which motion is seen
_AROUND = 9  # frames of it: 0.7 s, long enough for a blow
EVERY = 3  # of those frames, one is judged: one in six of a camera with 25 a second


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameForm(Form):
    """A MobileNetV2 of some width on single frames, or on what changes around them."""

    width: float

    @property
    def dimensions(self) -> int:
        return dimensions(self.width)

    @property
    def memory_format(self) -> torch.memory_format:
        return torch.channels_last

    def encoder(self) -> C3D:
        front = Color() if self.front == "rgb" else Change(self.spec.frames)
        return MobileNetV2(front=front, channels=front.channels, width=self.width)


def frame_form(*, front: Front, width: float, sizes: tuple[int, ...]) -> FrameForm:
    """The form for one front: “rgb” sees the frame alone, “motion” the frames around it."""
    rgb = front == "rgb"
    spec = ClipSpec(
        frames=1 if rgb else _AROUND,
        rate=_RATE / EVERY if rgb else _RATE,
        step=1 if rgb else EVERY,
        resize=(SIZE, SIZE),
        crop=(SIZE, SIZE),
        color="rgb" if rgb else "gray",
    )
    return FrameForm(
        name=f"mobilenet-{front}-{width:g}",
        spec=spec,
        input=Input(
            name="clip",
            shape=(1, spec.channels, spec.frames, SIZE, SIZE),
            layout="NCTHW",
            scale=1 / 255,
            mean=(0.0,) * spec.channels,
            std=(1.0,) * spec.channels,
        ),
        front=front,
        layout="c3d",
        widths=(),
        head="mean",
        batch_norm=True,
        sizes=sizes,
        width=width,
    )

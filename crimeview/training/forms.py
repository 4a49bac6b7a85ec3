"""Forms of encoders: what each one sees, how wide it is, and what comes out of it."""

from dataclasses import dataclass
from typing import Literal

import torch

from crimeview.core.clip import ClipSpec
from crimeview.core.errors import UsageError
from crimeview.core.manifest import Input
from crimeview.training.choices import FormName, Front
from crimeview.training.networks import (
    C3D,
    SHORT_WIDTHS,
    Pooled,
    fc6_c3d,
    motion_c3d,
    paper_widths,
    short_c3d,
)

Layout = Literal["c3d", "short"]
Head = Literal["mean", "mean-max", "fc6"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """An encoder to be trained.

    `spec` and `input` are what its manifest will say; `front` is the part of the preprocessing that
    its ONNX graph does. `sizes` (pixels) are the sides of augmented clips that training goes
    through, one after the other for equal shares of the epochs. `batch_norm` is only of the fc6
    head's concern: the paper's network has none, all others have.
    """

    name: str
    spec: ClipSpec
    input: Input
    front: Front
    layout: Layout
    widths: tuple[int, ...]
    head: Head
    batch_norm: bool
    sizes: tuple[int, ...]

    @property
    def dimensions(self) -> int:
        """Features of a clip."""
        return {"mean": 1, "mean-max": 2, "fc6": 8}[self.head] * self.widths[-1]

    @property
    def memory_format(self) -> torch.memory_format:
        """How its weights lie in memory while it is trained: as its convolutions are fastest."""
        return torch.channels_last_3d

    def encoder(self) -> C3D:
        if self.head == "fc6":
            return fc6_c3d(widths=self.widths, front=self.front, batch_norm=self.batch_norm)
        pooled: Pooled = self.head
        if self.layout == "short":
            return short_c3d(widths=self.widths, front=self.front, pooled=pooled)
        return motion_c3d(widths=self.widths, front=self.front, pooled=pooled)


def make_form(name: FormName, *, front: Front | None = None) -> Form:
    """A form by its name; raises UsageError where it cannot be trained on this input.

    The motion forms see 17 frames of 64 by 64 pixels at 12.5 frames a second, through a global
    average and maximum: `motion-small` with the short layout, the others with the paper's
    convolutions at a part of its width. The C3D forms are the paper's layout with fc6 on 112 by
    112 pixels; `c3d` is the paper's network (Tran et al. 2015): 16 frames in RGB and no batch norm.
    All others see motion where `front` does not say otherwise.
    """
    match name:
        case "motion-small":
            return _motion(name, front or "motion-energy", widths=SHORT_WIDTHS, layout="short")
        case "motion-eighth":
            return _motion(name, front or "motion", widths=paper_widths(0.125))
        case "motion-quarter":
            return _motion(name, front or "motion", widths=paper_widths(0.25))
        case "motion-half":
            return _motion(name, front or "motion", widths=paper_widths(0.5))
        case "c3d-quarter":
            return _paper(name, front=front or "motion", share=0.25)
        case "c3d-half":
            return _paper(name, front=front or "motion", share=0.5)
        case "c3d":
            if front is not None and front != "rgb":
                raise UsageError("The paper's C3D sees RGB; take the form c3d-half instead.")
            return _paper(name, front="rgb", share=1.0)


def _motion(name: str, front: Front, *, widths: tuple[int, ...], layout: Layout = "c3d") -> Form:
    spec = _spec(front, size=64)
    return Form(
        name=name,
        spec=spec,
        input=_input(spec),
        front=front,
        layout=layout,
        widths=widths,
        head="mean-max",
        batch_norm=True,
        sizes=(56,),
    )


def _paper(name: str, *, front: Front, share: float) -> Form:
    spec = _spec(front, size=112)
    return Form(
        name=name,
        spec=spec,
        input=_input(spec),
        front=front,
        layout="c3d",
        widths=paper_widths(share),
        head="fc6",
        batch_norm=share < 1,
        sizes=(96, 112),
    )


def _spec(front: Front, *, size: int) -> ClipSpec:
    """Motion needs a frame more than the network sees: differences and an odd count's median."""
    return ClipSpec(
        frames=16 if front == "rgb" else 17,
        rate=12.5,
        step=8,
        resize=(size, size),
        crop=(size, size),
        color="rgb" if "rgb" in front else "gray",
    )


def _input(spec: ClipSpec) -> Input:
    """Pixels become 0 to 1; all else is done by the front, within the graph."""
    return Input(
        name="clip",
        shape=(1, spec.channels, spec.frames, *spec.crop),
        layout="NCTHW",
        scale=1 / 255,
        mean=(0.0,) * spec.channels,
        std=(1.0,) * spec.channels,
    )

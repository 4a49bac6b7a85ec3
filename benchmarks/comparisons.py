"""Which recordings the candidates are compared on, and what was aimed at."""

from dataclasses import dataclass, replace
from typing import Literal

from benchmarks.candidates import (
    DECODE_ONLY,
    DVR_SCAN,
    EVENTS_ONLY,
    FFMPEG,
    FULL_C3D,
    FULL_C3D_OPENVINO,
    GATED,
    GATED_SCORES,
    PEER,
    UNGATED,
    UNGATED_SCORES,
)
from benchmarks.recordings import SIZES, Recipe

_OWN = (GATED, GATED_SCORES, UNGATED, DECODE_ONLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Candidates run in turn, `rounds` times over, on `seconds` of the recording."""

    name: str
    recipe: Recipe
    seconds: float
    rounds: int
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A figure of `candidate` that was aimed at, in a comparison.

    `times realtime` is its speed; `ratio` its speed over that of `against`, where there is one;
    `peak MB` its memory, which must be at most `wanted`: the others at least.
    """

    what: str
    comparison: str
    candidate: str
    figure: Literal["times realtime", "ratio", "peak MB"]
    wanted: float
    against: str | None = None


def scanned(name: str) -> str:
    """The comparison with motion scanning, of a comparison."""
    return f"{name}, motion scanning"


BUSY_LONG = "1080p, busy, five minutes"
BUSY, DAY, NIGHT = "1080p, busy", "1080p, quiet day", "1080p, still night"
SMALL_DAY, SMALL_NIGHT = "704x576, quiet day", "704x576, still night"

_DAY, _NIGHT = Recipe(scene="day", gop=25), Recipe(scene="night", gop=25)
_SMALL_DAY = Recipe(scene="day", size=SIZES["576"], kbps=700)
_SMALL_NIGHT = Recipe(scene="night", size=SIZES["576"], kbps=700)

HEADLINES = (
    Comparison(
        name=BUSY,
        recipe=Recipe(scene="busy", kbps=4000, loop=60.0),
        seconds=60.0,
        rounds=3,
        candidates=(
            GATED,
            UNGATED,
            UNGATED_SCORES,
            EVENTS_ONLY,
            FULL_C3D,
            FULL_C3D_OPENVINO,
            PEER,
            DECODE_ONLY,
            FFMPEG,
            DVR_SCAN,
        ),
    ),
    # Without what is slower than the recording itself, so that starting up counts for little.
    Comparison(
        name=BUSY_LONG,
        recipe=Recipe(scene="busy", kbps=4000, loop=60.0),
        seconds=300.0,
        rounds=3,
        candidates=(UNGATED, UNGATED_SCORES, EVENTS_ONLY, DECODE_ONLY),
    ),
    *(
        Comparison(name=name, recipe=recipe, seconds=600.0, rounds=3, candidates=_OWN)
        for name, recipe in (
            (DAY, _DAY),
            (NIGHT, _NIGHT),
            (SMALL_DAY, _SMALL_DAY),
            (SMALL_NIGHT, _SMALL_NIGHT),
        )
    ),
    # Motion scanning takes as long for each frame: a minute is enough to tell.
    *(
        Comparison(
            name=scanned(name),
            recipe=recipe,
            seconds=60.0,
            rounds=3,
            candidates=(GATED, DVR_SCAN, FFMPEG),
        )
        for name, recipe in (
            (DAY, _DAY),
            (NIGHT, _NIGHT),
            (SMALL_DAY, _SMALL_DAY),
            (SMALL_NIGHT, _SMALL_NIGHT),
        )
    ),
)

_WIDE, _HD, _SD, _TINY = SIZES["1080p"], SIZES["720p"], SIZES["576"], SIZES["240"]
_MATRIX = {
    "720p, busy": Recipe(scene="busy", size=_HD, kbps=2500),
    "704x576, busy": Recipe(scene="busy", size=_SD, kbps=1500),
    "320x240, busy": Recipe(scene="busy", size=_TINY, kbps=400),
    "1080p, mixed": Recipe(scene="mixed", gop=25, kbps=3000),
    "704x576, mixed": Recipe(scene="mixed", size=_SD, kbps=1000),
    "720p, quiet day": Recipe(scene="day", size=_HD, kbps=1200),
    "320x240, quiet day": Recipe(scene="day", size=_TINY, kbps=200),
    "1080p, quiet day, GOP 50": Recipe(scene="day"),
    "1080p, quiet day, GOP 250": Recipe(scene="day", gop=250),
    "704x576, quiet day, GOP 250": Recipe(scene="day", size=_SD, gop=250, kbps=700),
    "1080p, busy, HEVC": Recipe(scene="busy", codec="hevc", kbps=3000),
    "1080p, quiet day, HEVC": Recipe(scene="day", codec="hevc", kbps=1500),
    "720p, busy, MJPEG": Recipe(scene="busy", size=_HD, codec="mjpeg"),
    "720p, quiet day, MJPEG": Recipe(scene="day", size=_HD, codec="mjpeg"),
}
MATRIX = tuple(
    Comparison(
        name=name,
        recipe=replace(recipe, loop=40.0),
        seconds=300.0,
        rounds=2,
        candidates=_OWN,
    )
    for name, recipe in _MATRIX.items()
)

TARGETS = (
    Target(
        what="default model, busy, no gate, against OpenCV + PyTorch",
        comparison=BUSY,
        candidate=UNGATED,
        figure="ratio",
        against=PEER,
        wanted=12.0,
    ),
    Target(
        what="the same without scene novelty",
        comparison=BUSY,
        candidate=UNGATED_SCORES,
        figure="ratio",
        against=PEER,
        wanted=12.0,
    ),
    Target(
        what="default model, busy, no gate, against decode only, five minutes",
        comparison=BUSY_LONG,
        candidate=UNGATED,
        figure="ratio",
        against=DECODE_ONLY,
        wanted=0.7,
    ),
    Target(
        what="the same without scene novelty, five minutes",
        comparison=BUSY_LONG,
        candidate=UNGATED_SCORES,
        figure="ratio",
        against=DECODE_ONLY,
        wanted=0.7,
    ),
    Target(
        what="and without the probability of violence",
        comparison=BUSY_LONG,
        candidate=EVENTS_ONLY,
        figure="ratio",
        against=DECODE_ONLY,
        wanted=0.7,
    ),
    Target(
        what="full C3D int8 against OpenCV + PyTorch",
        comparison=BUSY,
        candidate=FULL_C3D,
        figure="ratio",
        against=PEER,
        wanted=4.5,
    ),
    Target(
        what="the same on OpenVINO, an extra that “models bench” finds",
        comparison=BUSY,
        candidate=FULL_C3D_OPENVINO,
        figure="ratio",
        against=PEER,
        wanted=4.5,
    ),
    *(
        Target(
            what=f"{name}{words}, times realtime",
            comparison=name,
            candidate=candidate,
            figure="times realtime",
            wanted=wanted,
        )
        for name, wanted in ((DAY, 90.0), (NIGHT, 120.0), (SMALL_DAY, 200.0), (SMALL_NIGHT, 200.0))
        for candidate, words in ((GATED, ""), (GATED_SCORES, ", no scene novelty"))
    ),
    *(
        Target(
            what=f"{name}, against dvr-scan",
            comparison=name if name == BUSY else scanned(name),
            candidate=GATED,
            figure="ratio",
            against=DVR_SCAN,
            wanted=1.0,
        )
        for name in (BUSY, DAY, NIGHT, SMALL_DAY, SMALL_NIGHT)
    ),
    *(
        Target(
            what=f"{name}, peak MB",
            comparison=name,
            candidate=GATED,
            figure="peak MB",
            wanted=400.0,
        )
        for name in (BUSY, DAY)
    ),
)


def suite(*, quick: bool) -> tuple[Comparison, ...]:
    """All comparisons, or those of the targets in a few minutes."""
    if not quick:
        return (*HEADLINES, *MATRIX)
    return tuple(
        replace(
            comparison,
            # Shorter loops would have shorter events, of which more is decoded around them.
            recipe=replace(comparison.recipe, loop=60.0),
            seconds=min(comparison.seconds, 40.0 if comparison.recipe.scene == "busy" else 600.0),
            rounds=1,
        )
        for comparison in HEADLINES
    )

"""An explanation in plain sentences, and what it cannot say."""

from crimeview.core.explanation import GRID, ExplainedClip, Explanation, Window
from crimeview.core.timetext import clock_text
from crimeview.gui.text import translate

_NOTABLE = 0.25  # of a clip's score: a part that takes less from it drives nothing


def why_text(explanation: Explanation, *, threshold: float | None) -> str:
    """What the score rests on, in two sentences."""
    highest = explanation.explained[0]
    sentences = [_where(highest), _when(explanation, threshold)]
    return " ".join(sentence for sentence in sentences if sentence)


def limits_text(explanation: Explanation) -> str:
    """What the explanation does not say."""
    text = translate(
        "WhyText",
        "This tells what the network reacted to, not what happened, and not whether that matters. "
        "One part of the picture at a time was held still and the score taken again: parts that "
        "only matter together stay hidden.",
    )
    width, height = explanation.area[2:]
    if width * height > 0.999:
        return text
    unseen = translate("WhyText", "The network sees {percent} % of the picture, its middle.")
    return f"{text} {unseen.format(percent=round(100 * width * height))}"


def place_text(window: Window) -> str:
    """Where in the picture a window lies."""
    row = (window.top + window.bottom) / 2 / GRID[0]
    column = (window.left + window.right) / 2 / GRID[1]
    places = (
        (
            translate("WhyText", "the upper left"),
            translate("WhyText", "the upper middle"),
            translate("WhyText", "the upper right"),
        ),
        (
            translate("WhyText", "the left"),
            translate("WhyText", "the middle"),
            translate("WhyText", "the right"),
        ),
        (
            translate("WhyText", "the lower left"),
            translate("WhyText", "the lower middle"),
            translate("WhyText", "the lower right"),
        ),
    )
    return places[_third(row)][_third(column)]


def is_driven(clip: ExplainedClip) -> bool:
    """Whether one part of the picture makes a good share of the score."""
    return clip.score - clip.without >= _NOTABLE * clip.score


def _where(clip: ExplainedClip) -> str:
    if clip.without > clip.score / 2 and is_driven(clip):
        text = translate(
            "WhyText",
            "The score of {score} comes in good part from {place} of the picture: if nothing moved "
            "there, it would be {without}.",
        )
    elif is_driven(clip):
        text = translate(
            "WhyText",
            "The score of {score} comes mostly from {place} of the picture: if nothing moved "
            "there, it would be {without}.",
        )
    else:
        text = translate(
            "WhyText",
            "No single part of the picture drives the score of {score}: whichever is held still, "
            "it stays at {without} or above. If nothing moved at all, it would be {still}.",
        )
    return text.format(
        score=f"{clip.score:.2f}",
        place=place_text(clip.strongest),
        without=f"{clip.without:.2f}",
        still=f"{clip.still:.2f}",
    )


def _when(explanation: Explanation, threshold: float | None) -> str:
    highest = explanation.explained[0]
    span = f"{clock_text(highest.start, decimals=1)} – {clock_text(highest.end, decimals=1)}"
    count = len(explanation.clips)
    if count == 1:
        return translate("WhyText", "It rests on one clip, {span}.").format(span=span)
    if threshold is None:
        text = translate("WhyText", "The highest of its {count} clips is {span}.")
        return text.format(count=count, span=span)
    over = sum(clip.score >= threshold for clip in explanation.clips)
    text = translate(
        "WhyText", "The highest clip is {span}; {over} of {count} reach the threshold."
    )
    return text.format(span=span, over=over, count=count)


def _third(share: float) -> int:
    return 0 if share < 0.4 else 2 if share > 0.6 else 1

"""What a person says of a span of a recording: is it what was looked for, and what is it."""

import secrets
from dataclasses import dataclass
from enum import Enum

# Kinds of event that the window offers: UCF-Crime's thirteen and falls, in the words that labels
# of data sets have here. A case may have others.
KINDS = (
    "fight",
    "assault",
    "robbery",
    "theft",
    "burglary",
    "vandalism",
    "crash",
    "fall",
    "shooting",
    "arson",
    "explosion",
    "abuse",
    "arrest",
)


class ReviewState(Enum):
    """What a person has decided."""

    NEW = "new"
    CONFIRMED = "confirmed"
    UNSURE = "unsure"
    DISMISSED = "dismissed"

    # The one of every object: Enum's own is written in Python, and thousands are counted at once.
    __hash__ = object.__hash__


class Origin(Enum):
    """Who found a span first."""

    MACHINE = "machine"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A person's word on a span of a recording, a thing of its own beside what was found.

    `start` and `end` are seconds on the recording's clock, `seen_start` and `seen_end` the span
    that the person has looked at, which holds the former: what is found in it later, by another
    rule or another network, is answered already. `kind` is a crime type, `changed` when it was said
    (ISO 8601, UTC), `content` the SHA-256 of the file's content then, None where it was not known.
    """

    id: int
    recording_id: int
    start: float
    end: float
    seen_start: float
    seen_end: float
    state: ReviewState
    origin: Origin
    kind: str | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    reviewer: str = ""
    changed: str = ""
    content: str | None = None


def new_review_id() -> int:
    """Below zero and random: never that of something found, nor one that another window makes."""
    return -1 - secrets.randbits(62)

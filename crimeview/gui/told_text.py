"""What went wrong below the window, in the window's language.

It is said in English where it happens, and stored so. Here each of those sentences is known by its
form; one that is not is shown as it is.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from crimeview.core.alarm_rule import AlarmTrack
from crimeview.core.outbox import Moment
from crimeview.gui.case_faults import CASE_FAULTS
from crimeview.gui.import_faults import IMPORT_FAULTS
from crimeview.gui.library_faults import LIBRARY_FAULTS
from crimeview.gui.map_faults import MAP_FAULTS
from crimeview.gui.model_faults import MODEL_FAULTS
from crimeview.gui.network_faults import NETWORK_FAULTS
from crimeview.gui.recording_faults import RECORDING_FAULTS
from crimeview.gui.table_faults import TABLE_FAULTS
from crimeview.gui.text import english, translate
from crimeview.gui.wall_text import track_text
from crimeview.gui.watch_faults import WATCH_FAULTS

_FORMS: tuple[Callable[[], str], ...] = (
    # Cameras
    lambda: translate(
        "Told",
        "The password of “{camera}” is not in this computer's keyring; unlock it and start "
        "watching anew, or give the camera's address anew.",
    ),
    lambda: translate(
        "Told",
        "The camera “{camera}” sends no picture that this program can decode; choose another of "
        "its streams (H.264 is always known).",
    ),
    lambda: translate(
        "Told",
        "The camera “{camera}” sends a kind of video that this program cannot decode; choose "
        "another of its streams (H.264 is always known).",
    ),
    lambda: translate(
        "Told",
        "The camera “{camera}” does not accept this user and password; correct them in its "
        "address.",
    ),
    lambda: translate(
        "Told",
        "The camera “{camera}” has no stream of that path; look it up in the camera's manual.",
    ),
    lambda: translate(
        "Told",
        "The camera “{camera}” refuses connections; check that it is on, and the port in its "
        "address.",
    ),
    lambda: translate(
        "Told", "The camera “{camera}” does not answer; check that it is on and connected."
    ),
    lambda: translate("Told", "The camera “{camera}” is not there ({address}); check its address."),
    lambda: translate(
        "Told", "The camera “{camera}” may not be opened by you; allow it in the system."
    ),
    lambda: translate(
        "Told", "The camera “{camera}” is in use by another program; close that one first."
    ),
    lambda: translate(
        "Told", "The camera “{camera}” cannot be read ({reason}); check the connection."
    ),
    lambda: translate(
        "Told", "The camera “{camera}” cannot be read; check its address and the connection."
    ),
    lambda: translate("Told", "The camera “{camera}” has ended the connection."),
    lambda: translate("Told", "The camera “{camera}” sent nothing that could be kept."),
    lambda: translate(
        "Told",
        "The disk with {folder} has only {free} MB left, so alarms are not recorded; free some "
        "space or let clips be deleted earlier.",
    ),
    lambda: translate(
        "Told",
        "Events are not scored on “{camera}”: this computer is too slow to decode it, and too much "
        "is left out; watch a smaller stream of it, or fewer cameras.",
    ),
    lambda: translate(
        "Told",
        "Events are not scored on “{camera}”: its pictures come too far apart; let it send two a "
        "second at least.",
    ),
    lambda: translate(
        "Told",
        "People are not followed on “{camera}”: this computer has no room for it beside what it "
        "watches already.",
    ),
    lambda: translate(
        "Told",
        "Novelty is not scored on “{camera}”: its picture has another shape than what was learned; "
        "analyze recordings of this stream.",
    ),
    lambda: translate(
        "Told",
        "“{camera}” does not look as it did when it was learned (it was turned, the light is "
        "another, or it is another camera): its novelty may raise false alarms.",
    ),
    lambda: translate(
        "Told",
        "Novelty is not scored on “{camera}”: nothing was learned of a camera of that name. "
        "Analyze recordings of it, and give what was learned this name: crimeview cameras rename.",
    ),
    lambda: translate("Told", "The rule “{rule}” raises nothing: {reason}"),
    # Deliveries
    lambda: translate(
        "Told",
        "The certificate of {host} does not prove that it is {again} ({reason}); nothing was sent. "
        "If it is from an authority of your own, give its file as the CA file.",
    ),
    lambda: translate(
        "Told",
        "The certificate authority cannot be read from {file} ({reason}); give a file in PEM form.",
    ),
    lambda: translate("Told", "The broker {host} cannot be reached ({reason})."),
    lambda: translate("Told", "The broker {host} broke off ({reason})."),
    lambda: translate("Told", "The broker {host} did not answer in {seconds} s."),
    lambda: translate("Told", "The broker {host} lets “{user}” not in ({reason})."),
    lambda: translate("Told", "The mail server {host} cannot be reached ({reason})."),
    lambda: translate("Told", "{host} does not know the user “{user}” with this password."),
    lambda: translate(
        "Told", "{host} does not offer what was asked for ({reason}); choose another security."
    ),
    lambda: translate("Told", "{host} takes no letters for {names}."),
    lambda: translate("Told", "{host} took the letter, but not for {names}."),
    lambda: translate("Told", "{host} did not take the letter ({reason})."),
    lambda: translate(
        "Told", "{host} sends the message elsewhere ({reason}); configure that address."
    ),
    lambda: translate("Told", "{host} did not take the message ({reason})."),
    lambda: translate("Told", "{host} cannot be reached ({reason})."),
    lambda: translate("Told", "The desktop did not show the notification."),
    lambda: translate("Told", "Nobody was here to see or hear it in time."),
    lambda: translate("Told", "This computer has no loudspeaker that a sound can be played on."),
    lambda: translate(
        "Told",
        "The secret of “{name}” is not in this computer's keyring; give it again (crimeview "
        "deliveries change).",
    ),
    lambda: translate(
        "Told",
        "The address of “{name}” is not in this computer's keyring; remove it and add it again "
        "(crimeview deliveries add webhook).",
    ),
    lambda: translate("Told", "Too many messages waited; this one gave way to newer ones."),
    *RECORDING_FAULTS,
    *CASE_FAULTS,
    *MODEL_FAULTS,
    *MAP_FAULTS,
    *TABLE_FAULTS,
    *LIBRARY_FAULTS,
    *NETWORK_FAULTS,
    *WATCH_FAULTS,
    *IMPORT_FAULTS,
)


def told_text(sentence: str) -> str:
    """What went wrong, as the window says it; several sentences are told one by one."""
    told = _told(sentence)
    if told is not None:
        return told
    for end in re.finditer(r"\. ", sentence):
        first = _told(sentence[: end.start() + 1])
        if first is not None:
            return f"{first} {told_text(sentence[end.end() :])}"
    return sentence


def fault_text(error: Exception) -> str:
    """What an error says, as the window says it."""
    return told_text(str(error))


def _told(sentence: str) -> str | None:
    for form in _known(translate("Told", "a test")):
        if form.piece in sentence:
            found = _pattern(form.english).fullmatch(sentence)
            if found is not None:
                return form.said.format(**found.groupdict())
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A form in the window's language and in English, of which `piece` is in each sentence."""

    said: str
    english: str
    piece: str


@cache
def _known(_language: str) -> tuple[_Form, ...]:
    """All forms, looked up once for each language: rows of lists are painted with them."""
    return tuple(
        _Form(said=said, english=form, piece=max(re.split(r"\{\w+\}", form), key=len))
        for said, form in ((said, english(said)) for said in (form() for form in _FORMS))
    )


def message_text(body: str) -> str:
    """What a message (JSON) tells, in few words: `gate: Violence, 0.81`."""
    values = json.loads(body)
    if values.get("event") == Moment.TEST.value:
        return translate("Told", "a test")
    try:
        track = AlarmTrack(values["track"])
        told = f"{values['camera']}: {track_text(track)}"
        return told if track is AlarmTrack.LOST else f"{told}, {values['peak']:.2f}"
    except (KeyError, ValueError):  # of another version
        return str(values.get("sentence", ""))


@cache
def _pattern(form: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", form)
    made = (f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return re.compile("".join(made), re.DOTALL)

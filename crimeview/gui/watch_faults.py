"""What is said to be wrong with cameras, sound, rules and deliveries here: each form."""

from collections.abc import Callable

from crimeview.gui.text import translate

WATCH_FAULTS: tuple[Callable[[], str], ...] = (
    lambda: translate(
        "Told",
        "No sound can be played on this computer; connect a loudspeaker and open the recording "
        "again.",
    ),
    lambda: translate(
        "Told",
        "This build of FFmpeg has no {part}, so cameras of this computer cannot be opened; "
        "connect one over the network instead.",
    ),
    lambda: translate(
        "Told",
        "The password of “{camera}” is not known: the keyring of this computer does not give "
        "it. Unlock it, or write the password into the camera's address.",
    ),
    lambda: translate("Told", "From 1 to {most} cameras are watched at once."),
    lambda: translate("Told", "There is no alarm rule “{name}”: {known}."),
    lambda: translate("Told", "There is no delivery “{name}”: {known}."),
)

"""What is said to be wrong with a case, its review and its cameras' settings: each form."""

from collections.abc import Callable

from crimeview.gui.text import translate

CASE_FAULTS: tuple[Callable[[], str], ...] = (
    lambda: translate("Told", "Go to a moment within the segment to split it there."),
    lambda: translate("Told", "Choose two or more segments to merge them."),
    lambda: translate("Told", "Only segments of one recording can be merged."),
    lambda: translate("Told", "A segment needs to begin before it ends; move to another moment."),
    lambda: translate("Told", "{name} does not last that long."),
    lambda: translate("Told", "“{name}” is no column; there are {known}."),
    lambda: translate("Told", "“{name}{sign}” needs a number, not “{word}”."),
    lambda: translate("Told", "A region needs three corners or more."),
    lambda: translate(
        "Told",
        "“{text}” is no region; write three corners or more as x,y, each from 0 to 1: “0,0 "
        "0.5,0 0.5,0.2 0,0.2” is at the upper left.",
    ),
    lambda: translate("Told", "No recording of this case is missing."),
    lambda: translate(
        "Told", "{name} lists none of the recordings of this case; it begins with “{first}”."
    ),
    lambda: translate("Told", "This case has no ground truth that could be taken away."),
    lambda: translate(
        "Told", "There is nothing to export: no segment has one of these decisions yet."
    ),
    lambda: translate(
        "Told", "The folder {folder} cannot be made ({reason}); choose another place."
    ),
    lambda: translate("Told", "There is no case in {folder}; analyze a recording into it first."),
    lambda: translate("Told", "{folder} is a file; a case needs a folder."),
    lambda: translate(
        "Told", "The case folder {folder} cannot be made ({reason}); choose another place."
    ),
    lambda: translate(
        "Told",
        "The case {folder} cannot be written; allow writing in that folder or choose another one.",
    ),
    lambda: translate(
        "Told", "{file} is a database of another program, not a case; choose another folder."
    ),
    lambda: translate(
        "Told",
        "The case in {folder} was written by a newer crimeview; update crimeview to open it.",
    ),
    lambda: translate(
        "Told",
        "The disk with the case {folder} is full; free some space and start again: what has "
        "been analyzed is kept.",
    ),
    lambda: translate(
        "Told",
        "The database of the case {folder} is damaged ({file}); bring back a copy of the "
        "folder, or move it away and analyze the recordings again.",
    ),
    lambda: translate(
        "Told",
        "Another program has held the case {folder} for {seconds} seconds; close it and try again.",
    ),
    lambda: translate(
        "Told",
        "The case {folder} could not be read or written ({reason}); check the disk and try again.",
    ),
    lambda: translate(
        "Told",
        "This was changed meanwhile, by another window or command; it is shown as it is now. "
        "Look at it again and repeat the change where it is still right.",
    ),
    lambda: translate(
        "Told",
        "This cannot be taken back: it was changed afterwards, by another window, command or "
        "reviewer. Undo once more to take back what you did before it.",
    ),
    lambda: translate(
        "Told",
        "This cannot be made again: it was changed afterwards, by another window, command or "
        "reviewer. Redo once more to make again what came after it.",
    ),
    lambda: translate(
        "Told",
        "The case {folder} is watched already, by another window or “crimeview watch”; stop "
        "that first, or watch with another case.",
    ),
    lambda: translate("Told", "A camera needs a name."),
    lambda: translate("Told", "A camera is called “{name}” already; choose another name."),
    lambda: translate("Told", "Another camera is called “{name}” already; choose another name."),
    lambda: translate(
        "Told",
        "The picture of “{name}” has another shape than those of “{other}”: what is usual in "
        "one says nothing of the other.",
    ),
    lambda: translate("Told", "This camera is no more; choose another one."),
    lambda: translate(
        "Told", "There is no time zone “{name}”; write one such as Asia/Seoul, UTC or +09:00."
    ),
    lambda: translate(
        "Told", "A camera needs an address, as in entrance=rtsp://192.168.1.20/stream1."
    ),
    lambda: translate(
        "Told",
        "The address of the camera names no host; write it as in rtsp://192.168.1.20/stream1.",
    ),
    lambda: translate(
        "Told",
        "“{other}” is no protocol that a camera can be watched by; give an address that "
        "begins with rtsp:// or http://, webcam:0, or a video file.",
    ),
    lambda: translate(
        "Told",
        "The address of the camera is not well formed; write it as in "
        "rtsp://user:password@192.168.1.20:554/stream1, with %40 for an @ in a password.",
    ),
    lambda: translate(
        "Told",
        "No keyring of this computer could keep the password of “{name}”, so the camera was "
        "not kept; set one up (GNOME Keyring, KWallet, or the system's own), or give the "
        "address anew each time.",
    ),
    lambda: translate(
        "Told",
        "Two cameras are called “{name}”; give each a name of its own, as in "
        "entrance=rtsp://192.168.1.20/stream1.",
    ),
    lambda: translate("Told", "An alarm rule needs a name."),
    lambda: translate("Told", "The threshold must lie above 0 and at most at 1, not {value}."),
    lambda: translate("Told", "The hysteresis must lie above 0 and at most at 1, not {value}."),
    lambda: translate("Told", "The merge gap and the minimum length cannot be negative."),
    lambda: translate(
        "Told",
        "The minimum duration, the merge gap and the cooldown lie from 0 to 86400 seconds (a "
        "day), not {seconds}.",
    ),
    lambda: translate(
        "Told",
        "“{text}” is no time of a schedule; write such as “Mon-Fri 22:00-06:00; Sat,Sun "
        "00:00-24:00”, or “always”.",
    ),
    lambda: translate("Told", "A time of a schedule needs at least one day of the week."),
    lambda: translate("Told", "Times of a schedule lie from 00:00 to 24:00."),
    lambda: translate("Told", "There is one called “{name}” already; choose another name."),
    lambda: translate("Told", "A delivery needs a name."),
    lambda: translate("Told", "“{host}” is no name of a server; write such as mail.example.org."),
    lambda: translate("Told", "A port lies from 1 to 65535, not {port}."),
    lambda: translate("Told", "The volume lies above 0 and at most at 1, the times from 1 to 20."),
    lambda: translate(
        "Told",
        "“{url}” is no address of a webhook; write such as https://example.org/hooks/crimeview.",
    ),
    lambda: translate(
        "Told",
        "Leave user and password out of the webhook's address: what is sent is signed with a "
        "secret that lies in the keyring.",
    ),
    lambda: translate(
        "Told",
        "A secret for webhooks is “whsec_” and at least 16 bytes in base64; leave it out, and "
        "one is made.",
    ),
    lambda: translate("Told", "MQTT knows no STARTTLS; choose tls or none."),
    lambda: translate("Told", "Topics need a prefix, such as crimeview."),
    lambda: translate(
        "Told", "“{topic}” cannot begin a topic; use no #, no + and no / at its ends."
    ),
    lambda: translate("Told", "A letter needs at least one recipient."),
    lambda: translate("Told", "“{address}” is no e-mail address."),
    lambda: translate(
        "Told",
        "Only the host of a webhook's address is shown; write the whole address to change it.",
    ),
    lambda: translate(
        "Told",
        "The keyring of this computer could not be asked for a secret; unlock it, or set one "
        "up (GNOME Keyring, KWallet, or the system's own).",
    ),
    lambda: translate(
        "Told",
        "No keyring of this computer could keep the secret, so it was not kept; set one up "
        "(GNOME Keyring, KWallet, or the system's own) and try again.",
    ),
)

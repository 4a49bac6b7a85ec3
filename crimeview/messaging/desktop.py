"""Notifications of the desktop, without a window of ours."""

import shutil
import subprocess
import sys

from crimeview.core.delivery import DeliveryError

_TIMEOUT = 5.0  # s
# https://specifications.freedesktop.org/notification-spec: the service and its one method.
_DESKTOP, _PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
_URGENT = "{'urgency': <byte 2>}"
_QUOTED = str.maketrans({'"': '\\"', "\\": "\\\\"})


def notify(title: str, text: str) -> None:
    """Show a notification; raises DeliveryError where this desktop shows none."""
    command = _command(title, text)
    if command is None:
        raise DeliveryError(
            "This desktop shows no notifications to the command line; install notify-send "
            "(libnotify-bin), or let the window watch.",
            refused=True,
        )
    try:
        # Without a shell: a camera's name is an argument, whatever is in it.
        done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DeliveryError("The desktop did not show the notification.") from error
    if done.returncode != 0:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        reason = f" ({told[-1]})" if told else ""
        raise DeliveryError(f"The desktop did not show the notification{reason}.")


def _command(title: str, text: str) -> list[str] | None:
    if sys.platform == "darwin":
        said = f'display notification "{text.translate(_QUOTED)}"'
        return ["osascript", "-e", f'{said} with title "{title.translate(_QUOTED)}"']
    program = shutil.which("notify-send")
    if program is not None:
        return [program, "--app-name=crimeview", "--urgency=critical", "--", title, text]
    bus = shutil.which("gdbus")  # of GLib, which nearly every desktop has
    if bus is None:
        return None
    words = ["call", "--session", "--dest", _DESKTOP, "--object-path", _PATH]
    told = [_text("crimeview"), "0", _text(""), _text(title), _text(text), "[]", _URGENT, "0"]
    return [bus, *words, "--method", f"{_DESKTOP}.Notify", *told]


def _text(word: str) -> str:
    """A text as GVariant reads it, whatever is in it."""
    escaped = word.translate(_QUOTED | {ord("\n"): "\\n"})
    return f'"{escaped}"'

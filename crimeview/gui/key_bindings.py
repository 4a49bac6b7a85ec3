"""Which keys the commands have: as they come, or as a person wants them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from crimeview.gui.commands import Command, key_text, meet, plain_title, portable
from crimeview.gui.settings import Preferences

Keys = tuple[str, ...]

# What moves about in every window and dialog is no command's.
RESERVED = frozenset({"Tab", "Shift+Tab", "Esc", "Return", "Enter", "Up", "Down"})


class KeyBindings(QObject):
    """The keys of the commands of a table, and the person's changes, which are kept.

    No key has two uses: what a person chose counts, and the command that it comes with loses it.
    """

    changed = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._table: Sequence[Command] = ()
        self._keys: Mapping[str, Keys] = {}

    def take(self, table: Iterable[Command]) -> Sequence[Command]:
        """The commands of a table with their keys; further calls are about these commands."""
        self._table = tuple(table)
        self._work_out()
        return self.commands

    @property
    def commands(self) -> Sequence[Command]:
        return [replace(c, shortcuts=self._keys[c.id]) for c in self._table]

    @property
    def keys(self) -> Mapping[str, Keys]:
        """The keys of each command by id, the first one shown."""
        return self._keys

    def said(self, command_id: str) -> str:
        """The key of a command as a sentence tells it; without one, what the command is called."""
        key = next(iter(self._keys[command_id]), None)
        title = plain_title(self._command(command_id).title)
        return key_text(key) if key is not None else f"“{title}”"

    def is_changed(self, command_id: str) -> bool:
        return self._keys[command_id] != self._default(command_id)

    @property
    def any_changed(self) -> bool:
        return any(self.is_changed(command.id) for command in self._table)

    def holders(self, key: str, *, besides: str) -> Sequence[Command]:
        """The commands that have a key where that of the id `besides` can be given too."""
        wanted, command = portable(key), self._command(besides)
        return [
            c
            for c in self._table
            if c.id != besides and meet(c, command) and wanted in self._keys[c.id]
        ]

    def bind(self, command_id: str, keys: Sequence[str]) -> None:
        """Give a command these keys and no others; whoever has one of them loses it."""
        wanted = tuple(dict.fromkeys(portable(key) for key in keys))
        changes = {command_id: wanted}
        for key in wanted:
            for other in self.holders(key, besides=command_id):
                held = changes.get(other.id, self._keys[other.id])
                changes[other.id] = tuple(k for k in held if k != key)
        self._keep({**self._chosen(), **changes})

    def reset(self, command_id: str) -> None:
        """Give a command the keys that it comes with; whoever has one of them loses it."""
        self.bind(command_id, self._default(command_id))

    def reset_all(self) -> None:
        self._keep({})

    def _keep(self, chosen: Mapping[str, Keys]) -> None:
        """Keep what differs, and what is of commands that this table does not have."""
        here = {command.id for command in self._table}
        kept = {
            command_id: keys
            for command_id, keys in chosen.items()
            if command_id not in here or keys != self._default(command_id)
        }
        self._preferences.change(keys=kept)
        self._work_out()
        self.changed.emit()

    def _chosen(self) -> dict[str, Keys]:
        return {
            command_id: tuple(filter(None, map(portable, keys)))
            for command_id, keys in self._preferences.settings.keys.items()
        }

    def _command(self, command_id: str) -> Command:
        return next(c for c in self._table if c.id == command_id)

    def _default(self, command_id: str) -> Keys:
        return tuple(portable(key) for key in self._command(command_id).shortcuts)

    def _work_out(self) -> None:
        """Keys by the person's choice; the file may be of another version, or written by hand."""
        chosen = self._chosen()
        keys: dict[str, Keys] = {}
        preferred: list[Command] = []  # whose keys a person chose
        for command in sorted(self._table, key=lambda c: c.id not in chosen):
            taken = {k for other in preferred if meet(command, other) for k in keys[other.id]}
            wanted = chosen.get(command.id)
            if wanted is not None:
                preferred.append(command)
            else:
                wanted = tuple(map(portable, command.shortcuts))
            keys[command.id] = tuple(dict.fromkeys(key for key in wanted if key not in taken))
        self._keys = keys

"""The rules for alarms in a table, and what each would have raised."""

import time
from dataclasses import fields, replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.alarm_rule import AlarmRule
from crimeview.core.errors import CrimeviewError
from crimeview.gui.alarm_setup import AlarmSetup
from crimeview.gui.look import Look
from crimeview.gui.rule_rows import RuleRow
from crimeview.gui.style import Space
from crimeview.gui.text import translate
from crimeview.gui.told_text import fault_text
from crimeview.gui.wall import Wall
from crimeview.gui.widgets.asking import ask_to_leave
from crimeview.gui.widgets.dialog_parts import open_at
from crimeview.gui.widgets.form_parts import Verdict
from crimeview.gui.widgets.rule_form import RuleForm
from crimeview.gui.widgets.rule_outcome import RuleOutcome
from crimeview.gui.widgets.rule_table import RuleTable

_WIDTH, _HEIGHT = 1200, 700
_SNOOZE = 60.0  # minutes
_TICK = 1000  # ms


class RulesDialog(QDialog):
    """Above the rules, below the one that is chosen, beside it what it would have raised.

    What is changed is tried at once, and kept with Save. Until then it stays, marked in the table,
    whatever else is chosen or changes; who closes the dialog is asked.
    """

    def __init__(self, setup: AlarmSetup, wall: Wall, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._setup = setup
        self._wall = wall
        self._rule: AlarmRule | None = None  # the chosen one, as it is stored
        self._drafts: dict[str, AlarmRule] = {}  # as they were changed and not kept, by id
        self._bases: dict[str, AlarmRule] = {}  # what was shown before somebody changed it, by id
        self._read_off: AlarmRule | None = None  # the chosen one, as the fields said last
        self._edited = False  # whether the fields say something else than what is stored
        self.setWindowTitle(translate("RulesDialog", "Alarm rules"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, _WIDTH, _HEIGHT)
        self.table = RuleTable()
        self.form = RuleForm()
        self.outcome = RuleOutcome(setup, look=look)
        self.verdict = Verdict(look=look)
        self._lay_out()
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self.form.name.setFocus)
        self.form.outcome_edited.connect(self._try)
        self.form.edited.connect(self._on_edited)
        self.outcome.span_changed.connect(self._on_span)
        setup.changed.connect(self._fill)
        setup.trials_changed.connect(self._mark)
        self._tick = QTimer(self, interval=_TICK)
        self._tick.timeout.connect(self._show_snooze)
        self._tick.start()
        setup.read()
        self._fill()

    # What a person does

    def add(self) -> None:
        """A new rule, stored at once so that it can be tried and changed."""
        rule = self._setup.new_rule()
        self._rule = rule
        self._setup.save_rule(rule)

    def save(self) -> None:
        """Keep the chosen rule as the fields say; what was written stays if that fails."""
        rule = self._written()
        if rule is not None:
            self._drafts[rule.id] = rule
            self._setup.save_rule(rule, then=lambda: self._on_saved(rule), failed=self._on_failed)

    def remove(self) -> None:
        if self._rule is not None:
            rule, self._rule = self._rule, None
            self._drafts.pop(rule.id, None)
            self._edited = False
            self._setup.remove_rule(rule)

    def reject(self) -> None:
        """Close, after a question where something is not kept."""
        sensible = self._keep_draft()
        count = len(self._drafts) + (0 if sensible else 1)
        if count:
            keep = self._keep_all if sensible else None
            ask_to_leave(self, count, keep=keep, leave=super().reject)
        else:
            super().reject()

    def toggle_snooze(self) -> None:
        """Keep the rule quiet for an hour, or wake it."""
        if self._rule is not None:
            snoozed = self._rule.snoozed(time.time())
            self._setup.snooze([self._rule], minutes=None if snoozed else _SNOOZE)

    # What is shown

    def _fill(self) -> None:
        """Show the rules as they are stored now; what is being written stays as it is."""
        rules = self._setup.rules
        chosen = self._rule.id if self._rule is not None else None
        ids = [rule.id for rule in rules]
        self._drafts = {known: draft for known, draft in self._drafts.items() if known in ids}
        row = ids.index(chosen) if chosen in ids else (0 if ids else -1)
        if self._edited and chosen in ids:
            self._rule = rules[row]
        else:
            self._show_rule(rules[row] if ids else None)
        self._mark()
        self._try_others()

    def _mark(self) -> None:
        """The rules as they are written, and which of them are not kept like that."""
        chosen = self._rule.id if self._rule is not None else None
        self.table.show_rows([self._row(rule) for rule in self._setup.rules], chosen=chosen)

    def _row(self, rule: AlarmRule) -> RuleRow:
        own = self._rule is not None and rule.id == self._rule.id
        draft = self._drafts.get(rule.id)
        kept = not (self._edited if own else draft is not None)
        written = (self._read_off if own else draft) or rule
        span = self.outcome.span
        return RuleRow(
            rule=replace(written, armed=rule.armed, snoozed_until=rule.snoozed_until),
            kept=kept,
            obstacle=self._setup.obstacle(written),
            trial=self._setup.trial_of(written, span=span),
            span=span,
        )

    def _choose(self, rule_id: str) -> None:
        """Show another rule; what was written of the one before is remembered."""
        if not self._keep_draft():
            self.table.choose(self._rule.id if self._rule is not None else None)
            return
        self._show_rule(next(rule for rule in self._setup.rules if rule.id == rule_id))
        self._mark()

    def _keep_draft(self) -> bool:
        """Remember what was written; False where it makes no sense, which is said."""
        if not self._edited or self._rule is None:
            return True
        rule = self._written()
        if rule is None:
            return False
        self._drafts[rule.id] = rule
        return True

    def _keep_all(self) -> None:
        for rule in list(self._drafts.values()):
            self._setup.save_rule(rule)
        self._drafts.clear()

    def _on_saved(self, rule: AlarmRule) -> None:
        if self._drafts.get(rule.id) == rule:
            del self._drafts[rule.id]
        if self._rule is not None and self._rule.id == rule.id and self._written() == rule:
            self._rule, self._edited = rule, False
        self._mark()

    def _on_failed(self, error: Exception) -> None:
        self.verdict.say(fault_text(error))

    def _on_edited(self) -> None:
        if not self._edited and self._rule is not None:
            self._bases[self._rule.id] = self._rule
        self._edited = True
        self._mark()

    def _show_rule(self, rule: AlarmRule | None) -> None:
        self._rule = rule
        self._edited, self._read_off = False, None
        for part in (self._lower, *self._needing):
            part.setEnabled(self._rule is not None)
        self._empty.setVisible(self._rule is None)
        self.verdict.say("")
        if self._rule is None:
            self.outcome.clear()
            return
        draft = self._drafts.get(self._rule.id)
        self._edited = draft is not None
        self.form.show_rule(
            draft or self._rule, cameras=self._wall.cameras, deliveries=self._setup.deliveries
        )
        self._show_snooze()
        self._try()

    def _show_snooze(self) -> None:
        """A snooze ends without anybody's doing anything."""
        snoozed = self._rule is not None and self._rule.snoozed(time.time())
        wake, quiet = translate("RulesDialog", "&Wake it"), translate("RulesDialog", "Sn&ooze 1 h")
        self._snooze.setText(wake if snoozed else quiet)
        self._mark()

    def _written(self) -> AlarmRule | None:
        """The rule as the fields say, or None with a sentence on what is wrong."""
        if self._rule is None:
            return None
        try:
            rule = self.form.written(self._rule, deliveries=self._setup.deliveries)
        except CrimeviewError as error:
            self.verdict.say(fault_text(error))
            return None
        self.verdict.say("")
        return _merged(rule, base=self._bases.get(rule.id, self._rule), stored=self._rule)

    def _try(self) -> None:
        rule = self._written()
        if rule is not None:
            self._read_off = rule
            self.outcome.try_rule(rule)

    def _try_others(self) -> None:
        """Find out of each rule what it would have raised, the chosen one first."""
        written = [self._drafts.get(rule.id, rule) for rule in self._setup.rules]
        self._setup.try_others(written, span=self.outcome.span)

    def _on_span(self) -> None:
        self._try()
        self._mark()
        self._try_others()

    # How it is laid out

    def _lay_out(self) -> None:
        self._snooze = QPushButton(translate("RulesDialog", "Sn&ooze 1 h"))
        self._snooze.clicked.connect(self.toggle_snooze)
        add = QPushButton(translate("RulesDialog", "New r&ule"))
        add.clicked.connect(self.add)
        remove = QPushButton(translate("RulesDialog", "R&emove"))
        remove.clicked.connect(self.remove)
        save = QPushButton(translate("RulesDialog", "&Save"))
        save.setProperty("primary", "true")
        save.clicked.connect(self.save)
        for button in (self._snooze, add, remove):
            button.setAutoDefault(False)
        self._needing = (self._snooze, remove, save)  # a rule
        self._empty = QLabel(
            translate(
                "RulesDialog",
                "A rule raises an alarm when the score of a camera is high for long enough. Make "
                "one, see what it would have raised in your recordings, and arm it.",
            ),
            wordWrap=True,
        )
        self._lower = QWidget()
        lower = QHBoxLayout(self._lower)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(Space.LARGE)
        lower.addWidget(self.form, 2)
        lower.addWidget(self.outcome, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        roles = QDialogButtonBox.ButtonRole
        for button in (add, remove, self._snooze, save):
            buttons.addButton(button, roles.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        for widget in (self._empty, self.table):
            column.addWidget(widget)
        column.addWidget(self._lower, 1)
        column.addWidget(self.verdict)
        column.addWidget(buttons)


def _merged(written: AlarmRule, *, base: AlarmRule, stored: AlarmRule) -> AlarmRule:
    """What was written, and what others have stored since of all that was not touched."""
    untouched = {
        field.name: getattr(stored, field.name)
        for field in fields(written)
        if getattr(written, field.name) == getattr(base, field.name)
    }
    return replace(written, **untouched)

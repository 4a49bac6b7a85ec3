"""Undoing another rule: what counted as a lead before counts again."""

from PySide6.QtCore import QObject

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.job import Changed
from crimeview.core.segment import SegmentRule
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.thresholding import Thresholding
from crimeview.gui.workspace import Workspace
from crimeview.jobs.resegment import noted_rule, rule_note
from crimeview.store.case import Case


class RuleHistory(QObject):
    """Logs each rule that this window stores as an edit, and stores the one before when undone.

    The rule itself is kept with the runs; the note only says which one holds.
    """

    def __init__(
        self, workspace: Workspace, thresholding: Thresholding, reviewing: Reviewing
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._thresholding = thresholding
        self._reviewing = reviewing
        thresholding.kept.connect(self._on_kept)
        reviewing.taken_back.connect(self._on_taken_back)

    def _on_kept(self, before: SegmentRule, rule: SegmentRule) -> None:
        """Log it, unless it is stored because an edit was taken back."""
        if rule != noted_rule(self._workspace.notes):
            self._log(before, rule)

    def _log(self, before: SegmentRule, rule: SegmentRule) -> None:
        old = rule_note(before)
        stored = noted_rule(self._workspace.notes) == before
        last = Change(before=old, after=rule_note(rule))
        who = self._reviewing.reviewer

        def write(case: Case) -> None:
            if not stored:  # what held before anybody changed it, or another window's
                case.note(old)
            case.edits.make(Edit(action=Action.RULE, changes=(last,)), reviewer=who)

        self._workspace.access.change(
            write, Changed.RECORDINGS, then=lambda _: self._reviewing.refresh_stacks()
        )

    def _on_taken_back(self, edit: Edit, _again: bool) -> None:  # noqa: FBT001 (a signal's)
        rule = noted_rule(self._workspace.notes)
        if edit.action is Action.RULE and rule is not None:
            self._thresholding.keep_rule(rule)

"""Suggested types in the window: suggesting anew, learning from what was said, forgetting that."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crimeview.gui.errands import Errands
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.text import segments_text, translate
from crimeview.gui.workspace import Workspace

if TYPE_CHECKING:
    from crimeview.jobs.learn_types import Learned
    from crimeview.store.rows import TypeLesson


class TypeLearning(QObject):
    """What can be done with the types that are suggested in the case, in the background."""

    def __init__(self, workspace: Workspace, reviewing: Reviewing, errands: Errands) -> None:
        super().__init__()
        self._workspace = workspace
        self._reviewing = reviewing
        self._errands = errands

    def suggest(self) -> None:
        """Suggest types for all segments anew."""
        from crimeview.jobs.suggest_types import suggest_types  # brings onnxruntime

        title = translate("TypeLearning", "Suggesting types")
        self._errands.run(title, suggest_types(self._workspace.case), then=self._on_suggested)

    def learn(self) -> None:
        """Learn from the types that people gave, where that does no harm."""
        from crimeview.jobs.learn_types import learn_types  # brings onnxruntime

        title = translate("TypeLearning", "Learning types from what was said")
        job = learn_types(self._workspace.case, reviewer=self._reviewing.reviewer)
        self._errands.run(title, job, then=self._on_learned)

    def forget(self) -> None:
        """Forget what was learned last."""
        from crimeview.jobs.learn_types import forget_types  # brings onnxruntime

        title = translate("TypeLearning", "Forgetting what was learned of types")
        job = forget_types(self._workspace.case, reviewer=self._reviewing.reviewer)
        self._errands.run(title, job, then=self._on_forgotten)

    def _on_suggested(self, count: int) -> None:
        said = translate("TypeLearning", "A type is suggested for {segments}.")
        self._workspace.succeeded.emit(said.format(segments=segments_text(count)))

    def _on_learned(self, learned: "Learned") -> None:
        before, after = (learned.figures[when]["accuracy"]["value"] for when in ("before", "after"))
        if learned.lesson is None:
            said = translate(
                "TypeLearning",
                "Not used: of segments of recordings held out in turn {after} would be right, "
                "{before} are without it.",
            )
        else:
            said = translate(
                "TypeLearning",
                "Learned from {segments}: of those of recordings held out in turn {after} are "
                "right, {before} without it.",
            )
        text = said.format(
            segments=segments_text(learned.said), before=f"{before:.0%}", after=f"{after:.0%}"
        )
        told = self._workspace.succeeded if learned.lesson is not None else self._workspace.noticed
        told.emit(text)
        self._reviewing.refresh_stacks()

    def _on_forgotten(self, _lesson: "TypeLesson") -> None:
        self._workspace.succeeded.emit(
            translate("TypeLearning", "What was learned last of types is forgotten.")
        )
        self._reviewing.refresh_stacks()

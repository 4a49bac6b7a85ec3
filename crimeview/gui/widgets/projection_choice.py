"""By which vectors segments are compared: the features as they are, or a projection of them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox

from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import keep_keys


class ProjectionChoice(QComboBox):
    """Hidden where there is no projection for the features; `chosen` gives a name or None."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("ProjectionChoice", "What segments are compared by"))
        self.setToolTip(
            translate(
                "ProjectionChoice",
                "What segments are compared by: features as they are, or a trained projection of "
                "them (SLIC needs no types, others were trained by types)",
            )
        )
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)  # names are long; the list is as wide as they are
        self.view().setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keep_keys(self)
        self.activated.connect(lambda at: self.chosen.emit(self.itemData(at)))
        self.offer((), current=None)

    def offer(self, names: Sequence[str], *, current: str | None) -> None:
        """Offer these projections beside none."""
        wanted = [None, *names]
        if [self.itemData(n) for n in range(self.count())] != wanted:
            self.clear()
            for name in wanted:
                as_they_are = translate("ProjectionChoice", "Features as they are")
                self.addItem(name or as_they_are, name)
        self.setCurrentIndex(max(0, self.findData(current)) if current else 0)
        self.setVisible(bool(names))

"""The small windows that the review page opens beside their buttons, one of a kind at a time."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crimeview.gui.companions import Companions
from crimeview.gui.page import Parts
from crimeview.gui.text import translate
from crimeview.gui.viewing import Viewing
from crimeview.gui.widgets.companion_panel import CompanionPanel
from crimeview.gui.widgets.picture_panel import PicturePanel
from crimeview.gui.widgets.popover import Popover
from crimeview.gui.widgets.rule_panel import RulePanel

_Panel = RulePanel | PicturePanel | CompanionPanel


class Popovers:
    """Opens them over `parent`, and puts away what is open of the same kind."""

    def __init__(
        self, parts: Parts, viewing: Viewing, companions: Companions, *, parent: QWidget
    ) -> None:
        self._parts = parts
        self._viewing = viewing
        self._companions = companions
        self._parent = parent

    def rule(self, button: QWidget) -> None:
        """By which rule scores become segments."""
        parts = self._parts
        if parts.thresholding.rule is None:
            parts.workspace.noticed.emit(
                translate("Review", "Analyze a recording first: there are no scores yet.")
            )
            return
        self._toggle(
            RulePanel,
            lambda: RulePanel(
                parts.thresholding, parts.presets, look=parts.look, parent=self._parent
            ),
            button,
        )

    def picture(self, button: QWidget) -> None:
        """How the picture is looked at."""
        self._toggle(
            PicturePanel,
            lambda: PicturePanel(self._viewing, look=self._parts.look, parent=self._parent),
            button,
        )

    def companions(self, button: QWidget) -> None:
        """What is shown side by side."""
        self._toggle(
            CompanionPanel,
            lambda: CompanionPanel(self._companions, look=self._parts.look, parent=self._parent),
            button,
        )

    def _toggle(self, kind: type[Popover], make: Callable[[], _Panel], button: QWidget) -> None:
        found = self._parent.findChildren(Popover)
        open_ones = [p for p in found if isinstance(p, kind) and p.isVisible()]
        for popover in open_ones:
            popover.put_away()
        if not open_ones:
            panel = make()
            panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            panel.open_at(button)

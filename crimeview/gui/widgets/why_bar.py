"""What the score of the selected segment rests on, in words, below the picture."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from crimeview.gui.explaining import Explaining
from crimeview.gui.look import Look
from crimeview.gui.style import ICON, Space, Type
from crimeview.gui.text import translate
from crimeview.gui.thresholding import Thresholding
from crimeview.gui.why_text import limits_text, why_text
from crimeview.gui.widgets.progress_bar import ProgressBar

_PROGRESS = 160  # pixels


class WhyBar(QFrame):
    """Progress while it is found out, which can be stopped; then the sentences and their limits.

    Hidden while nothing was asked for.
    """

    def __init__(self, explaining: Explaining, thresholding: Thresholding, *, look: Look) -> None:
        super().__init__()
        self._explaining = explaining
        self._thresholding = thresholding
        self._look = look
        self.setObjectName("why")
        self.setAccessibleName(translate("WhyBar", "Why here"))
        self._icon = QLabel()
        self._text = QLabel(
            wordWrap=True, textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._text.setAccessibleName(translate("WhyBar", "What the score rests on"))
        self._limits = QLabel(wordWrap=True)
        self._limits.setAccessibleName(translate("WhyBar", "What this cannot tell"))
        for label in (self._text, self._limits):
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            label.setSizePolicy(policy)
        self._progress = ProgressBar()
        self._progress.setFixedWidth(_PROGRESS)
        self._progress.setAccessibleName(translate("WhyBar", "Progress of the explanation"))
        self._stop = QPushButton(translate("WhyBar", "Stop"))
        self._stop.clicked.connect(explaining.put_away)
        self._away = QToolButton()
        self._away.setProperty("command", "true")
        self._away.setIconSize(QSize(ICON, ICON))
        self._away.setAccessibleName(translate("WhyBar", "Put the explanation away"))
        self._away.setToolTip(translate("WhyBar", "Put the explanation away"))
        self._away.clicked.connect(explaining.put_away)
        self._lay_out()
        explaining.changed.connect(self._show_state)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self._show_state()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(Space.TIGHT)
        words.addWidget(self._text)
        words.addWidget(self._limits)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.SMALL, Space.SMALL)
        row.setSpacing(Space.SMALL)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._progress)
        row.addWidget(self._stop)
        row.addWidget(self._away, 0, Qt.AlignmentFlag.AlignTop)

    def _show_state(self) -> None:
        running, found = self._explaining.running, self._explaining.explanation
        self.setVisible(running or found is not None)
        for widget in (self._progress, self._stop):
            widget.setVisible(running)
        for shown in (self._limits, self._away):
            shown.setVisible(not running)
        if running:
            self._text.setText(
                translate("WhyBar", "Looking for the part of the picture that drives the score …")
            )
            step = self._explaining.progress
            share = step.fraction if step is not None else None
            self._progress.setMaximum(0 if share is None else 100)
            self._progress.setValue(round(100 * (share or 0.0)))
        elif found is not None:
            rule = self._thresholding.rule
            self._text.setText(
                why_text(found, threshold=rule.threshold if rule is not None else None)
            )
            self._limits.setText(limits_text(found))

    def _on_look_changed(self) -> None:
        look = self._look
        self._icon.setPixmap(
            look.pixmap("why", size=ICON, color=look.colors.lead, scale=self.devicePixelRatioF())
        )
        self._away.setIcon(look.icon("close"))
        self._limits.setFont(look.font(Type.SMALL))
        look.tint(self._limits, look.colors.muted)

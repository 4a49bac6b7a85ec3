"""To whom alarms are told, and what has become of it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.delivery import Delivery, DeliveryKind
from crimeview.core.errors import CrimeviewError
from crimeview.gui.alarm_setup import AlarmSetup
from crimeview.gui.look import Look
from crimeview.gui.style import Space
from crimeview.gui.telling import Telling
from crimeview.gui.text import translate
from crimeview.gui.told_text import fault_text, message_text, told_text
from crimeview.gui.wall import Wall
from crimeview.gui.wall_text import delivery_kind_text, moment_text, outbox_state_text
from crimeview.gui.widgets.asking import ask_to_leave
from crimeview.gui.widgets.delivery_form import DeliveryForm
from crimeview.gui.widgets.dialog_parts import open_at
from crimeview.gui.widgets.form_parts import Verdict

_WIDTH, _HEIGHT, _LIST = 860, 640, 240
_SHOWN = 100  # messages


class DeliveriesDialog(QDialog):
    """Left those that are configured, right the chosen one, beneath what was sent or waits."""

    def __init__(
        self, setup: AlarmSetup, wall: Wall, telling: Telling, *, look: Look, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._setup = setup
        self._wall = wall
        self._telling = telling
        self._chosen: str | None = None  # its id
        self.setWindowTitle(translate("DeliveriesDialog", "Who is told of alarms"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, _WIDTH, _HEIGHT)
        self.list = QListWidget()
        self.list.setAccessibleName(translate("DeliveriesDialog", "Deliveries"))
        self.list.setFixedWidth(_LIST)
        self.outbox = QListWidget()
        self.outbox.setAccessibleName(translate("DeliveriesDialog", "Messages"))
        self.outbox.setWordWrap(True)
        self.form = DeliveryForm(look=look)
        self.verdict = Verdict(look=look)
        self._lay_out()
        self.list.currentRowChanged.connect(self._on_row)
        setup.changed.connect(self._fill)
        wall.outbox_changed.connect(self._fill_outbox)
        setup.read()
        wall.read()
        self._fill()
        self._fill_outbox()

    def add(self, kind: DeliveryKind) -> None:
        """Begin a new one of a kind; it is kept with Save."""
        names = {delivery.name for delivery in self._setup.deliveries}
        plain = delivery_kind_text(kind)
        name = next(n for n in (plain, *(f"{plain} {k}" for k in range(2, 1000))) if n not in names)
        if self.form.edited:
            self._on_row(-1)  # says so
            return
        self._select(None)
        self._chosen = None
        self.verdict.say("")
        self.form.begin(kind, name)
        self._enable()

    def save(self) -> None:
        delivery = self._written()
        if delivery is None:
            return

        def end(secret: str | None) -> None:
            self._chosen = delivery.id
            self.form.show_delivery(delivery)
            self._fill()
            self._on_saved(secret)

        self._setup.save_delivery(
            delivery, secret=self.form.secret, then=end, failed=self._on_failed
        )

    def reject(self) -> None:
        """Close, after a question where something is not kept."""
        if self.form.edited:
            ask_to_leave(self, 1, keep=None, leave=super().reject)
        else:
            super().reject()

    def remove(self) -> None:
        delivery = self._delivery()
        if delivery is not None:
            self._chosen = None
            self._setup.remove_delivery(delivery)

    def test(self) -> None:
        """Send a test, of what is stored."""
        delivery = self._delivery()
        if delivery is not None:
            self.verdict.say(translate("DeliveriesDialog", "Sending …"), good=True)
            self._telling.test(delivery, self._on_tested, owner=self)

    def _on_saved(self, secret: str | None) -> None:
        told = translate("DeliveriesDialog", "Saved.")
        if secret is not None:
            told = translate(
                "DeliveriesDialog",
                "Saved. Give this secret to whoever receives the webhook; it is shown once: "
                "{secret}",
            ).format(secret=secret)
        self.verdict.say(told, good=True)

    def _on_failed(self, error: Exception) -> None:
        self.verdict.say(fault_text(error))

    def _on_tested(self, sentence: str, *, good: bool) -> None:
        self.verdict.say(sentence, good=good)

    def _written(self) -> Delivery | None:
        try:
            return self.form.written()
        except CrimeviewError as error:
            self.verdict.say(fault_text(error))
            return None

    def _delivery(self) -> Delivery | None:
        return next((d for d in self._setup.deliveries if d.id == self._chosen), None)

    def discard(self) -> None:
        """Forget what was written, and show the chosen one as it is stored."""
        self.verdict.say("")
        self.form.discard()
        self._fill()

    def _on_row(self, row: int) -> None:
        if self.form.edited:
            self._select(self._chosen)
            self.verdict.say(
                translate(
                    "DeliveriesDialog",
                    "What was written is not saved: save or discard it first.",
                )
            )
            return
        if 0 <= row < len(self._setup.deliveries):
            self._chosen = self._setup.deliveries[row].id
            self.verdict.say("")
            self.form.show_delivery(self._setup.deliveries[row])
        self._enable()

    def _fill(self) -> None:
        off = translate("DeliveriesDialog", "off")
        with QSignalBlocker(self.list):
            self.list.clear()
            for delivery in self._setup.deliveries:
                state = "" if delivery.enabled else f" ({off})"
                where = delivery.target or delivery_kind_text(delivery.kind)
                self.list.addItem(f"{delivery.name}{state}\n{where}")
        ids = [delivery.id for delivery in self._setup.deliveries]
        if self._chosen in ids:
            row = self._select(self._chosen)
            if not self.form.edited:
                self.form.show_delivery(self._setup.deliveries[row])
        elif ids and not self.form.begun:
            self.list.setCurrentRow(0)
        self._enable()

    def _select(self, chosen: str | None) -> int:
        """Have the list say which one is shown; gives its row, -1 for a new one."""
        ids = [delivery.id for delivery in self._setup.deliveries]
        row = ids.index(chosen) if chosen in ids else -1
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(row)
        return row

    def _fill_outbox(self) -> None:
        names = {delivery.id: delivery.name for delivery in self._setup.deliveries}
        self.outbox.clear()
        for entry in self._wall.outbox[:_SHOWN]:
            told = message_text(entry.body)
            state = outbox_state_text(entry.state)
            name = names.get(entry.delivery_id, "")
            text = f"{moment_text(entry.created)}  {name}: {state}. {told}"
            if entry.error:
                tries = translate("DeliveriesDialog", "tried {count} times: {why}")
                text += "\n    " + tries.format(count=entry.attempts, why=told_text(entry.error))
            self.outbox.addItem(QListWidgetItem(text))
        self._nothing.setVisible(not self._wall.outbox)

    def _enable(self) -> None:
        stored = self._delivery() is not None
        begun = stored or self.form.begun
        self._save.setEnabled(begun)
        self._discard.setEnabled(begun)
        self._test.setEnabled(stored)
        self._remove.setEnabled(stored)
        self.form.setVisible(begun)
        self._empty.setVisible(not begun)

    def _lay_out(self) -> None:
        self._save = self._button(translate("DeliveriesDialog", "&Save"), self.save)
        self._save.setProperty("primary", "true")
        self._discard = self._button(translate("DeliveriesDialog", "&Discard"), self.discard)
        self._test = self._button(translate("DeliveriesDialog", "Send a &test"), self.test)
        self._remove = self._button(translate("DeliveriesDialog", "&Remove"), self.remove)
        upper = QHBoxLayout()
        upper.setSpacing(Space.LARGE)
        upper.addLayout(self._left())
        upper.addLayout(self._right(), 1)
        retry = translate("DeliveriesDialog", "Try what failed a&gain")
        heading = QHBoxLayout()
        heading.addWidget(QLabel(translate("DeliveriesDialog", "What was told, and what waits")))
        heading.addStretch()
        heading.addWidget(self._button(retry, self._telling.retry))
        self._nothing = QLabel(translate("DeliveriesDialog", "Nothing yet."))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(4 * (Space.LARGE,)))
        column.setSpacing(Space.MEDIUM)
        column.addLayout(upper, 3)
        column.addLayout(heading)
        column.addWidget(self._nothing)
        column.addWidget(self.outbox, 2)
        column.addWidget(buttons)

    def _left(self) -> QVBoxLayout:
        """Those that are configured, and a menu of kinds to add."""
        menu = QMenu(self)
        for kind in DeliveryKind:
            menu.addAction(delivery_kind_text(kind), partial(self.add, kind))
        add = QPushButton(translate("DeliveriesDialog", "&Add"))
        add.setMenu(menu)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(add)
        return left

    def _right(self) -> QVBoxLayout:
        """The chosen one, or what there is to know where there is none."""
        self._empty = QLabel(
            translate(
                "DeliveriesDialog",
                "Nothing leaves this computer unless you add it here. Passwords and secrets are "
                "kept in this computer's keyring and nowhere else.",
            ),
            wordWrap=True,
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.addStretch()
        for button in (self._remove, self._test, self._discard, self._save):
            row.addWidget(button)
        right = QVBoxLayout()
        right.addWidget(self._empty, 1)
        right.addWidget(self.form, 1)
        right.addWidget(self.verdict)
        right.addLayout(row)
        return right

    def _button(self, title: str, run: Callable[[], None]) -> QPushButton:
        button = QPushButton(title)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: run())
        return button

"""The fields of one delivery, of whatever kind."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.delivery import (
    Delivery,
    DeliveryKind,
    DeliverySettings,
    EmailSettings,
    MqttSettings,
    Security,
    SoundSettings,
    SystemSettings,
    WebhookSettings,
    masked_url,
    new_delivery_id,
)
from crimeview.gui.look import Look
from crimeview.gui.style import Space
from crimeview.gui.text import translate
from crimeview.gui.wall_text import delivery_kind_text
from crimeview.gui.widgets.form_parts import add_row, choice, choose, form, number, whole


class DeliveryForm(QWidget):
    """Shows a delivery, or takes a new one; `secret` is what was written as its secret, if any."""

    def __init__(self, *, look: Look) -> None:
        super().__init__()
        self._look = look
        self._id: str | None = None
        self._new = new_delivery_id()  # of one that is not stored yet
        self._shown: Sequence[object] = ()
        self._kind: DeliveryKind | None = None
        self._heading = QLabel()
        self._heading.setFont(look.font(bold=True))
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(Space.SMALL)
        self._body.addWidget(self._heading)
        self._fields = QWidget()
        self._body.addWidget(self._fields)
        self._body.addStretch()

    @property
    def begun(self) -> bool:
        """Whether a new one is being written that is not stored."""
        return self._kind is not None and self._id is None

    @property
    def secret(self) -> str | None:
        return self._secret.text() or None if self._secret is not None else None

    @property
    def edited(self) -> bool:
        """Whether something was written that is not stored."""
        return self._kind is not None and self._values() != self._shown

    def begin(self, kind: DeliveryKind, name: str) -> None:
        self._id, self._new = None, new_delivery_id()
        self._make(kind, _PLAIN[kind]())
        self.name.setText(name)
        self._shown = self._values()

    def discard(self) -> None:
        """Nothing is written any more."""
        self._id, self._kind = None, None

    def show_delivery(self, delivery: Delivery) -> None:
        self._id = delivery.id
        self._make(delivery.kind, delivery.settings)
        self.name.setText(delivery.name)
        self.enabled.setChecked(delivery.enabled)
        self._shown = self._values()

    def _values(self) -> Sequence[object]:
        """All that the fields say."""
        lines = [field.text() for field in self._fields.findChildren(QLineEdit)]
        boxes = [field.currentIndex() for field in self._fields.findChildren(QComboBox)]
        checks = [field.isChecked() for field in self._fields.findChildren(QCheckBox)]
        return [*lines, *boxes, *checks]

    def written(self) -> Delivery:
        """Raises UsageError where something makes no sense."""
        return Delivery(
            id=self._id or self._new,
            name=self.name.text().strip(),
            settings=self._settings(),
            enabled=self.enabled.isChecked(),
        )

    def _settings(self) -> DeliverySettings:
        match self._kind:
            case DeliveryKind.SOUND:
                return SoundSettings(volume=self.volume.value() / 100, times=self.times.value())
            case DeliveryKind.WEBHOOK:
                return WebhookSettings(url=self.url.text().strip(), ca_file=self._written_ca())
            case DeliveryKind.MQTT:
                return MqttSettings(
                    host=self.host.text().strip(),
                    port=self.port.value(),
                    security=Security(self.security.currentData()),
                    user=self.user.text().strip(),
                    prefix=self.prefix.text().strip(),
                    discovery=self.discovery.text().strip(),
                    ca_file=self._written_ca(),
                )
            case DeliveryKind.EMAIL:
                to = self.recipients.text().replace(";", ",").split(",")
                return EmailSettings(
                    host=self.host.text().strip(),
                    port=self.port.value(),
                    security=Security(self.security.currentData()),
                    user=self.user.text().strip(),
                    sender=self.from_address.text().strip(),
                    recipients=tuple(address.strip() for address in to if address.strip()),
                    ca_file=self._written_ca(),
                )
            case _:
                return SystemSettings()

    def _make(self, kind: DeliveryKind, settings: DeliverySettings) -> None:
        self._kind = kind
        self._heading.setText(delivery_kind_text(kind))
        fields = QWidget()
        rows = form()
        fields.setLayout(rows)
        rows.setContentsMargins(0, 0, 0, 0)
        self.name = QLineEdit()
        add_row(rows, translate("DeliveryForm", "&Name"), self.name)
        self._secret: QLineEdit | None = None
        match settings:
            case SoundSettings():
                self._add_sound(rows, settings)
            case WebhookSettings():
                self._add_webhook(rows, settings)
            case MqttSettings():
                self._add_mqtt(rows, settings)
            case EmailSettings():
                self._add_email(rows, settings)
            case SystemSettings():
                word = translate("DeliveryForm", "A notification of the desktop for each alarm.")
                rows.addRow(QLabel(word))
        self.enabled = QCheckBox(translate("DeliveryForm", "&On"))
        self.enabled.setChecked(True)
        rows.addRow("", self.enabled)
        self._body.replaceWidget(self._fields, fields)
        self._fields.deleteLater()
        self._fields = fields

    def _add_sound(self, rows: QFormLayout, settings: SoundSettings) -> None:
        self.volume = number(least=1, most=100, step=5, decimals=0, suffix=" %")
        self.volume.setValue(100 * settings.volume)
        self.times = whole(least=1, most=20)
        self.times.setValue(settings.times)
        add_row(rows, translate("DeliveryForm", "&Volume"), self.volume)
        add_row(rows, translate("DeliveryForm", "&How often"), self.times)

    def _add_webhook(self, rows: QFormLayout, settings: WebhookSettings) -> None:
        self.url = QLineEdit("" if settings.url == _NO_URL else masked_url(settings.url))
        self.url.setPlaceholderText("https://example.org/hooks/crimeview")
        add_row(rows, translate("DeliveryForm", "&Address"), self.url)
        word = translate("DeliveryForm", "one is made")
        self._add_secret(rows, translate("DeliveryForm", "S&ecret"), word)
        self._add_ca(rows, settings.ca_file)

    def _add_mqtt(self, rows: QFormLayout, settings: MqttSettings) -> None:
        self.host = QLineEdit("" if settings.host == _NO_HOST else settings.host)
        self.host.setPlaceholderText("homeassistant.local")
        add_row(rows, translate("DeliveryForm", "B&roker"), self.host)
        self._add_connection(rows, settings.port, settings.security, settings.user, starttls=False)
        self._add_ca(rows, settings.ca_file)
        self.prefix = QLineEdit(settings.prefix)
        self.discovery = QLineEdit(settings.discovery)
        self.discovery.setPlaceholderText(translate("DeliveryForm", "not told"))
        add_row(rows, translate("DeliveryForm", "&Topics begin with"), self.prefix)
        add_row(rows, translate("DeliveryForm", "&Home Assistant's prefix"), self.discovery)

    def _add_email(self, rows: QFormLayout, settings: EmailSettings) -> None:
        self.host = QLineEdit("" if settings.host == _NO_HOST else settings.host)
        self.host.setPlaceholderText("mail.example.org")
        add_row(rows, translate("DeliveryForm", "Mail se&rver"), self.host)
        self._add_connection(rows, settings.port, settings.security, settings.user, starttls=True)
        self._add_ca(rows, settings.ca_file)
        known = settings.host != _NO_HOST
        self.from_address = QLineEdit(settings.sender if known else "")
        self.recipients = QLineEdit(", ".join(settings.recipients) if known else "")
        self.from_address.setPlaceholderText("crimeview@example.org")
        self.recipients.setPlaceholderText("guard@example.org, office@example.org")
        add_row(rows, translate("DeliveryForm", "&From"), self.from_address)
        add_row(rows, translate("DeliveryForm", "T&o"), self.recipients)

    def _add_connection(
        self, rows: QFormLayout, port: int, security: Security, user: str, *, starttls: bool
    ) -> None:
        self.port = whole(least=1, most=65_535)
        self.port.setValue(port)
        options = [(Security.TLS, "TLS"), (Security.NONE, translate("DeliveryForm", "none"))]
        if starttls:
            options.insert(1, (Security.STARTTLS, "STARTTLS"))
        self.security = choice(options)
        choose(self.security, security)
        self.security.activated.connect(lambda: self.port.setValue(self._usual_port()))
        self.user = QLineEdit(user)
        add_row(rows, translate("DeliveryForm", "Secur&ity"), self.security)
        add_row(rows, translate("DeliveryForm", "&Port"), self.port)
        add_row(rows, translate("DeliveryForm", "&User"), self.user)
        self._add_secret(rows, translate("DeliveryForm", "Pass&word"), "")

    def _add_ca(self, rows: QFormLayout, file: str) -> None:
        self.ca_file = QLineEdit(file)
        self.ca_file.setPlaceholderText(
            translate("DeliveryForm", "PEM, for a certificate of your own authority")
        )
        add_row(rows, translate("DeliveryForm", "&CA file"), self.ca_file)

    def _written_ca(self) -> str:
        return self.ca_file.text().strip()

    def _usual_port(self) -> int:
        security = Security(self.security.currentData())
        if self._kind is DeliveryKind.MQTT:
            return 8883 if security is Security.TLS else 1883
        return {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}[security]

    def _add_secret(self, rows: QFormLayout, title: str, word: str) -> None:
        self._secret = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        kept = translate("DeliveryForm", "unchanged, in the keyring")
        self._secret.setPlaceholderText(kept if self._id is not None else word)
        add_row(rows, title, self._secret)


_NO_URL, _NO_HOST = "https://none.invalid/", "none.invalid"
_PLAIN: dict[DeliveryKind, Callable[[], DeliverySettings]] = {
    DeliveryKind.SYSTEM: SystemSettings,
    DeliveryKind.SOUND: SoundSettings,
    DeliveryKind.WEBHOOK: lambda: WebhookSettings(url=_NO_URL),
    DeliveryKind.MQTT: lambda: MqttSettings(host=_NO_HOST),
    DeliveryKind.EMAIL: lambda: EmailSettings(
        host=_NO_HOST, sender="a@none.invalid", recipients=("b@none.invalid",)
    ),
}

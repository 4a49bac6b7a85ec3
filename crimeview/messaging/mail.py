"""Alarms as letters, through a mail server."""

import smtplib
import ssl
from contextlib import closing
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from crimeview.core.alarm_message import letter
from crimeview.core.delivery import DeliveryError, EmailSettings, Security
from crimeview.messaging.reasons import reason_of
from crimeview.messaging.tls import secured, unproven

TIMEOUT = 5.0  # s for each answer


def send_letter(
    body: str, *, to: EmailSettings, password: str | None, message_id: str, now: float
) -> None:
    """Send one message to all recipients; raises DeliveryError unless the server takes it."""
    message = _message(body, to, message_id=message_id, now=now)
    try:
        with closing(_connected(to)) as server:
            if to.user:
                server.login(to.user, password or "")
            refused = server.send_message(message, to.sender, list(to.recipients))
            server.quit()
    except smtplib.SMTPException as error:
        raise _refusal(to, error) from error
    except ssl.SSLCertVerificationError as error:
        raise unproven(to.host, error) from error
    except (OSError, UnicodeError) as error:
        reason = reason_of(error, timeout=TIMEOUT)
        raise DeliveryError(f"The mail server {to.host} cannot be reached ({reason}).") from error
    if refused:
        raise DeliveryError(
            f"{to.host} took the letter, but not for {', '.join(refused)}.", refused=True
        )


def _connected(to: EmailSettings) -> smtplib.SMTP:
    if to.security is Security.TLS:
        context = secured(to.ca_file)
        return smtplib.SMTP_SSL(to.host, to.port, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(to.host, to.port, timeout=TIMEOUT)
    if to.security is Security.STARTTLS:
        try:
            server.starttls(context=secured(to.ca_file))
        except BaseException:
            server.close()
            raise
    return server


def _message(body: str, to: EmailSettings, *, message_id: str, now: float) -> EmailMessage:
    subject, text = letter(body)
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = to.sender
    message["To"] = ", ".join(to.recipients)
    message["Date"] = format_datetime(datetime.fromtimestamp(now, UTC))
    message["Message-ID"] = f"<{message_id}@crimeview.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _refusal(to: EmailSettings, error: smtplib.SMTPException) -> DeliveryError:
    """What the server said, in a sentence; codes from 500 on will be said again."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return DeliveryError(
            f"{to.host} does not know the user “{to.user}” with this password.", refused=True
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return DeliveryError(
            f"{to.host} does not offer what was asked for ({error}); choose another security.",
            refused=True,
        )
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max(code for code, _ in error.recipients.values())
        names = ", ".join(error.recipients)
        return DeliveryError(f"{to.host} takes no letters for {names}.", refused=code >= 500)
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode(errors="replace") if isinstance(said, bytes) else said
        return DeliveryError(
            f"{to.host} did not take the letter ({error.smtp_code} {text}).",
            refused=error.smtp_code >= 500,
        )
    return DeliveryError(f"{to.host} broke off ({error}).")

"""Secrets of deliveries, as they are needed to send something."""

from crimeview.core.delivery import Delivery, DeliveryError
from crimeview.store.alarm_secrets import load_secret


def password_of(delivery: Delivery, user: str) -> str | None:
    """The password of a delivery's user, None without one; raises DeliveryError if it is gone."""
    if not user:
        return None
    password = load_secret(delivery.id)
    if password is None:
        raise DeliveryError(no_secret(delivery), refused=True)
    return password


def no_secret(delivery: Delivery) -> str:
    return (
        f"The secret of “{delivery.name}” is not in this computer's keyring; give it again "
        "(crimeview deliveries change)."
    )

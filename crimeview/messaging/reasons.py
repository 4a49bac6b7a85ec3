"""Why a server cannot be reached, in words."""

import ssl


def reason_of(error: Exception, *, timeout: float) -> str:
    """What stands in brackets; `timeout` is how many seconds were waited for an answer."""
    if isinstance(error, TimeoutError):
        return f"no answer in {timeout:g} s"
    if isinstance(error, ssl.SSLError):
        return "it does not answer by TLS; check the port, and whether it has TLS at all"
    return str(getattr(error, "strerror", None) or error or type(error).__name__)

"""Connections that nobody else can read, to servers that prove who they are."""

import ssl

from crimeview.core.delivery import DeliveryError


def secured(ca_file: str) -> ssl.SSLContext:
    """What checks certificates: by the system's authorities, or by those of a PEM file alone.

    Raises DeliveryError where the file cannot be read.
    """
    try:
        context = ssl.create_default_context(cafile=ca_file or None)
    except (OSError, ssl.SSLError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DeliveryError(
            f"The certificate authority cannot be read from {ca_file} ({reason}); give a file in "
            "PEM form.",
            refused=True,
        ) from error
    context.sslsocket_class = _Socket
    return context


class _Socket(ssl.SSLSocket):
    """Closes itself where the other side does not prove who it is; paho leaves that to nobody."""

    def do_handshake(self, block: bool = False) -> None:  # noqa: FBT001, FBT002 (as of `ssl`)
        try:
            super().do_handshake(block)
        except ssl.SSLCertVerificationError:
            self.close()
            raise


def unproven(host: str, error: ssl.SSLCertVerificationError) -> DeliveryError:
    """That a certificate is not good."""
    return DeliveryError(
        f"The certificate of {host} does not prove that it is {host} ({error.verify_message}); "
        "nothing was sent. If it is from an authority of your own, give its file as the CA file."
    )

"""Errors of the user's world: each carries one sentence a person can act on.

Anything else that is raised is a bug of ours and keeps its traceback in the log.
"""


class CrimeviewError(Exception):
    """Something outside the program is not as it must be; `str(error)` is shown as it stands."""


class MediaError(CrimeviewError):
    """A file or stream cannot be read as video."""


class ModelError(CrimeviewError):
    """A model folder is missing, damaged or does not fit what it is to be used with."""


class CaseError(CrimeviewError):
    """A case folder cannot be opened, read or written."""


class LibraryError(CrimeviewError):
    """A library of crime videos cannot be opened, reached, read or written."""


class UsageError(CrimeviewError):
    """What was asked for makes no sense."""

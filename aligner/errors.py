"""Every error that the toolkit raises on purpose.

    AlignerError
    ├── UsageError           the call makes no sense: unknown language, missing model for a pair
    ├── InputError           a file that we were given cannot be read as what it should be
    │   ├── EncodingError    … its bytes are not text in the encoding tried
    │   ├── MendedError      … and yet all of it was read
    │   └── RuleError        … an SRX file is broken, or one of its rules is
    ├── ModelError           a translation model
    │   ├── ModelMissing     … is not installed for the pair
    │   ├── PackageError     … comes in a package that is broken, hostile, or for another pair
    │   └── DownloadError    … could not be fetched
    └── OutputError          a result cannot be written
        └── EditedError      … because it would destroy a person's edits

A message says what is wrong; `where` says in which file (line, unit); `hint` says what to do next.
Only `aligner.cli` catches these.
"""

from __future__ import annotations


class AlignerError(Exception):
    """Base of all errors that a user can do something about.

    Args:
        message: what is wrong, one sentence without a full stop.
        where: the file, and if known the line or unit, as `article.txt:12`.
        hint: what the user can do next, one sentence.
    """

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"\n{self.hint}" if self.hint else ""
        return f"{place}{self.message}{advice}"


class UsageError(AlignerError):
    """The call makes no sense as it stands."""


class InputError(AlignerError):
    """A file that we were given cannot be read as what it should be."""


class EncodingError(InputError):
    """The bytes of a file are not text in the encoding tried."""


class MendedError(InputError):
    """A damaged file was read whole all the same; raised when all that is in it has been given."""


class RuleError(InputError):
    """An SRX file is broken, or one of its rules is."""


class ModelError(AlignerError):
    """Something is wrong with a translation model."""


class ModelMissing(ModelError):  # noqa: N818 - reads as what it is
    """No model is installed for a language pair."""


class PackageError(ModelError):
    """A model package is broken, hostile, or for another language pair."""


class DownloadError(ModelError):
    """A model package could not be fetched."""


class OutputError(AlignerError):
    """A result cannot be written."""


class EditedError(OutputError):
    """Writing would destroy what a person has edited."""

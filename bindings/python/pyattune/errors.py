# What can go wrong, as exceptions: one for every status of the library.
# SPDX-License-Identifier: MIT
from pyattune._attune import ffi, lib


class Error(Exception):
    """Something was refused; nothing was changed.

    The message says where and what was expected, never a value: no answer, score, date or
    identifier stands in it.

    status: the library's status (negative), or None
    row:    the row of the frame that was refused, counted from 0 as frame.iloc does, or None
    column: the column's name, or None
    """

    code = None

    def __init__(self, expected, row=None, column=None):
        place = [f"row {row}" if row is not None else "", f"column {column!r}" if column else ""]
        where = ", ".join(part for part in place if part)
        super().__init__(f"{where}: {expected}" if where else expected)
        self.status = self.code
        self.row = row
        self.column = column


class ArgumentError(Error, ValueError):
    """Something needed was not given."""

    code = lib.ATTUNE_E_ARGUMENT


class LayoutError(Error, ValueError):
    """The package and the library inside it do not fit together."""

    code = lib.ATTUNE_E_STRUCT_SIZE


class CountError(Error, ValueError):
    """Too many or too few of something."""

    code = lib.ATTUNE_E_COUNT


class OptionError(Error, ValueError):
    """An option is outside its documented range."""

    code = lib.ATTUNE_E_OPTION


class DataError(Error, ValueError):
    """A value is not a number, infinite, out of range or off the answer grid."""

    code = lib.ATTUNE_E_VALUE


class OrderError(Error, ValueError):
    """Session numbers do not rise."""

    code = lib.ATTUNE_E_ORDER


class TooFewError(Error, ValueError):
    """Too few sessions yet: the only one worth trying again later."""

    code = lib.ATTUNE_E_TOO_FEW


class OutOfMemoryError(Error, MemoryError):
    """There is no memory for it."""

    code = lib.ATTUNE_E_MEMORY


class NumericError(Error, ValueError):
    """The figure cannot be computed from these data."""

    code = lib.ATTUNE_E_NUMERIC


class ConstantError(Error, LookupError):
    """The measure lacks a constant that this call needs."""

    code = lib.ATTUNE_E_CONSTANT


class FormatError(Error, ValueError):
    """The frame or the text is not of the documented form."""

    code = lib.ATTUNE_E_FORMAT


class UnknownError(Error, LookupError):
    """No scale, rule, rule set or client has this id."""

    code = lib.ATTUNE_E_UNKNOWN


class DuplicateError(Error, ValueError):
    """The same thing twice where once is allowed."""

    code = lib.ATTUNE_E_DUPLICATE


class FileError(Error, ValueError):
    """A file cannot be read."""

    code = lib.ATTUNE_E_IO


class UnsupportedError(Error, ValueError):
    """This version leaves out the part that would do it."""

    code = lib.ATTUNE_E_UNSUPPORTED


class AcceptError(Error, LookupError):
    """The measure needs something accepted first: its licence held, or that it is unconfirmed."""

    code = lib.ATTUNE_E_ACCEPT


class MissingConstant(UserWarning):
    """Part of a result is left empty because a measure lacks a direction or a constant."""


class ScaleWarning(UserWarning):
    """A measure was used that is licensed, unconfirmed or provisional, or a constant that is."""


BY_STATUS = {kind.code: kind for kind in Error.__subclasses__()}


def new_error():
    """A struct for a call to say what went wrong in."""
    err = ffi.new("attune_error *")
    err.struct_size = ffi.sizeof("attune_error")
    return err


def expected(err):
    """What the library expected."""
    return ffi.string(err.text).decode()


def check(status, err=None, row=None, column=None):
    """Raise what a status stands for; ATTUNE_OK passes."""
    if status == lib.ATTUNE_OK:
        return
    text = expected(err) if err else ""
    key = ffi.string(err.key).decode() if err else ""
    text = text or ffi.string(lib.attune_status_text(status)).decode()
    raise BY_STATUS.get(status, Error)(text, row, column or key or None)


def check_in_file(status, err, name=None):
    """check, of a call that read a file: the error says which, where it has a name, and the line.
    """
    where = ", ".join(part for part in (name, f"line {err.line}" if err.line else None) if part)
    try:
        check(status, err)
    except Error as error:
        if where:
            error.args = (f"{error.args[0]} ({where})",)
        raise

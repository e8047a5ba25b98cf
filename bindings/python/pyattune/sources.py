# JSON that a caller gives as text or as the path of a file.
# SPDX-License-Identifier: MIT
from pyattune.errors import FileError


def is_text(source):
    return isinstance(source, bytes) or (
        isinstance(source, str) and source.lstrip("\ufeff \t\r\n")[:1] in ("{", "["))


def read_source(source, most):
    """The bytes of the JSON; of a file one more than most at most, which is too many."""
    if is_text(source):
        return source if isinstance(source, bytes) else source.encode()
    try:
        with open(source, "rb") as file:
            return file.read(most + 1)
    except (OSError, TypeError, ValueError):
        raise FileError("expected JSON text, or the path of a file that can be read",
                        column="source") from None

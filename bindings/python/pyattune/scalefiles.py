# A clinic's own scales: read from a file, a folder or text, with what the clinic states; checked.
# SPDX-License-Identifier: MIT
import os

import pandas as pd

from pyattune._attune import ffi, lib
from pyattune.errors import (ArgumentError, CountError, FileError, check, check_in_file, expected,
                             new_error)
from pyattune.sources import is_text, read_source

_FILES_MAX = 256  # of a folder
_PROBLEMS_MAX = 200  # of one file that are listed


class Scales:
    """A clinic's own scales, read by load_scales. Immutable; hand it to scales= of any call."""

    def __init__(self, handle):
        self._handle = ffi.gc(handle, lib.attune_scale_set_free)

    @property
    def ids(self):
        """The ids of the scales, in the order of the text, those of a folder by file name."""
        info = ffi.new("attune_scale_info *", {"struct_size": ffi.sizeof("attune_scale_info")})
        found = []
        for i in range(len(self)):
            check(lib.attune_scale_describe(lib.attune_scale_set_at(self._handle, i), info))
            found.append(ffi.string(info.id).decode())
        return tuple(found)

    def __len__(self):
        return lib.attune_scale_set_count(self._handle)

    def __repr__(self):
        return f"<pyattune.Scales: {', '.join(self.ids)}>"


def handle_of(scales):
    """The attune_scale_set of what a caller gave for scales=."""
    if scales is None:
        return ffi.NULL
    if not isinstance(scales, Scales):
        raise ArgumentError("expected what pyattune.load_scales returns", column="scales")
    return scales._handle


def _parts(source):
    """Name and bytes of every file, in order."""
    if source is None:
        return
    if is_text(source):
        yield None, read_source(source, lib.ATTUNE_SCALEFILE_BYTES_MAX)
        return
    try:
        paths = [source]
        if os.path.isdir(source):
            paths = [os.path.join(source, name) for name in sorted(os.listdir(source))
                     if name.endswith(".json") and len(name) > 5]
        if not 0 < len(paths) <= _FILES_MAX:
            raise CountError(f"expected 1 to {_FILES_MAX} files named *.json", column="source")
        for path in paths:
            with open(path, "rb") as file:
                yield os.path.basename(path), file.read(lib.ATTUNE_SCALEFILE_BYTES_MAX + 1)
    except (OSError, TypeError, ValueError) as error:
        if isinstance(error, CountError):
            raise
        raise FileError("expected JSON text, or the path of a file or folder that can be read",
                        column="source") from None


class _Stated:
    """An attune_scale_set_options and what it points to."""

    def __init__(self, accept_licence=(), accept_unconfirmed=False, norms=None, override=False):
        ids = [accept_licence] if isinstance(accept_licence, str) else list(accept_licence)
        self._keep = [ffi.new("char[]", str(id).encode()) for id in ids]
        self._licences = ffi.new("char *[]", self._keep)
        self._norms = ffi.NULL if norms is None else ffi.new("char[]", str(norms).encode())
        self.c = ffi.new("attune_scale_set_options *", {
            "struct_size": ffi.sizeof("attune_scale_set_options"),
            "accept": lib.ATTUNE_ACCEPT_UNCONFIRMED if accept_unconfirmed else 0,
            "override_built_in": int(bool(override)), "licence_count": len(ids),
            "licences": ffi.cast("char **", self._licences), "norms": self._norms})


def _add(base, stated, data, name=None):
    """One file before what base holds, which is part of the new set, or still the caller's."""
    out, err = ffi.new("attune_scale_set **"), new_error()
    stated.c.base = base
    text = ffi.NULL if data is None else ffi.from_buffer(data)
    check_in_file(lib.attune_scale_set_load_with(out, stated.c, text, len(data or b""), ffi.NULL,
                                                 err), err, name)
    return out[0]


def load_scales(source=None, accept_licence=(), accept_unconfirmed=False, norms=None,
                override=False):
    """A clinic's own scales, and what it states of the built-in ones; for scales= of any call.

    source: the path of a JSON file, or of a folder whose files *.json are read in order of name;
            or the JSON itself as text beginning with { or [. The format is that of the built-in
            scales. None: no scales of its own.
    accept_licence: the ids of the licensed measures whose licence you hold.
    accept_unconfirmed: uses measures and constants that lack a second source or second reading.
            Scales of source need no such statement; they are called unconfirmed all the same.
    norms:  the name of a set of constants that is used wherever a measure has it.
    override: lets a scale of source have the id of a built-in one, and take its place.
    Returns Scales.
    Raises FileError when a file cannot be read; CountError for a folder without such files;
    FormatError with file, line and JSON path; DuplicateError when an id stands twice or is a
    built-in's; UnknownError for a licence or a set of constants that no scale has.
    """
    parts = list(_parts(source))
    own = _Stated((), accept_unconfirmed, None, override)
    handle = ffi.NULL
    try:
        for name, data in parts:
            handle = _add(handle, own, data, name if len(parts) > 1 else None)
        return Scales(_add(handle, _Stated(accept_licence, accept_unconfirmed, norms, override),
                           None))
    except Exception:
        lib.attune_scale_set_free(handle)
        raise


def check_scales(source, override=False):
    """Everything that is wrong with a clinic's own scales at once, as `attune scales --check`.

    source, override: as for load_scales; of a folder every file is looked at, ids that clash with
            an earlier good file among what is wrong.
    Returns a frame with a row a problem: file (its name; None for text), line, column, key (a JSON
    path) and expected. No row: nothing is wrong. What rests on a refused part is not looked at:
    mend, and check again.
    Raises FileError and CountError as load_scales does.
    """
    stated, handle, rows = _Stated(override=override), ffi.NULL, []
    problems, count = ffi.new("attune_error[]", _PROBLEMS_MAX), ffi.new("size_t *")
    try:
        for name, data in list(_parts(source)):
            stated.c.base = handle
            status = lib.attune_scale_set_check(stated.c, ffi.from_buffer(data), len(data),
                                                problems, _PROBLEMS_MAX, count)
            if status == lib.ATTUNE_OK:
                handle = _add(handle, stated, data)
            elif status != lib.ATTUNE_E_FORMAT:
                check(status)
            rows += [(name, int(p.line), int(p.column), ffi.string(p.key).decode(), expected(p))
                     for p in problems[0:min(count[0], _PROBLEMS_MAX)]]
    finally:
        lib.attune_scale_set_free(handle)
    return pd.DataFrame(rows, columns=["file", "line", "column", "key", "expected"])

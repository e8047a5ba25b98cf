# Reading the columns of a frame: types, missing values, and which row is the first wrong one.
# SPDX-License-Identifier: MIT
import datetime
import math
import numbers

import numpy as np
import pandas as pd

from pyattune._attune import ffi, lib
from pyattune.errors import DataError, FormatError

MISSING = ("", "NA", "#NULL!")  # words that stand for nothing, as in the forms file
ITEM = "item_"


class Problems:
    """What is wrong with a frame: of several things, the one in the earliest row is raised."""

    def __init__(self):
        self._first = None

    def add(self, rows, kind, expected, column):
        """rows: boolean array of the wrong ones, or one row's number."""
        if isinstance(rows, np.ndarray):
            if not rows.any():
                return
            rows = int(np.argmax(rows))
        if self._first is None or rows < self._first[0]:
            self._first = (int(rows), kind, expected, column)

    def finish(self):
        if self._first:
            row, kind, expected, column = self._first
            raise kind(expected, row, column)


def is_missing(value):
    """1 when a cell holds nothing."""
    if isinstance(value, str):
        return value in MISSING
    return value is None or value is pd.NaT or value is pd.NA or value != value


def distinct(values):
    """Codes (-1: missing) and the distinct cells of a column of anything."""
    codes, cells = pd.factorize(values)
    gone = np.array([is_missing(cell) for cell in cells] + [True])
    return np.where(gone[codes], -1, codes), cells


def reals(values, name, problems):
    """A column as float64, NaN missing: in place when it is one already."""
    if values.dtype == np.float64 and values.flags.c_contiguous and values.flags.aligned:
        found = values
    elif values.dtype.kind in "iuf":
        found = np.ascontiguousarray(values, dtype=np.float64)
    elif values.dtype == object:
        found = _reals_of_objects(values, name, problems)
    else:
        raise FormatError("expected a column of numbers", column=name)
    problems.add(np.isinf(found), DataError, "expected a finite number, or nothing", name)
    return found


def _reals_of_objects(values, name, problems):
    codes, cells = distinct(values)
    good = [isinstance(cell, numbers.Real) and not isinstance(cell, (bool, np.bool_))
            for cell in cells]
    table = np.array([float(cell) if fine else np.nan for cell, fine in zip(cells, good)]
                     + [np.nan])
    wrong = ~np.array(good + [True])
    problems.add(wrong[codes] & (codes >= 0), DataError,
                 "expected a number, found text or something else; name missing ones to "
                 "pandas.read_csv with na_values=['#NULL!']", name)
    return table[codes]


def _as_text(cell):
    """An id as text; None when it can be none."""
    if isinstance(cell, (int, np.integer)) and not isinstance(cell, (bool, np.bool_)):
        return str(int(cell))
    if not isinstance(cell, str) or any(ord(letter) < 0x20 for letter in cell) or "\x7f" in cell:
        return None
    return cell if cell.encode("utf-8", "ignore").decode() == cell else None


def texts(values, name, problems, required=True):
    """Ranks of ids in the order of their UTF-8 bytes (-1: missing), and the ids in that order."""
    codes, cells = distinct(values)
    found = [None if is_missing(cell) else _as_text(cell) for cell in cells]
    bad = np.array([text is None for text in found] + [False])
    if required:
        problems.add(codes < 0, FormatError, "expected an id, found none", name)
    problems.add(bad[codes] & (codes >= 0), FormatError,
                 "expected text without control characters, or whole numbers; read the file with "
                 f"dtype={{{name!r}: str}}", name)
    ids = sorted({text for text in found if text is not None})
    rank = {text: i for i, text in enumerate(ids)}
    ranks = np.array([rank.get(text, -1) for text in found] + [-1], dtype=np.int64)
    return ranks[codes], ids


def sessions(values, name, problems):
    """Session numbers as int64, -1 where missing."""
    found = reals(values, name, problems)
    gone = np.isnan(found)
    whole = np.where(gone | np.isinf(found), 0, found)
    problems.add((whole != np.floor(whole)) | (whole < 0) | (whole > 1e9), DataError,
                 "expected a whole number from 0 to 1000000000", name)
    return np.where(gone, -1, np.clip(whole, -1, 1e9)).astype(np.int64)


def _day(cell):
    """Days since 1970-01-01 to a date as text or a date object; None when it is neither."""
    if isinstance(cell, datetime.date):  # datetimes and pandas' timestamps are dates too
        cell = cell.isoformat()[:10]
    if not isinstance(cell, str) or "\0" in cell:
        return None
    day = ffi.new("double *")
    if lib.attune_date_parse(cell.encode("utf-8", "replace"), day) != lib.ATTUNE_OK:
        return None
    return day[0]


def days(values, name, problems):
    """Dates as days since 1970-01-01 in float64, NaN where missing."""
    if values.dtype.kind == "M":
        gone = np.isnat(values)
        found = values.astype("datetime64[D]").astype(np.int64).astype(np.float64)
        found[gone] = np.nan
        return found
    if values.dtype.kind == "f" and np.isnan(values).all():
        return np.full(len(values), np.nan)
    if values.dtype != object:
        raise FormatError("expected dates, as text (YYYY-MM-DD) or datetimes", column=name)
    codes, cells = distinct(values)
    found = [_day(cell) for cell in cells]
    bad = np.array([day is None for day in found] + [False])
    problems.add(bad[codes] & (codes >= 0), DataError, "expected a date as YYYY-MM-DD", name)
    return np.array([np.nan if day is None else day for day in found] + [np.nan])[codes]


def day_of(date, name):
    """One date, given as an argument, as days since 1970-01-01; NaN for None."""
    if date is None:
        return math.nan
    day = _day(date)
    if day is None:
        raise DataError("expected a date as YYYY-MM-DD, or a date object", column=name)
    return day


def items(frame):
    """The item columns of a frame: number from 1 to name."""
    found = {}
    for name in frame.names:
        digits = name[len(ITEM):]
        if name.startswith(ITEM) and digits.isascii() and digits.isdigit() and digits[0] != "0":
            if int(digits) > lib.ATTUNE_ITEMS_MAX:
                raise FormatError("expected item_1 to item_128", column=name)
            found[int(digits)] = name
    return found

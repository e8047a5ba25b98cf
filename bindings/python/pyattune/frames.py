# The few things that pyattune asks of a frame, for pandas, polars and pyarrow alike.
# SPDX-License-Identifier: MIT
import sys

import numpy as np
import pandas as pd

from pyattune.errors import ArgumentError, DuplicateError


class PandasFrame:
    """A pandas DataFrame. Results have a fresh RangeIndex."""

    def __init__(self, frame):
        self.frame = frame
        self.names = [name for name in frame.columns if isinstance(name, str)]
        self.rows = len(frame)

    def column(self, name):
        """The column as numpy array: a view on the frame's own memory where it is float64."""
        series = self.frame[name]
        dtype = series.dtype
        if getattr(dtype, "tz", None) is not None:
            series = series.dt.tz_localize(None)
        elif pd.api.types.is_extension_array_dtype(dtype):
            if pd.api.types.is_bool_dtype(dtype):
                return series.to_numpy(dtype=object)
            if pd.api.types.is_numeric_dtype(dtype) and not isinstance(dtype, pd.CategoricalDtype):
                if pd.api.types.is_integer_dtype(dtype) and not series.isna().any():
                    return series.to_numpy(dtype=np.int64)
                return series.to_numpy(dtype=np.float64, na_value=np.nan)
            return series.to_numpy(dtype=object)
        return series.to_numpy()

    @staticmethod
    def make(columns):
        """A new frame of the columns."""
        made = {name: pd.Series(values).where(pd.notna(values), np.nan)
                if values.dtype == object else values for name, values in columns.items()}
        return pd.DataFrame(made, copy=True)


class PolarsFrame:
    """A polars DataFrame."""

    def __init__(self, frame):
        self.frame = frame
        self.names = list(frame.columns)
        self.rows = frame.height

    def column(self, name):
        return self.frame.get_column(name).to_numpy()

    @staticmethod
    def make(columns):
        polars = sys.modules["polars"]
        return polars.DataFrame({name: plain(values) for name, values in columns.items()})


class ArrowFrame:
    """A pyarrow Table."""

    def __init__(self, frame):
        self.frame = frame
        self.names = list(frame.column_names)
        self.rows = frame.num_rows

    def column(self, name):
        return self.frame.column(name).to_numpy()

    @staticmethod
    def make(columns):
        pyarrow = sys.modules["pyarrow"]
        return pyarrow.table({name: plain(values) for name, values in columns.items()})


def plain(values):
    """Text as a list with None for missing; numbers as they are."""
    return values.tolist() if values.dtype == object else values


_KINDS = {"pandas": PandasFrame, "polars": PolarsFrame, "pyarrow": ArrowFrame}


def frame_of(frame):
    """The adapter of a frame; its library was imported by whoever made it."""
    for kind in type(frame).__mro__:
        adapter = _KINDS.get(kind.__module__.split(".")[0])
        if adapter and hasattr(frame, "columns"):
            found = adapter(frame)
            if len(set(found.names)) < len(found.names):
                raise DuplicateError("expected every column name once")
            return found
    raise ArgumentError("expected a pandas or polars DataFrame, or a pyarrow Table")

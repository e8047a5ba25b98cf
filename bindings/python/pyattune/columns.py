# Structs of the library as numpy arrays, and their described fields as columns of a result.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib

_FORMATS = {"double": "f8", "int32_t": "i4", "uint32_t": "u4", "uint64_t": "u8",
            "int64_t": "i8"}


def _format(kind):
    if kind.kind == "array":
        return f"({kind.length},){_format(kind.item)}"
    return "u8" if kind.kind == "pointer" else _FORMATS[kind.cname]


def _dtype(struct):
    """The struct's layout, as the compiler laid it out."""
    fields = [(name, field) for name, field in ffi.typeof(struct).fields]
    return np.dtype({"names": [name for name, _ in fields],
                     "formats": [_format(field.type) for _, field in fields],
                     "offsets": [field.offset for _, field in fields],
                     "itemsize": ffi.sizeof(struct)})


SCORE = _dtype("attune_score")
CHANGE = _dtype("attune_change")
CHANGE_SLOPE = _dtype("attune_change_slope")
EFFECT = _dtype("attune_change_effect")
TREND = _dtype("attune_trend")
MARK = _dtype("attune_mark")
TRACE = _dtype("attune_trace")
EPISODE = _dtype("attune_episode")
SILENCE = _dtype("attune_silence")
SUDDEN = _dtype("attune_sudden")
CHART = _dtype("attune_chart_point")
ESTIMATE = _dtype("attune_estimate")
CHANGEPOINT = _dtype("attune_changepoint")
RUNLENGTH = _dtype("attune_runlength")
PHASE = _dtype("attune_phase")
DYAD = _dtype("attune_dyad")
TERM = _dtype("attune_surface_term")
ALARM = _dtype("attune_alarm")
RUPTURE = _dtype("attune_rupture")
ASSOCIATION = _dtype("attune_association")

_STRUCTS = {SCORE: "attune_score", ESTIMATE: "attune_estimate",
            CHANGE: "attune_change", EFFECT: "attune_change_effect", TREND: "attune_trend",
            MARK: "attune_mark", TRACE: "attune_trace", EPISODE: "attune_episode",
            SILENCE: "attune_silence", SUDDEN: "attune_sudden", CHART: "attune_chart_point",
            CHANGEPOINT: "attune_changepoint", RUNLENGTH: "attune_runlength",
            PHASE: "attune_phase", DYAD: "attune_dyad",
            TERM: "attune_surface_term", ALARM: "attune_alarm", RUPTURE: "attune_rupture",
            ASSOCIATION: "attune_association"}


def room(dtype, n):
    """Zeroed room for n structs; the first one says its size, as the library asks."""
    array = np.zeros(n, dtype)
    if n:
        array["struct_size"][0] = dtype.itemsize
    return array


def pointer(array, kind=None):
    """The array's memory, in place: nothing is copied. NULL for None."""
    if array is None:
        return ffi.NULL
    return ffi.from_buffer((kind or _STRUCTS[array.dtype]) + "[]", array)


class Field:
    """One column of a result, as the library's field table describes it."""

    def __init__(self, row, members):
        self.name = ffi.string(row.name).decode()
        self.text = ffi.string(row.text).decode()
        self.type = row.type
        self.member = members[row.offset]
        self.names = None
        if row.names:
            self.names = [ffi.string(row.names[i]).decode() for i in range(row.name_count)]


def _fields(table, dtype):
    members = {dtype.fields[name][1]: name for name in dtype.names}
    count = ffi.new("size_t *")
    rows = table(count)
    return tuple(Field(rows[i], members) for i in range(count[0]))


SCORE_FIELDS = _fields(lib.attune_score_fields, SCORE)
CHANGE_FIELDS = _fields(lib.attune_change_fields, CHANGE)
CHANGE_DETAILS = _fields(lib.attune_change_details, CHANGE)
EFFECT_FIELDS = _fields(lib.attune_change_effect_fields, EFFECT)
TREND_FIELDS = _fields(lib.attune_trend_fields, TREND)
MARK_FIELDS = _fields(lib.attune_mark_fields, MARK)
TRACE_FIELDS = _fields(lib.attune_trace_fields, TRACE)
EPISODE_FIELDS = _fields(lib.attune_episode_fields, EPISODE)
SILENCE_FIELDS = _fields(lib.attune_silence_fields, SILENCE)
SUDDEN_FIELDS = _fields(lib.attune_sudden_fields, SUDDEN)
ESTIMATE_FIELDS = _fields(lib.attune_estimate_fields, ESTIMATE)
CHART_FIELDS = _fields(lib.attune_chart_fields, CHART)
CHANGEPOINT_FIELDS = _fields(lib.attune_changepoint_fields, CHANGEPOINT)
RUNLENGTH_FIELDS = _fields(lib.attune_runlength_fields, RUNLENGTH)
PHASE_FIELDS = _fields(lib.attune_phase_fields, PHASE)
DYAD_FIELDS = _fields(lib.attune_dyad_fields, DYAD)
TERM_FIELDS = _fields(lib.attune_surface_fields, TERM)
ALARM_FIELDS = _fields(lib.attune_alarm_fields, ALARM)
RUPTURE_FIELDS = _fields(lib.attune_rupture_fields, RUPTURE)
ASSOCIATION_FIELDS = _fields(lib.attune_association_fields, ASSOCIATION)


def words(codes, names):
    """The word of every code; None where there is none."""
    table = np.array([*names, None], dtype=object)
    known = (codes >= 0) & (codes < len(names))
    found = table[np.where(known, codes, len(names))]
    found[found == ""] = None
    return found


def _flags(bits, names):
    """Bits as words with blanks between; None where there are none."""
    distinct, inverse = np.unique(bits, return_inverse=True)
    texts = [" ".join(name for i, name in enumerate(names) if bit >> i & 1) or None
             for bit in distinct.tolist()]
    return np.array([*texts, None], dtype=object)[inverse]


def _texts(addresses):
    """Static strings of the library; None for NULL."""
    distinct, inverse = np.unique(addresses, return_inverse=True)
    texts = [ffi.string(ffi.cast("char *", address)).decode() if address else None
             for address in distinct.tolist()]
    return np.array([*texts, None], dtype=object)[inverse]


def counts(values):
    """Whole numbers, negative ones missing: int64, or float64 with NaN where any is missing."""
    wide = values.astype(np.int64)
    if (wide >= 0).all():
        return wide
    return np.where(wide < 0, np.nan, wide)


def column(field, array):
    """The field's column of an array of structs."""
    values = array[field.member]
    if field.type == lib.ATTUNE_FIELD_REAL:
        return np.ascontiguousarray(values)
    if field.type == lib.ATTUNE_FIELD_COUNT:
        return counts(values)
    if field.type == lib.ATTUNE_FIELD_CODE:
        return words(values, field.names or [])
    if field.type == lib.ATTUNE_FIELD_FLAGS:
        return _flags(values, field.names)
    return _texts(values)

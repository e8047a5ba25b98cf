# What is known of each measure of a frame: its scale, and what the caller puts in its place.
# SPDX-License-Identifier: MIT
import math
import sys
import warnings

import numpy as np

from pyattune._attune import ffi, lib
from pyattune.catalogue import find_scale, text, why_undescribed
from pyattune.errors import MissingConstant, OptionError, ScaleWarning, check

_HIGHER = {"better": lib.ATTUNE_HIGHER_BETTER, "worse": lib.ATTUNE_HIGHER_WORSE}
_CHANGE = ("sd", "reliability")
_NORMS = ("functional_mean", "functional_sd", "clinical_mean", "clinical_sd")
NUMBERS = ("within_sd", "sd", "reliability", "functional_mean", "functional_sd", "clinical_mean",
           "clinical_sd")


def number(name, value):
    """An option that is a number; None is not given, NaN for the library."""
    if value is None:
        return math.nan
    try:
        found = float(value)
    except (TypeError, ValueError):
        raise OptionError("expected a number", column=name) from None
    if not math.isfinite(found):
        raise OptionError("expected a finite number", column=name)
    return found


def word(name, value, table):
    """An option that is one of a few words."""
    if value not in table:
        raise OptionError(f"expected one of {', '.join(map(repr, table))}", column=name)
    return table[value]


def session(name, value):
    """An option that is a session's number."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < 0:
        raise OptionError("expected a session number", column=name)
    return int(value)


class Given:
    """What the caller says of every measure: scales=, higher=, within_sd=, sd= and so on."""

    def __init__(self, scales=None, higher=None, response=None, **numbers):
        self.scales = scales
        self.response = response
        self.higher = 0 if higher is None else word("higher", higher, _HIGHER)
        self.numbers = {name: number(name, value) for name, value in numbers.items()}

    def fill(self, id, measure):
        """Fill an atn_measure."""
        constants = measure.constants
        constants.struct_size = ffi.sizeof("attune_constants")
        measure.scale = find_scale(id, self.scales)
        check(lib.attune_scale_constants(measure.scale, ffi.addressof(measure, "constants")))
        measure.direction_known = bool(measure.scale) or self.higher != 0
        if not measure.scale and self.higher:
            constants.direction = self.higher
        for name, value in self.numbers.items():
            if not math.isnan(value):
                setattr(constants, name, value)
        self._replace(constants)
        if self.response is not None and self.response.measure == id:
            constants.response = self.response.model()
        warn_caveats(id, measure.scale, ffi.addressof(constants) if self.numbers else ffi.NULL)

    def _replace(self, constants):
        """A clinic's own figures: what they replace is not in doubt any longer."""
        given = {name for name, value in self.numbers.items() if not math.isnan(value)}
        if "within_sd" in given:
            _settle(constants, lib.ATTUNE_CONSTANT_WITHIN_SD)
        if given.intersection(_CHANGE):
            constants.change_threshold = math.nan  # the formula decides, not the published figure
        if given.intersection(_NORMS):
            constants.cutoff = math.nan  # computed from the norms, not the published one
        if given.issuperset(_CHANGE):
            _settle(constants, lib.ATTUNE_CONSTANT_CHANGE)


def _settle(constants, bit):
    for name in ("provisional", "unconfirmed", "withheld"):
        setattr(constants, name, getattr(constants, name) & ~bit & 0xFFFFFFFF)


def caveat(scale, constants, kind):
    """What one kind of caveat says of a scale; "" for nothing."""
    size = lib.attune_scale_caveat(scale, constants, kind, ffi.NULL, 0) + 1
    said = ffi.new("char[]", size)
    lib.attune_scale_caveat(scale, constants, kind, said, size)
    return ffi.string(said).decode()


_MUST = (lib.ATTUNE_CAVEAT_LICENSED, lib.ATTUNE_CAVEAT_UNCONFIRMED, lib.ATTUNE_CAVEAT_PROVISIONAL,
         lib.ATTUNE_CAVEAT_CONSTANTS_UNCONFIRMED)


def warn_caveats(id, scale, constants=ffi.NULL):
    """Name a measure whose use has to be named; constants: those that reach the result."""
    for said in (caveat(scale, constants, kind) for kind in _MUST):
        if said:
            warnings.warn(f"measure {id}: {said}", ScaleWarning, stacklevel=_outside())


class Measures:
    """The atn_measure of every measure of some courses."""

    def __init__(self, courses, given):
        self.ids = courses.forms.measures
        self.c = ffi.new("atn_measure[]", max(len(self.ids), 1))
        self._courses = courses
        self._scales = given.scales
        self._response = given.response  # its model is pointed to until the last scan
        for i, id in enumerate(self.ids):
            given.fill(id, self.c[i])

    def name(self, i):
        """How a message calls a measure: by its id when it is a scale's, else by a row."""
        if self.c[i].scale:
            return f"measure {self.ids[i]}"
        forms = self._courses.forms
        return f"the measure of row {int(np.argmax(forms.measure == i))}"

    def warn(self, i, said):
        warnings.warn(f"{self.name(i)}: {said}", MissingConstant, stacklevel=_outside())

    def warn_directions(self):
        for i in range(len(self.ids)):
            if not self.c[i].direction_known:
                self.warn(i, why_undescribed(self.ids[i], self._scales))

    def warn_lacks(self, plan):
        """Say which rules of the plan can never answer, and what helps."""
        for i in range(len(self.ids)):
            constants = self.c[i].constants
            missing = _missing(constants)
            for bit, what in _LACKS.items():
                rules = [text(info.id) for info in plan.infos if info.needs & missing & bit
                         and info.constructs >> constants.construct & 1]
                if rules and self.c[i].direction_known:
                    self.warn(i, f"{', '.join(rules)}: without {what}, no mark can be made")


_LACKS = {
    lib.ATTUNE_CONSTANT_WITHIN_SD: "a within-person SD (within_sd=)",
    lib.ATTUNE_CONSTANT_SEM: "a standard error of measurement (a scale in scales=)",
    lib.ATTUNE_CONSTANT_CHANGE: "a reliable change (sd= and reliability=)",
    lib.ATTUNE_CONSTANT_CUTOFF: "a clinical cut-off (a scale in scales=)",
    lib.ATTUNE_CONSTANT_RESPONSE: "a norm of expected response (response=)",
}


def _missing(c):
    """The constants that are not known, as bits."""
    change = c.change_threshold > 0 or c.sd * math.sqrt(1 - min(c.reliability, 1)) > 0
    return ((0 if c.within_sd > 0 else lib.ATTUNE_CONSTANT_WITHIN_SD)
            | (0 if c.sem > 0 else lib.ATTUNE_CONSTANT_SEM)
            | (0 if change else lib.ATTUNE_CONSTANT_CHANGE)
            | (lib.ATTUNE_CONSTANT_CUTOFF if math.isnan(c.cutoff) else 0)
            | (0 if c.response else lib.ATTUNE_CONSTANT_RESPONSE))


def _outside():
    """How many calls up the caller of the package stands: warnings point there."""
    level, frame = 1, sys._getframe(1)
    while frame and frame.f_globals.get("__name__", "").split(".")[0] == "pyattune":
        level, frame = level + 1, frame.f_back
    return level

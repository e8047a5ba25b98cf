# The other signals of a monitor: whose forms they are, and the watch that hears them.
# SPDX-License-Identifier: MIT
from pyattune._attune import ffi, lib
from pyattune.catalogue import band_labels, find_scale
from pyattune.errors import ArgumentError, OptionError, UnknownError, check, new_error

_RATERS = {"own": lib.ATTUNE_RATER_CLIENT, "therapist": lib.ATTUNE_RATER_THERAPIST,
           "distress": lib.ATTUNE_RATER_CLIENT}
_ROLES = {"therapist": lib.ATTUNE_ROLE_THERAPIST, "distress": lib.ATTUNE_ROLE_DISTRESS}


def describe_measure(given, id, column):
    """The atn_measure of a measure that may be followed."""
    if not isinstance(id, str) or not (find_scale(id, given.scales) or given.higher):
        raise UnknownError("no scale describes this measure; pyattune.scales() lists them, "
                           "higher='better' or 'worse' allows others", column=column)
    about = ffi.new("atn_measure *")
    given.fill(id, about)
    return about


class Company:
    """A measure with its companions, and the watch that the library makes of them for a plan."""

    def __init__(self, plan, given, measure, therapist=None, distress=None, subscales=False):
        self._about = {"own": describe_measure(given, measure, "measure")}
        for name, id in (("therapist", therapist), ("distress", distress)):
            if id is not None:
                self._about[name] = self._about["own"] if id == measure \
                    else describe_measure(given, id, name)
        self.scale = self._about["own"].scale
        self._subscales = band_labels(self.scale)[1] if subscales else []
        if subscales and not self._subscales:
            raise OptionError("the measure has no subscales", column="subscales")
        self._make_watch(plan)
        if plan.listens:
            self._check()

    def _make_watch(self, plan):
        """What attune_company_push makes of such courses before their first session."""
        series = ffi.new("attune_series *", {"struct_size": ffi.sizeof("attune_series")})
        columns = ffi.new("double *[]", max(len(self._subscales), 1))
        courses = ffi.new("attune_course[]", len(self._about))
        for course, (name, about) in zip(courses, self._about.items()):
            course.struct_size, course.rater = ffi.sizeof("attune_course"), _RATERS[name]
            course.constants, course.series = ffi.addressof(about, "constants"), series
        courses[0].scale, courses[0].subscales = self.scale, columns
        courses[0].n_subscales = len(self._subscales)
        together = ffi.new("attune_together *", {"struct_size": ffi.sizeof("attune_together")})
        self._keep, err = plan.company(), new_error()
        check(lib.attune_company_push(self._keep, courses, len(courses), 0, together, err), err)
        self.watch = together.watch
        self._names, subscales = [], iter(self._subscales)
        while (role := lib.attune_watch_companion(self.watch, len(self._names))) >= 0:
            name = next((name for name, code in _ROLES.items() if code == role), None)
            self._names.append(name or next(subscales))

    def _check(self):
        for name in self._about.keys() - {"own", *self._names}:
            raise OptionError("expected an alliance measure of the therapist, a distress measure "
                              "of the client, beside a measure that is not of distress",
                              column=name)

    def said(self, read, therapist, distress, subscales):
        """What the companions said at a session, in the order of the watch."""
        values = {name: read(value, name) for name, value in
                  (("therapist", therapist), ("distress", distress))}
        for name in values:
            if name not in self._about and values[name] == values[name]:
                raise ArgumentError("the monitor was not told of such forms", column=name)
        for id, value in dict(subscales or {}).items():
            if id not in self._subscales:
                raise ArgumentError("expected subscales of the measure, of a monitor with "
                                    "subscales=True", column="subscales")
            values[id] = read(value, "subscales")
        nothing = float("nan")
        return ffi.new("double[]", [values.get(name, nothing) for name in self._names])

# Client and therapist on one axis: bias, congruence, truth force, response surface.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib
from pyattune.catalogue import describe
from pyattune.columns import DYAD, DYAD_FIELDS, TERM, TERM_FIELDS, column, pointer, room
from pyattune.constants import Given, Measures
from pyattune.courses import RATERS, Courses
from pyattune.errors import NumericError, OptionError, TooFewError, check, expected, new_error

_CLIENT, _THERAPIST = RATERS.index("client"), RATERS.index("therapist")
_TWIN = "-t"  # how a therapist's form of its own is called: wai-36-t
_AXES = ("points", "share")
_MISSING = {_CLIENT: "no form of the client's", _THERAPIST: "no form of the therapist's"}
_ALL = {lib.ATTUNE_DYAD_MIXED: "all of them, by the truth-and-bias model",
        lib.ATTUNE_DYAD_ROBUST: "all of them, by least squares with cluster-robust errors"}


class _Pairing:
    """Two forms that are compared, and how; client and therapist are places among the measures."""

    def __init__(self, courses, client, therapist):
        self.client, self.therapist = client, therapist
        self.axis, err = ffi.new("attune_axis *"), new_error()
        self.axis.struct_size = ffi.sizeof("attune_axis")
        measures, ids = courses.measures, courses.forms.measures
        constants = [ffi.addressof(measures.c[i], "constants") for i in (client, therapist)]
        self.usable = lib.attune_axis_of(*constants, self.axis, err) == lib.ATTUNE_OK
        if not self.usable:
            measures.warn(therapist, expected(err))
        self.names = ids[client], ids[therapist], _AXES[self.axis.unit]
        self.pairs = 0

    def centre(self, courses):
        """The middle of the range that both are on; NaN: their common mean."""
        c = courses.measures.c[self.client].constants
        return .5 if self.axis.unit == lib.ATTUNE_AXIS_SHARE else (c.score_min + c.score_max) / 2


class _Dyad:
    """One client on one measure: its course, which forms are compared, and the pairs."""

    def __init__(self, course, measure, pairing=None, missing=None):
        self.course, self.measure, self.pairing, self.missing = course, measure, pairing, missing
        self.client = self.therapist = np.zeros(0)
        self.outcome = np.nan

    def pair(self, courses, other):
        """Takes the sessions that both completed."""
        rows = [slice(int(courses.starts[g]), int(courses.starts[g + 1]))
                for g in (self.course, other)]
        columns = []
        for span in rows:
            columns += [pointer(courses.session[span], "int32_t"),
                        pointer(courses.score[span], "double"), span.stop - span.start]
        most = min(columns[2], columns[5])
        made, count, err = np.zeros((2, most)), ffi.new("size_t *"), new_error()
        check(lib.attune_dyad_pair(self.pairing.axis, *columns, ffi.NULL,
                                   pointer(made[0], "double"), pointer(made[1], "double"), most,
                                   count, err), err)
        self.client, self.therapist = made[0, :count[0]].copy(), made[1, :count[0]].copy()
        self.pairing.pairs += count[0]

    def fit(self):
        """The struct's row of this dyad, all missing where there is no pair."""
        found = _nothing()
        if len(self.client):
            fitted = room(DYAD, 1)
            status = lib.attune_dyad_fit(pointer(self.client, "double"),
                                         pointer(self.therapist, "double"), len(self.client),
                                         pointer(fitted), ffi.NULL)
            found = fitted if status == lib.ATTUNE_OK else found
        return found

    def note(self, found):
        if self.missing is not None:
            return _MISSING[self.missing]
        if not found["n"][0]:
            return ("the ratings are too large" if len(self.client)
                    else "no session that both completed")
        if found["n"][0] < 3:
            return "fewer than three sessions that both completed"
        if np.isnan(found["force"][0]):
            return "the client's ratings are all equal"
        return "the therapist's ratings are all equal" if np.isnan(found["congruence"][0]) else None


def _nothing():
    found = room(DYAD, 1)
    for name in DYAD.names:
        if found[name].dtype == np.float64:
            found[name] = np.nan
    found["model"] = -1
    return found


class _Gathered:
    """Every dyad of a frame, in the order of its courses."""

    def __init__(self, courses, measure, partner, outcome):
        self.courses, self.measure, self.partner = courses, measure, partner
        self.ids = courses.forms.measures
        self.pairings, self.dyads = {}, []
        client = courses.take(courses.forms.client)[courses.first]
        edges = np.flatnonzero(np.r_[True, client[1:] != client[:-1], True]) if len(client) else [0]
        for start, end in zip(edges[:-1], edges[1:]):
            self._take(range(start, end), outcome)

    def base(self, g):
        """The id of the client's form that a course belongs to."""
        id = self.ids[self.courses.measure[g]]
        if self.courses.rater[g] != _THERAPIST:
            return id
        if self.partner is not None:
            return self.measure if id == self.partner else None
        scale = self.courses.measures.c[int(self.courses.measure[g])].scale
        info = describe(lib.attune_scale_describe, "attune_scale_info", scale) if scale else None
        twin = info and info.rater == lib.ATTUNE_RATER_THERAPIST and id.endswith(_TWIN)
        return id[:-len(_TWIN)] if twin and len(id) > len(_TWIN) else id

    def _take(self, places, outcome):
        """One client: a client's course brings its partner, a therapist's may stand alone."""
        change = self._outcome(places, outcome)
        for g in places:
            base, rater = self.base(g), self.courses.rater[g]
            if rater not in _MISSING or base is None or self.measure not in (None, base):
                continue
            other = _THERAPIST if rater == _CLIENT else _CLIENT
            partners = [h for h in places
                        if self.courses.rater[h] == other and self.base(h) == base]
            same = [h for h in partners if self.courses.measure[h] == self.courses.measure[g]]
            if rater == _CLIENT and partners:
                self._add(g, (same or partners[-1:])[0], base, change)
            elif not partners:
                self.dyads.append(_Dyad(g, base, missing=other))

    def _add(self, g, h, base, change):
        key = int(self.courses.measure[g]), int(self.courses.measure[h])
        if key not in self.pairings:
            self.pairings[key] = _Pairing(self.courses, *key)
        dyad = _Dyad(g, base, self.pairings[key])
        dyad.outcome = change
        self.dyads.append(dyad)
        if dyad.pairing.usable:
            dyad.pair(self.courses, h)

    def _outcome(self, places, outcome):
        """Last less first completed score of the outcome, by the client."""
        for g in places:
            if (self.courses.rater[g] == _CLIENT
                    and self.ids[self.courses.measure[g]] == outcome):
                score = self.courses.score[int(self.courses.starts[g]):
                                           int(self.courses.starts[g + 1])]
                score = score[~np.isnan(score)]
                return score[-1] - score[0] if len(score) > 1 else np.nan
        return np.nan

    def pairing_of(self, dyad):
        """Of a measure that nobody's therapist rates there is nothing to say."""
        for pairing in self.pairings.values():
            if (dyad.pairing in (None, pairing) and pairing.pairs
                    and pairing.names[0] == dyad.measure):
                return pairing
        return None

    def of(self, pairing):
        return [d for d in self.dyads if d.pairing is pairing and len(d.client)]


def _pool(dyads):
    """The struct's row of all dyads of a pairing; None where there is none."""
    starts = np.r_[0, np.cumsum([len(d.client) for d in dyads])].astype(np.uint64)
    columns = [np.concatenate([np.zeros(0), *(getattr(d, name) for d in dyads)])
               for name in ("client", "therapist")]
    found, n = room(DYAD, 1), len(columns[0])
    size = lib.attune_dyads_work(len(dyads), n)
    status = lib.attune_dyads_fit(pointer(starts, "uint64_t"), len(dyads),
                                  *(pointer(c, "double") for c in columns), n,
                                  ffi.new("char[]", size), size, pointer(found), ffi.NULL)
    return found if status == lib.ATTUNE_OK else None


def _frame(courses, client, names, found, notes):
    made = {"client": client}
    for name, values in zip(("measure", "partner", "axis"), zip(*names) if names else [()] * 3):
        made[name] = np.array(values, dtype=object)
    table = np.concatenate([np.zeros(0, DYAD), *found])
    for field in DYAD_FIELDS:
        made[field.name] = column(field, table)
    made["note"] = np.array(notes, dtype=object)
    return courses.make(made)


def _dyads(gathered):
    courses, ids, names, found, notes = gathered.courses, [], [], [], []
    for dyad in gathered.dyads:
        pairing = gathered.pairing_of(dyad)
        if pairing is not None:
            fitted = dyad.fit()
            ids.append(dyad.course)
            names.append(pairing.names)
            found.append(fitted)
            notes.append(dyad.note(fitted))
    client = courses.identity(np.array(ids, dtype=np.int64))["client"].astype(object)
    for pairing in gathered.pairings.values():
        pooled = _pool(gathered.of(pairing))
        if pooled is not None:
            client = np.append(client, np.array([None], dtype=object))
            names.append(pairing.names)
            found.append(pooled)
            notes.append(_ALL[int(pooled["model"][0])])
    return _frame(courses, client, names, found, notes)


def _terms(gathered, pairing):
    """The surface of one pairing and its terms; None, with a warning, where there is none."""
    dyads = gathered.of(pairing)
    fits = np.concatenate([room(DYAD, 0), *(d.fit() for d in dyads)])
    fits, outcome = fits[fits["n"] > 0], np.array([d.outcome for d in dyads], np.float64)
    data = [np.ascontiguousarray(fits["client_mean"]), np.ascontiguousarray(fits["therapist_mean"]),
            outcome]
    surface, err = ffi.new("attune_surface *"), new_error()
    surface.struct_size = ffi.sizeof("attune_surface")
    size = lib.attune_surface_work(len(outcome))
    try:
        check(lib.attune_surface_fit(*(pointer(c, "double") for c in data), len(outcome),
                                     pairing.centre(gathered.courses), ffi.new("char[]", size),
                                     size, surface, err), err)
    except (TooFewError, NumericError):
        gathered.courses.measures.warn(pairing.client, expected(err))
        return None
    terms = room(TERM, lib.ATTUNE_SURFACE_TERMS)
    check(lib.attune_surface_terms(surface.b, surface.b_cov, surface.df, pointer(terms),
                                   len(terms), err), err)
    return surface, terms


def _surfaces(gathered, outcome):
    start = {name: [] for name in ("measure", "partner", "axis", "outcome", "n", "centre")}
    parts = [np.zeros(0, TERM)]
    for pairing in gathered.pairings.values():
        found = _terms(gathered, pairing) if pairing.pairs else None
        if found is None:
            continue
        surface, terms = found
        for name, cell in zip(start, (*pairing.names, outcome, surface.n, surface.centre)):
            start[name] += [cell] * len(terms)
        parts.append(terms)
    kinds = {"n": np.int64, "centre": np.float64}
    made = {name: np.array(cells, dtype=kinds.get(name, object)) for name, cells in start.items()}
    table = np.concatenate(parts)
    for field in TERM_FIELDS:
        made[field.name] = column(field, table)
    return gathered.courses.make(made)


def raters(scored, measure=None, partner=None, outcome=None, higher=None, scales=None):
    """Client and therapist on one axis: one row a client and measure that both rate.

    scored:   as for trend, with a column rater.
    measure:  only this one of the client's forms.
    partner:  the therapist's form to compare it with; None: the same measure, or the one called
              as it is with -t at the end (wai-36 and wai-36-t).
    outcome:  a measure by the client: the response surface of its change instead.
    higher, scales: as for change.

    Returns a new frame of the same kind with the columns of `attune raters`: client (None: all
    of them, by the truth-and-bias model), measure, partner, axis ("points", or "share" of two
    ranges that differ), dyads, n (sessions that both completed), client_mean, therapist_mean,
    bias (therapist less client) with bias_se and 95 % limits bias_low and bias_high, congruence
    (their correlation over sessions) with limits, truth_force (how far the therapist goes along
    when the client moves by one) with truth_force_se and limits, bias_sd, truth_force_sd and
    bias_truth_force_r (between dyads), residual_sd, model, note.

    With outcome: one row a term of the response surface of its change from first to last form:
    measure, partner, axis, outcome, n, centre, term (b0 to b5, a1 to a5, x0, y0), value, se, t,
    p, low, high.

    Warns (MissingConstant) of forms that have no axis in common, and where no surface can be
    had. Raises OptionError, and as change.
    """
    if partner is not None and measure in (None, partner):
        raise OptionError("expected measure= and another partner=", column="partner")
    given = Given(scales, higher)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    gathered = _Gathered(courses, measure, partner, outcome)
    return _dyads(gathered) if outcome is None else _surfaces(gathered, outcome)

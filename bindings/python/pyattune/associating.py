# Alliance and outcome on a clinic's own forms: associations within clients, between and later.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib
from pyattune.columns import ASSOCIATION, ASSOCIATION_FIELDS, column, pointer, room
from pyattune.constants import Given, Measures, word
from pyattune.courses import RATERS, Courses
from pyattune.errors import CountError, OptionError, check, new_error

_METHODS = {"ml": 0, "reml": 1}
_CODES = {name: i for i, name in enumerate(RATERS)}


class _Side:
    """One side of the question: a measure and whose forms; id None: the only one of its kind."""

    def __init__(self, name, given, rater, construct):
        self.name, self.construct, self.named = name, construct, given is not None
        self.id, self.rater = None, word("rater", rater, _CODES)
        if self.named:
            if not isinstance(given, str) or not given:
                raise OptionError("expected the id of a measure, or id:rater", column=name)
            self.id, colon, whose = given.partition(":")
            if colon:
                self.rater = word(name, whose, _CODES)

    def courses(self, all_courses, others):
        """The numbers of its courses; finds out which measure it is."""
        ids, c = all_courses.forms.measures, all_courses.measures.c
        if not self.named:
            taken = {(side.id, side.rater) for side in others if side.named}
            found = sorted({ids[all_courses.measure[g]] for g in range(all_courses.count)
                            if all_courses.rater[g] == self.rater
                            and c[int(all_courses.measure[g])].scale
                            and c[int(all_courses.measure[g])].constants.construct
                            == self.construct} - {id for id, r in taken if r == self.rater})
            if len(found) > 1:
                raise OptionError("expected its name where the frame has more than one such "
                                  "measure", column=self.name)
            self.id = found[0] if found else None
        mine = [g for g in range(all_courses.count) if all_courses.rater[g] == self.rater
                and ids[all_courses.measure[g]] == self.id]
        if not mine:
            raise CountError("expected forms of such a measure by that rater", column=self.name)
        return mine

    def text(self):
        return f"{self.id}:{RATERS[self.rater]}"


def _rows(courses, sides):
    """One row a client and session of any side: starts, sessions, and scores of each side."""
    client = courses.take(courses.forms.client)
    places = []
    for side, of in sides:
        for g in of:
            rows = np.arange(int(courses.starts[g]), int(courses.starts[g + 1]))
            places.append(np.column_stack((client[rows], courses.session[rows],
                                           np.full(len(rows), side), rows)))
    places = np.concatenate(places)
    keys, where = np.unique(places[:, :2], axis=0, return_inverse=True)
    scores = []
    for side, _ in sides:
        mine = places[:, 2] == side
        score = np.full(len(keys), np.nan)
        score[where.ravel()[mine]] = courses.score[places[mine, 3]]
        scores.append(score)
    first = np.flatnonzero(np.r_[True, keys[1:, 0] != keys[:-1, 0]])
    return (np.append(first, len(keys)).astype(np.uint64), keys[:, 1].astype(np.int32), scores)


def _direction(courses, side):
    """Which way of a side's measure is good; 0: nobody says."""
    c = courses.measures.c[courses.forms.measures.index(side.id)]
    return c.constants.direction if c.direction_known else 0


def _options(courses, sides, early, method):
    how = ffi.new("attune_associate_options *")
    how.struct_size = ffi.sizeof("attune_associate_options")
    how.early, how.reml = early, word("method", method, _METHODS)
    usual = (lib.ATTUNE_HIGHER_BETTER, lib.ATTUNE_HIGHER_WORSE, lib.ATTUNE_HIGHER_BETTER)
    known = [_direction(courses, side) for side in sides]
    if len(sides) > 2 and 0 in known:
        raise OptionError("expected 'better' or 'worse': signs are turned so that + is better",
                          column="higher")
    found = [way or other for way, other in zip(known + [0], usual)]
    how.alliance_direction, how.outcome_direction, how.technique_direction = found
    return how


def _fit(how, starts, session, scores):
    sessions = ffi.new("attune_sessions *")
    sessions.struct_size = ffi.sizeof("attune_sessions")
    sessions.n_clients, sessions.n_rows = len(starts) - 1, len(session)
    keep = [pointer(starts, "uint64_t"), pointer(session, "int32_t"),
            *(pointer(score, "double") for score in scores)]
    sessions.starts, sessions.session, sessions.alliance, sessions.outcome = keep[:4]
    sessions.technique = keep[4] if len(keep) > 4 else ffi.NULL
    size = lib.attune_associate_work(sessions.n_clients, sessions.n_rows)
    work, count, err = ffi.new("char[]", size), ffi.new("size_t *"), new_error()
    found = room(ASSOCIATION, lib.ATTUNE_ASSOCIATIONS_MAX)
    check(lib.attune_associate_fit(how, sessions, work, size, pointer(found), len(found), count,
                                   err), err)
    return found[:count[0]]


def associate(scored, alliance=None, outcome=None, against=None, early=3, rater="client",
              method="reml", higher=None, scales=None):
    """What alliance and outcome have to do with each other: one row a figure.

    scored:   as for trend.
    alliance, outcome: ids of the measures, or "id:rater"; None: the frame's only alliance measure
              and its only distress measure. against: a second measure for the same outcome.
    early:    the last session of the early ones.
    rater:    whose forms of alliance and against; the outcome's are the client's.
    method:   "reml" or "ml". higher, scales: as for score.

    Returns a new frame of the same kind with the columns of `attune associate`: part, direction,
    statistic, estimate, se, low, high, df, p, n, clients, reason, alliance, outcome, against.
    attune/associate.h says what each figure is. All are associations: none says what causes what.

    Raises OptionError, CountError; TooFewError when no session has both forms; as score does.
    """
    if not isinstance(early, (int, np.integer)) or not 1 <= early <= 1000000:
        raise OptionError("expected a session number from 1 on", column="early")
    sides = [_Side("alliance", alliance, rater, lib.ATTUNE_CONSTRUCT_ALLIANCE),
             _Side("outcome", outcome, "client", lib.ATTUNE_CONSTRUCT_DISTRESS)]
    if against is not None:
        sides.append(_Side("against", against, rater, lib.ATTUNE_CONSTRUCT_OTHER))
    given = Given(scales, higher)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    of = [(i, side.courses(courses, [s for s in sides if s is not side]))
          for i, side in enumerate(sides)]
    found = _fit(_options(courses, sides, int(early), method), *_rows(courses, of))
    columns = {field.name: column(field, found) for field in ASSOCIATION_FIELDS}
    names = [side.text() for side in sides] + [None]
    for name, text in zip(("alliance", "outcome", "against"), names):
        columns[name] = np.array([text] * len(found), dtype=object)
    return courses.make(columns)

# A clinic's courses of one measure by one rater below each other, and watches of them.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib
from pyattune.columns import pointer
from pyattune.errors import check, new_error


class Clinic:
    """Chosen courses, as the library reads them: (starts, courses, session, score)."""

    def __init__(self, courses, of):
        start, end = (courses.starts[of + i].astype(np.int64) for i in (0, 1))
        rows = np.concatenate([np.arange(a, b) for a, b in zip(start, end)])
        self.starts = np.append(0, np.cumsum(end - start)).astype(np.uintp)
        self.session = np.ascontiguousarray(courses.session[rows])
        self.score = np.ascontiguousarray(courses.score[rows])
        length = courses.session[end - 1].astype(np.int64) - courses.session[start] + 1
        self.lengths = np.minimum(length, lib.ATTUNE_WORLD_SESSIONS_MAX).astype(np.int32)

    def arguments(self):
        """What calls over a clinic take; the pointers live as long as this."""
        return (pointer(self.starts, "size_t"), len(self.lengths),
                pointer(self.session, "int32_t"), pointer(self.score, "double"))


def watch_of(constants, choices, n):
    """An attune_watch, freed with the object that is returned."""
    out, err = ffi.new("attune_watch **"), new_error()
    check(lib.attune_watch_new(out, constants, choices, n, ffi.NULL, err), err)
    return ffi.gc(out[0], lib.attune_watch_free)

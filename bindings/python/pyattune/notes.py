# What has to be said of the scales that results were made with, one row a sentence.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib
from pyattune.catalogue import find_scale
from pyattune.constants import caveat
from pyattune.courses import Forms
from pyattune.errors import check

# Everything but the short form of the reports' foot.
_KINDS = range(lib.ATTUNE_CAVEAT_MADE_WITH)


def notes(forms, scales=None):
    """What has to be said of the measures of a frame, beside any result made from it.

    forms:  any frame with the columns of a forms file, scored or not.
    scales: a clinic's own, from load_scales.

    Returns a new frame of the same kind with the columns measure and note, by measure:
    demonstration, licensed, unconfirmed or provisional measures, constants that are unconfirmed,
    derived or withheld, the set that they are of, whose norms they are, and the SHA-256 of the
    measure's file, as `attune change --json` ends with. A measure that no scale describes
    has none.
    """
    read = Forms(forms)
    read.problems.finish()
    constants = ffi.new("attune_constants *")
    found = []
    for id in read.measures:
        scale = find_scale(id, scales)
        constants.struct_size = ffi.sizeof("attune_constants")
        check(lib.attune_scale_constants(scale, constants))
        said = (caveat(scale, constants, kind) for kind in _KINDS)
        found += [(id, f"{text}.") for text in said if text]
    return read.frame.make({
        "measure": np.array([id for id, _ in found], dtype=object),
        "note": np.array([text for _, text in found], dtype=object)})

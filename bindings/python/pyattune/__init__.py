# pyattune: scores alliance and distress questionnaires and flags possible alliance ruptures.
# SPDX-License-Identifier: MIT
"""Alliance and distress questionnaires, scored session by session.

    import pandas as pd, pyattune as at
    forms = pd.read_csv(at.example("clinic.csv"))
    scored = at.score(forms)
    at.trend(scored); at.change(scored); at.marks(scored); at.episodes(scored)
    at.sudden(scored); at.chart(scored); at.changepoints(scored)
    at.runlength(scored); at.phases(scored, at_session=4)
    forms, ruptures = at.simulate("default"); at.alarms()
    usual, rules = at.learn(scored, "demo-alliance"); at.marks(scored, rules=rules)
    at.associate(scored, "demo-alliance", "core-10")

Frames go in and new frames of the same kind come out, in the same order and with the same
figures, to the bit, as the command `attune` gives. Nothing is printed and nothing is remembered
between calls; batch calls let other threads run. Marks are prompts for a conversation: they name
possible ruptures, and no diagnosis or risk.
"""
import os

from pyattune._attune import ffi, lib
from pyattune.associating import associate
from pyattune.catalogue import rules, scales
from pyattune.changing import change, group_change
from pyattune.charting import changepoints, chart, runlength
from pyattune.psychometrics import estimate
from pyattune.person import Client, client
from pyattune.errors import (AcceptError, ArgumentError, ConstantError, CountError, DataError,
                             DuplicateError, Error, FileError, FormatError, LayoutError,
                             MissingConstant, NumericError, OptionError, OrderError,
                             OutOfMemoryError, ScaleWarning, TooFewError, UnknownError,
                             UnsupportedError)
from pyattune.learning import learn
from pyattune.monitor import Mark, Monitor, Trace
from pyattune.notes import notes
from pyattune.phasing import phases
from pyattune.raters import raters
from pyattune.response import Norm, load_response, response_fit
from pyattune.rulesets import Rules, load_rules
from pyattune.safety import safety
from pyattune.scalefiles import Scales, check_scales, load_scales
from pyattune.scan import episodes, marks, silence, trace
from pyattune.scoring import score
from pyattune.service import service
from pyattune.simulating import alarms, simulate
from pyattune.sudden import sudden
from pyattune.trending import trend, trend_lines

__version__ = ffi.string(lib.attune_version_text()).decode()


def example(name):
    """The path of a bundled example file, "clinic.csv": a synthetic clinic, no real person.

    Raises UnknownError when there is no such file.
    """
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
    known = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    if name not in known:
        raise UnknownError(f"expected one of {', '.join(known) or '(none bundled)'}",
                           column="name")
    return os.path.join(folder, name)


# Public is what the imports above bring in, and example.
__all__ = sorted(name for name, value in globals().items()
                 if getattr(value, "__module__", "").startswith("pyattune"))

# Service figures through Python: the same as the command's, and guarded the same way.
# SPDX-License-Identifier: MIT
import random
import subprocess

import numpy as np
import pandas as pd
import pytest

import pyattune as at


@pytest.fixture(scope="module")
def forms():
    draw = random.Random(3)
    rows = []
    for client in range(70):
        start = draw.gauss(24, 5)
        for session in (1, 2, 5):
            score = min(max(round(start - 1.5 * session + draw.gauss(0, 4)), 0), 40)
            rows.append((f"C{client:02}", f"T-{client % 9 // 2}", session, "demo-distress", score))
    return pd.DataFrame(rows, columns=["client", "clinician", "session", "measure", "score"])


def test_figures_are_the_command_s_to_the_bit(forms, tmp_path, command):
    path = tmp_path / "forms.csv"
    forms.to_csv(path, index=False)
    text = subprocess.run([command, "service", path, "--csv"], check=True,
                          capture_output=True, text=True).stdout
    (tmp_path / "out.csv").write_text(text)
    theirs = pd.read_csv(tmp_path / "out.csv", float_precision="round_trip")
    ours = at.service(forms)
    assert list(ours.columns) == list(theirs.columns) and len(ours) == len(theirs)
    for name in ours.columns:
        if ours[name].dtype == np.float64:
            np.testing.assert_array_equal(ours[name], theirs[name].astype(float))
        else:
            assert ours[name].fillna("").tolist() == theirs[name].fillna("").tolist()


def test_small_cells_are_hidden_and_ids_stand_in_order(forms):
    found = at.service(forms)
    ids = found["clinician"].dropna().tolist()
    assert ids == sorted(ids)
    small = found[(found["n"] < 10) & found["figure"].isin(["mean_change", "reliably_improved"])]
    assert len(small) > 0 and small["value"].isna().all()


def test_bad_calls_say_what_was_expected(forms):
    with pytest.raises(at.OptionError):
        at.service(pd.concat([forms, forms.assign(measure="own")]))
    with pytest.raises(at.CountError):
        at.service(forms, rater="observer")
    with pytest.warns(UserWarning, match="nothing can be said of therapists"):
        at.service(forms.drop(columns="clinician"))

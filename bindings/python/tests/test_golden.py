# Golden figures: the worked example of the rule own_range, and trends by R and scipy.
# SPDX-License-Identifier: MIT
import json

import numpy as np
import pandas as pd
import pytest
from clinic import WORKED, course

import pyattune as at

# Rule CR-1, computed outside of attune with M 5, nu0 5, s_pop .44, no floors: z at sessions 3..16.
Z = [.4900, -.9395, -1.2115, -.7511, 3.4737, 3.7585, 2.9043, -1.0820, -1.1217, -.9276, 0, -.2643,
     -.7525, -.2094]

BARE = json.dumps([{
    "id": "bare", "title": "bare", "construct": "alliance", "rater": "client",
    "direction": "higher is better", "score_only": True, "range": [1, 7], "status": "confirmed",
    "sources": ["made for this test"],
    "spread": [{"within_sd": .44, "sem": .0001, "status": "confirmed", "population": "of this test",
                "source": "made for this test"}]}])


@pytest.fixture
def worked():
    return course(WORKED, "bare"), at.load_scales(BARE), {"own_range": {"floor_steps": 0}}


def test_the_worked_example_has_the_published_statistics(worked):
    frame, scales, rules = worked
    found = at.trace(frame, rules=rules, scales=scales)
    assert list(found["statistic"].round(4)[2:]) == pytest.approx(Z, abs=1e-9)


def test_the_worked_example_has_its_rupture_and_its_repair(worked):
    frame, scales, rules = worked
    marks = at.marks(frame, rules=rules, scales=scales)
    assert list(zip(marks["session"], marks["kind"], marks["level"].fillna(""))) == [
        (7, "drop", "severe"), (8, "drop", "severe"), (9, "drop", "probable"), (10, "return", "")]
    assert marks["limit"].iloc[3] == pytest.approx(5.344, abs=5e-4)
    episode = at.episodes(frame, rules=rules, scales=scales).iloc[0]
    assert (episode["onset_session"], episode["nadir_session"]) == (7, 8)
    assert (episode["status"], episode["resolved_session"]) == ("repaired", 10)
    assert episode["depth"] == pytest.approx(5.52 - 4.2, abs=1e-12)


def test_jacobson_and_truax_have_their_own_example():
    # Jacobson & Truax 1991: clinical 40, functional 60, SD 7.5, r .80, 32.5 to 47.5.
    norms = {"clinical_mean": 40, "clinical_sd": 7.5, "functional_mean": 60, "functional_sd": 7.5}
    frame = course([32.5, 47.5], "couples")
    for kind, cutoff in (("a", 55), ("b", 45), ("c", 50)):
        found = at.change(frame, sd=7.5, reliability=.80, higher="better", cutoff_type=kind,
                          **norms).iloc[0]
        assert found["rci"] == pytest.approx(3.1622777, abs=1e-7)
        assert (found["cutoff"], found["cutoff_type"]) == (cutoff, kind)
        assert found["reliable"] == "improved"
        assert found["class"] == ("recovered" if kind == "b" else "improved")


@pytest.mark.filterwarnings("ignore::pyattune.MissingConstant")
def test_which_way_is_good_decides_what_a_change_is():
    for higher, reliable in (("better", "improved"), ("worse", "deteriorated")):
        found = at.change(course([32.5, 47.5], "couples"), sd=7.5, reliability=.80, higher=higher)
        assert found["reliable"].iloc[0] == reliable


# What expected_R.csv and expected_python.csv call the columns of a trend.
PEERS = {
    ("R", "stats:lm_y~t#1", "slope"): "ols_slope",
    ("R", "stats:lm_y~t#1", "slope_se"): "ols_slope_se",
    ("R", "stats:lm_y~t#1", "slope_t"): "ols_t",
    ("R", "stats:lm_y~t#1", "slope_p"): "ols_p",
    ("R", "stats:lm_y~t#1", "slope_lo95"): "ols_low",
    ("R", "stats:lm_y~t#1", "slope_hi95"): "ols_high",
    ("python", "scipy:theilslopes_y_t_alpha_.95#1", "slope"): "sen_slope",
    ("python", "scipy:siegelslopes_y_t#1", "slope"): "siegel_slope",
    ("python", "scipy:spearmanr_t_y", "rho"): "spearman_rho",
}


def test_trends_are_those_of_R_and_scipy(shared):
    folder = shared / "golden" / "2_trend"
    series = pd.read_csv(folder / "series.csv")
    meta = pd.read_csv(folder / "series_meta.csv").set_index("series_id")
    plain = series["t"] == series["i"]
    series = series[plain.groupby(series["series_id"]).transform("all")
                    & series["series_id"].map(meta["degenerate"]).isna()]
    found = at.trend(pd.DataFrame({"client": series["series_id"], "session": series["i"],
                                   "measure": "x", "score": series["y"]})).set_index("client")
    compared = 0
    for (peer, method, quantity), name in PEERS.items():
        expected = pd.read_csv(folder / f"expected_{peer}.csv", dtype={"index": str})
        rows = expected[(expected["method_id"] == method) & (expected["quantity"] == quantity)
                        & expected["case_id"].isin(found.index)]
        assert len(rows) > 20, (method, quantity)
        theirs = rows["value"].astype(float).to_numpy()
        ours = found.loc[rows["case_id"], name].to_numpy()
        close = np.abs(ours - theirs) <= 1e-9 * np.maximum(1, np.abs(theirs))
        assert close[~np.isnan(theirs)].all(), (name, list(rows["case_id"][~close]))
        compared += len(rows)
    assert compared > 300

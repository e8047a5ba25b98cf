# The same rows in the same order with the same figures, to the bit, as the command gives.
# SPDX-License-Identifier: MIT
import io
import json
import subprocess
import warnings
from pathlib import Path

import clinic
import numpy as np
import pandas as pd
import pytest

import pyattune as at

SCALES = Path(__file__).parents[3] / "tests" / "golden" / "scales"
TEXT = {"client": str, "measure": str, "rater": str, "date": str, "subscale": str, "band": str,
        "flags": str, "reason": str, "rule": str, "kind": str, "level": str, "shape": str,
        "silence": str, "missing": str}


def ask(command, path, *arguments):
    """The command's CSV as a frame."""
    done = subprocess.run([command, *arguments[:1], str(path), "--csv", *arguments[1:]],
                          capture_output=True, check=True)
    return pd.read_csv(io.BytesIO(done.stdout), dtype=TEXT, float_precision="round_trip",
                       keep_default_na=False, na_values=[""])


def read(path):
    return pd.read_csv(path, dtype=TEXT, float_precision="round_trip", keep_default_na=False,
                       na_values=["", "NA", "#NULL!"])


def same(ours, theirs):
    """Column by column; NaN and an empty field are the same, nothing else is."""
    assert list(ours.columns) == list(theirs.columns)
    assert len(ours) == len(theirs)
    for name in ours.columns:
        mine, other = ours[name].to_numpy(dtype=object), theirs[name].to_numpy(dtype=object)
        gone = pd.isna(mine)
        assert (gone == pd.isna(other)).all(), name
        assert (mine[~gone] == other[~gone]).all(), name


CALLS = [
    (("score", "--higher", "worse"), lambda f: at.score(f, higher="worse")),
    (("score", "--subscales", "--higher", "worse"),
     lambda f: at.score(f, subscales=True, higher="worse")),
    (("trend",), lambda f: at.trend(scored(f))),
    (("trend", "--by", "date"), lambda f: at.trend(scored(f), by="date")),
    (("trend", "--smooth", "lowess"), lambda f: at.trend_lines(scored(f))),
    (("trend", "--smooth", "level", "--by", "date"),
     lambda f: at.trend_lines(scored(f), smooth="level", by="date")),
    (("change",), lambda f: at.change(scored(f))),
    (("change", "--sd", "5", "--reliability", ".8"),
     lambda f: at.change(scored(f), sd=5, reliability=.8)),
    (("change", "--cutoff-type", "c", "--higher", "worse", "--functional-mean", "4",
      "--functional-sd", "3", "--clinical-mean", "14", "--clinical-sd", "5"),
     lambda f: at.change(scored(f), cutoff_type="c", higher="worse", functional_mean=4,
                         functional_sd=3, clinical_mean=14, clinical_sd=5)),
    (("change", "--cutoff-type", "a"), lambda f: at.change(scored(f), cutoff_type="a")),
    (("change", "--method", "gln", "--reliability", ".8", "--details"),
     lambda f: at.change(scored(f), method="gln", reliability=.8, details=True)),
    (("change", "--method", "ha", "--caseload", "--reliability", ".8", "--functional-mean", "5",
      "--functional-sd", "4", "--higher", "worse", "--convention", "package", "--pre", "2"),
     lambda f: at.change(scored(f), method="ha", caseload=True, reliability=.8, functional_mean=5,
                         functional_sd=4, higher="worse", convention="package", pre=2)),
    (("change", "--method", "percentage", "--improved", ".3", "--deteriorated", ".1", "--post",
      "4", "--details"),
     lambda f: at.change(scored(f), method="percentage", improved=.3, deteriorated=.1, post=4,
                         details=True)),
    (("change", "--method", "hlm", "--higher", "worse", "--functional-mean", "5",
      "--functional-sd", "4", "--cutoff-type", "c", "--pre", "1", "--post", "9"),
     lambda f: at.change(scored(f), method="hlm", higher="worse", functional_mean=5,
                         functional_sd=4, cutoff_type="c", pre=1, post=9)),
    (("change", "--method", "hlm", "--convention", "package"),
     lambda f: at.change(scored(f), method="hlm", convention="package")),
    (("change", "--method", "anchor", "--improved", "2", "--group", "--higher", "worse"),
     lambda f: at.group_change(scored(f), 2, higher="worse")),
    (("change", "--method", "anchor", "--improved", ".5", "--deteriorated", "1", "--group",
      "--convention", "package", "--post", "6"),
     lambda f: at.group_change(scored(f), .5, 1, convention="package", post=6)),
    (("marks", "--silence", "--rules", "all"), lambda f: at.silence(heard(f), rules="all")),
    (("sudden", "--higher", "worse"), lambda f: at.sudden(scored(f), higher="worse")),
    (("sudden", "--cutoff", "2", "--ends", "--select", "largest", "--criteria", "12"),
     lambda f: at.sudden(scored(f), cutoff=2, ends=True, select="largest", criteria="12")),
    (("sudden", "--cutoff", "2", "--mode", "suddengains", "--critical", "1.5", "--proportion",
      ".1", "--baseline", "--select", "smallest"),
     lambda f: at.sudden(scored(f), cutoff=2, mode="suddengains", critical=1.5, proportion=.1,
                         baseline=True, select="smallest")),
    (("chart",), lambda f: at.chart(scored(f))),
    (("chart", "--kind", "cusum", "--side", "below"),
     lambda f: at.chart(scored(f), kind="cusum", side="below")),
    (("chart", "--kind", "ewma"), lambda f: at.chart(scored(f), kind="ewma")),
    (("changepoints",), lambda f: at.changepoints(scored(f))),
    (("changepoints", "--search", "breaks"),
     lambda f: at.changepoints(scored(f), search="breaks")),
    (("changepoints", "--search", "breaks", "--model", "line"),
     lambda f: at.changepoints(scored(f), search="breaks", model="line")),
    (("changepoints", "--search", "chow", "--at-session", "4"),
     lambda f: at.changepoints(scored(f), search="chow", at_session=4)),
    (("changepoints", "--search", "supf"), lambda f: at.changepoints(scored(f), search="supf")),
    (("changepoints", "--search", "supf", "--model", "line"),
     lambda f: at.changepoints(scored(f), search="supf", model="line")),
    (("runlength",), lambda f: at.runlength(scored(f))),
    (("runlength", "--every", "12.5", "--prior", "5.5,1,1,.1"),
     lambda f: at.runlength(scored(f), every=12.5, prior=(5.5, 1, 1, .1))),
    (("phases", "--at-session", "4"), lambda f: at.phases(scored(f), 4)),
    (("marks",), lambda f: at.marks(scored(f))),
    (("marks", "--rules", "all", "--higher", "worse"),
     lambda f: at.marks(heard(f), rules="all", higher="worse")),
    (("marks", "--rules", "own_range,drop", "--within-sd", ".3"),
     lambda f: at.marks(scored(f), rules=["own_range", "drop"], within_sd=.3)),
    (("marks", "--episodes"), lambda f: at.episodes(scored(f))),
    (("marks", "--episodes", "--rules", "all"), lambda f: at.episodes(heard(f), rules="all")),
    (("marks", "--trace"), lambda f: at.trace(heard(f))),
    (("marks", "--trace", "--rules", "default", "--higher", "better"),
     lambda f: at.trace(scored(f), rules="default", higher="better")),
]
REAL = CALLS[:1] + CALLS[2:6] + CALLS[8:9] + CALLS[10:22]
REAL += [c for c in CALLS if c[0][0] in ("phases", "runlength") or "all" in c[0]
         or c[0] == ("marks", "--trace")]
NAMES = [" ".join(arguments) for arguments, _ in CALLS]


LISTENING = ["divergence", "lag_order", "rupture_joint"]


def scored(frame):
    return at.score(frame, higher="worse")


def heard(frame):
    """With the subscales, which some rules listen to."""
    return at.score(frame, higher="worse", subscales=True)


def test_safety_items_are_those_of_the_command(command, tmp_path):
    frame = clinic.forms(clients=25, seed=5).dropna(subset=["session"])
    frame.to_csv(tmp_path / "forms.csv", index=False)
    done = subprocess.run([command, "score", tmp_path / "forms.csv", "--json"],
                          capture_output=True, check=True)
    theirs = json.loads(done.stdout)["safety"]
    ours = at.safety(read(tmp_path / "forms.csv"))
    assert len(theirs) > 50 and len(ours) == len(theirs)
    for name in theirs[0]:
        assert ours[name].tolist() == [entry[name] for entry in theirs], name


def test_every_vector_of_every_scale_is_scored_alike(command, tmp_path):
    """The golden vectors: C is held to them by tests/golden, here the command and Python meet."""
    rows, wanted = [], []
    for path in sorted(SCALES.glob("*.json")):
        vectors = json.loads(path.read_text())["vectors"]
        for session, vector in enumerate(vectors, 1):
            items = {f"item_{i}": a for i, a in enumerate(vector["items"], 1)}
            rows.append({"client": "A", "session": session, "measure": path.stem, **items})
        wanted.append((path.stem, [vector["score"] for vector in vectors]))
    pd.DataFrame(rows).to_csv(tmp_path / "forms.csv", index=False)
    listed = at.scales()
    licensed = listed["id"][listed["status"] == "licensed"].tolist()
    assert sorted(name for name, _ in wanted) == sorted(listed["id"])
    stated = [word for id in licensed for word in ("--accept-licence", id)]
    theirs = ask(command, tmp_path / "forms.csv", "score", "--subscales", "--accept-unconfirmed",
                 *stated)
    own = at.load_scales(accept_licence=licensed, accept_unconfirmed=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", at.ScaleWarning)
        ours = at.score(read(tmp_path / "forms.csv"), subscales=True, scales=own)
    same(ours, theirs)
    totals = theirs[theirs["subscale"].isna()]
    for name, scores in wanted:
        found = totals["score"][totals["measure"] == name].to_numpy(float)
        np.testing.assert_allclose(found, np.array(scores, dtype=float), rtol=1e-12, err_msg=name)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Forms with dates and dates alone, without dates, and with a measure nobody describes."""
    folder = tmp_path_factory.mktemp("forms")
    made = {"dated": clinic.forms(), "sorted": clinic.forms(seed=11, shuffled=False),
            "undated": clinic.forms(seed=3, dates=False).dropna(subset=["session"])}
    made["unknown"] = made["undated"].replace({"measure": {"gad-7": "home-made"}})
    for name, frame in made.items():
        # A course without any score has no row of trend to compare: test_results.py has that.
        known = at.score(frame, higher="worse").dropna(subset=["score"])
        keys = ["client", "measure", "rater"]
        frame = frame.merge(known[keys].drop_duplicates(), on=keys)
        frame.to_csv(folder / f"{name}.csv", index=False)
    return folder


@pytest.mark.parametrize("name", ["dated", "sorted", "undated", "unknown"])
@pytest.mark.parametrize("arguments, call", CALLS, ids=NAMES)
def test_the_figures_are_the_commands(command, files, name, arguments, call):
    if "date" in arguments and name in ("undated", "unknown"):
        pytest.skip("no dates to count by")
    path = files / f"{name}.csv"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", at.MissingConstant)
        ours = call(read(path))
    same(ours, ask(command, path, *arguments))


@pytest.mark.parametrize("name", ["sgdata", "claus_2020", "btheb", "enrichd", "reframed"])
@pytest.mark.parametrize("arguments, call", REAL, ids=[NAMES[CALLS.index(c)] for c in REAL])
def test_real_data_gives_the_commands_figures(command, shared, name, arguments, call):
    frame = read(shared / "data" / f"{name}.csv")
    if "date" in arguments and "date" not in frame:
        pytest.skip("no dates to count by")
    path = shared / "data" / f"{name}.csv"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", at.MissingConstant)
        ours = call(frame)
    same(ours, ask(command, path, *arguments))
    assert len(ours) or arguments[0] in ("marks", "sudden")


def test_the_catalogues_are_the_commands(command):
    for name, ours in (("scales", at.scales()), ("rules", at.rules())):
        done = subprocess.run([command, name, "--csv"], capture_output=True, check=True)
        theirs = pd.read_csv(io.BytesIO(done.stdout), float_precision="round_trip")
        assert list(ours.columns) == list(theirs.columns)
        for column in theirs.columns:
            mine = ours[column].to_numpy(dtype=object)
            other = theirs[column].to_numpy(dtype=object)
            known = ~pd.isna(other)
            assert (mine[known] == other[known]).all(), (name, column)


def report(command, path, id):
    done = subprocess.run([command, "client", str(path), "--client", id, "--at", "2026-11-03"],
                          capture_output=True, check=True)
    return done.stdout.decode()


def test_the_client_report_is_the_commands(command, files):
    frame = read(files / "sorted.csv")
    for id in frame["client"].unique()[:5]:
        ours = at.client(frame, id).summary(at="2026-11-03")
        assert ours == report(command, files / "sorted.csv", id)


@pytest.mark.filterwarnings("ignore::pyattune.MissingConstant")
def test_the_bundled_clinic_gives_the_commands_figures(command):
    path = at.example("clinic.csv")
    forms = read(path)
    scored = at.score(forms)
    for name, ours in (("score", scored), ("trend", at.trend(scored)),
                       ("change", at.change(scored)), ("marks", at.marks(scored))):
        same(ours, ask(command, path, name))
    for id in forms["client"].unique()[:5]:
        assert at.client(forms, id).summary(at="2026-11-03") == report(command, path, id)


@pytest.mark.filterwarnings("ignore::pyattune.MissingConstant")
def test_rules_hear_in_the_bundled_clinic_what_they_hear_in_the_command(command):
    path = at.example("clinic.csv")
    forms = heard(read(path))
    same(at.marks(forms, rules="all"), ask(command, path, "marks", "--rules", "all"))
    for name, call in (("trace", at.trace), ("episodes", at.episodes), ("silence", at.silence)):
        same(call(forms, rules="all"), ask(command, path, "marks", f"--{name}", "--rules", "all"))


def test_rules_that_listen_mark_what_they_mark_in_the_command(command, tmp_path):
    forms, _ = at.simulate(clients=60, seed=3)
    forms.to_csv(tmp_path / "forms.csv", index=False)
    ours = at.marks(forms, rules=LISTENING)
    assert set(ours["rule"]) == set(LISTENING)
    assert ours["reason"].str.contains("evidence by").any()
    same(ours, ask(command, tmp_path / "forms.csv", "marks", "--rules", ",".join(LISTENING)))


def test_subscales_are_heard_where_the_frame_has_them(command, tmp_path):
    forms = clinic.forms(clients=60, dates=False).dropna(subset=["session"])
    forms.to_csv(tmp_path / "forms.csv", index=False)
    ours = at.marks(heard(read(tmp_path / "forms.csv")), rules=["rupture_joint"])
    assert ours["reason"].str.contains("bond").any()
    same(ours, ask(command, tmp_path / "forms.csv", "marks", "--rules", "rupture_joint"))
    unheard = at.marks(scored(read(tmp_path / "forms.csv")), rules=["rupture_joint"])
    assert not unheard["reason"].str.contains("bond").any()


def test_bits_are_compared():
    frame = pd.DataFrame({"score": [.1, np.nan]})
    same(frame, frame.copy())
    with pytest.raises(AssertionError):
        same(frame, frame + 2e-17 * np.array([[1], [1]]) + 1e-16)

# What results are made of: columns, words, degenerate courses, the client and the catalogues.
# SPDX-License-Identifier: MIT
import hashlib
import inspect
import json
import pathlib
import subprocess

import clinic
import numpy as np
import pandas as pd
import pytest

import pyattune as at
from pyattune import columns

# The contract of the file formats, word for word.
COLUMNS = {
    "score": "client,session,date,measure,rater,subscale,score,n_items,n_answered,complete,band,"
             "flags,reason",
    "trend": "client,measure,rater,n,first,last,ols_intercept,ols_slope,ols_slope_se,ols_t,ols_p,"
             "ols_low,ols_high,residual_sd,sen_slope,sen_low,sen_high,sen_intercept,siegel_slope,"
             "mk_s,mk_var,mk_z,mk_p,mk_p_exact,kendall_tau_b,spearman_rho,lag1,durbin_watson,"
             "mk_hr_z,mk_hr_p,mk_yw_z,mk_yw_p,pw_slope,pw_slope_se,log_intercept,log_slope,"
             "log_slope_se,huber_slope,bisquare_slope",
    "change": "client,measure,rater,first,last,change,method,rci,reliable,cutoff,cutoff_type,class",
    "marks": "client,measure,rater,session,date,rule,kind,level,observed,limit,statistic,reason",
    "episodes": "client,measure,rater,rule,onset_session,nadir_session,depth,depth_sigma,length,"
                "status,resolved_session,shape,agreeing",
    "trace": "client,measure,rater,session,rule,statistic,p_began,p_open",
}


@pytest.mark.filterwarnings("ignore::pyattune.MissingConstant")
@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_those_of_the_contract(name):
    found = getattr(at, name)(at.score(clinic.course(clinic.WORKED)))
    assert list(found.columns) == COLUMNS[name].split(",")
    assert len(found)


def test_a_sudden_gain_is_found_and_has_the_columns_of_the_contract():
    # Sessions 1 to 3 have mean 30 and variance 1, 4 to 6 have mean 15 and variance 1.
    frame = clinic.course([30, 31, 29, 16, 15, 14, 14, 13], "mood")
    found = at.sudden(frame, cutoff=7, higher="worse")
    assert ",".join(found.columns) == ("client,measure,rater,kind,from_session,to_session,"
                                       "magnitude,proportion,reversed")
    assert found.iloc[0].tolist()[3:7] == ["gain", 3, 4, 13]
    assert found["proportion"][0] == 13 / 17 and found["reversed"][0] == 0
    assert at.sudden(frame, cutoff=7, higher="better")["kind"].tolist() == ["loss"]
    assert len(at.sudden(frame, cutoff=13.5, higher="worse")) == 0
    assert len(at.sudden(frame, cutoff=7, higher="worse", alpha=1e-6)) == 0
    with pytest.warns(at.MissingConstant, match="cutoff="):
        assert len(at.sudden(frame, higher="worse")) == 0
    for wrong in ({"cutoff": 0}, {"alpha": 1}, {"mode": "t"}, {"criteria": "4"}, {"select": "all"}):
        with pytest.raises(at.OptionError):
            at.sudden(frame, higher="worse", **wrong)


def test_a_change_whose_place_is_known_is_tested_there():
    frame = clinic.course([1, 2, 1, 2, 1, 2, 8, 9, 8, 9, 8, 9], "mood")
    known = at.changepoints(frame, search="chow", at_session=7)
    assert (known["session"][0], known["before"][0], known["after"][0]) == (7, 1.5, 8.5)
    # Squares 150 of one mean, 3 of two; F = 147 / (3 / 10).
    assert known["statistic"][0] == pytest.approx(490)
    assert known["false_alarm"][0] == known["p"][0] and known["false_alarm_error"][0] == 0
    found = at.changepoints(frame, search="supf")
    assert found["session"].tolist() == [7] and found["reason"].isna().all()
    none = at.changepoints(frame, search="chow", at_session=13)
    assert none["session"].isna().all() and none["n_before"].tolist() == [12]
    assert none["reason"].tolist() == ["too few completed scores after the change"]
    for wrong in ({"search": "chow"}, {"search": "supf", "at_session": 3}, {"search": "sup"},
                  {"search": "chow", "at_session": -1}, {"search": "chow", "at_session": 2.0},
                  {"model": "line"}, {"search": "supf", "model": "curve"}):
        with pytest.raises(at.OptionError):
            at.changepoints(frame, **wrong)
    with pytest.raises(at.CountError):
        at.changepoints(clinic.course([1.0, 2.0] * 2050, "mood"), search="supf")


def test_run_lengths_are_those_of_the_worked_example():
    # The recursion of R's ocp 0.1.1 (gaussian.R), carried out in R 4.2.2.
    y = [5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.3, 4.2, 4.5, 5.9, 6.0, 6.1, 5.9, 6.0, 6.2, 6.1]
    found = at.runlength(clinic.course(y, "mood"), prior=(5.5, 1, 1, .1))
    assert found["likeliest"].tolist() == [1, 2, 3, 4, 5, 6, 7, 2, 3, 4, 2, 3, 4, 5, 6, 7]
    assert found["one"].round(6).tolist()[:8] == [.95, .035397, .029143, .049664, .064053, .03679,
                                                  .287692, .020685]
    assert (found["change"] == ((found["n"] > 2) & (found["recent"] >= .5))).all()
    alone = at.runlength(clinic.course([3.0, 3.0, 3.0], "mood"))
    assert alone["likeliest"].tolist() == [1, 2, 3] and alone["change"].sum() == 0
    for wrong in ({"every": 1}, {"every": "often"}, {"prior": 5.5}, {"prior": (5.5, 1, 1)},
                  {"prior": (5.5, 1, 1, 0)}, {"prior": (None, 1, 1, 1)}):
        with pytest.raises(at.OptionError):
            at.runlength(clinic.course(y, "mood"), **wrong)
    with pytest.raises(at.NumericError):
        at.runlength(clinic.course([1, 2e100], "mood"), prior=(5.5, 1, 1, .1))


def test_licensed_and_unconfirmed_measures_are_named():
    stated = at.load_scales(accept_licence="srs", accept_unconfirmed=True)
    calls = (at.score, at.trend, at.change, at.marks, at.episodes, at.trace, at.silence,
             lambda f, scales: at.sudden(f, cutoff=2, scales=scales), at.chart, at.changepoints,
             at.runlength, lambda f, scales: at.phases(f, 3, scales=scales))
    for measure, said in (("srs", "licensed: "), ("wai-s", "unconfirmed: "),
                          ("haq-ii", "provisional: ")):
        frame = clinic.course([30, 33, 36, 30, 28, 33], measure)
        for call in calls:
            with pytest.warns(at.ScaleWarning, match=f"measure {measure}: {said}"):
                call(frame, scales=stated)
        with pytest.warns(at.ScaleWarning, match=said):
            assert said in at.client(frame, "A", scales=stated).summary()
        with pytest.warns(at.ScaleWarning, match=said):
            at.Monitor(measure, higher="better", within_sd=1, scales=stated)


def test_scores_of_a_measure_that_waits_say_what_opens_it():
    for measure, said in (("srs", r"load_scales\(accept_licence="),
                          ("wai-s", r"load_scales\(accept_unconfirmed=True\)")):
        frame = clinic.course([30, 33, 36, 30, 28, 33], measure)
        for call in (at.change, at.marks, at.sudden):
            with pytest.warns(at.MissingConstant, match=said):
                call(frame)
    with pytest.warns(at.MissingConstant, match="no scale describes it"):
        at.change(clinic.course([1, 2], "home-made"))


def test_the_notes_of_a_frame_are_those_of_the_commands_json(command, tmp_path):
    frame = pd.concat([clinic.course([30, 33], "srs"), clinic.course([20, 11], "phq-9"),
                       clinic.course([40, 44], "wai-sr"), clinic.course([1, 2], "home-made")])
    frame.to_csv(tmp_path / "forms.csv", index=False)
    done = subprocess.run([command, "change", tmp_path / "forms.csv", "--json", "--norms",
                           "oxford", "--accept-licence", "srs"], capture_output=True, check=True)
    found = at.notes(frame, at.load_scales(accept_licence="srs", norms="oxford"))
    assert (found["measure"] + ": " + found["note"]).tolist() == json.loads(done.stdout)["notes"]
    assert len(found) > 4 and "home-made" not in set(found["measure"])


def test_safety_items_are_shown_as_answered_and_without_a_level():
    forms = pd.DataFrame({"client": ["B", "A", "A"], "session": [1, 2, 1], "measure": "phq-9",
                          "date": ["2026-01-05", "2026-01-12", "2026-01-05"],
                          **{f"item_{i}": 0.0 for i in range(1, 9)}, "item_9": [3, None, 1]})
    found = at.safety(forms)
    assert list(found.columns) == ["client", "session", "date", "measure", "rater", "item",
                                   "answer", "text"]
    assert found["client"].tolist() == ["A", "B"] and found["answer"].tolist() == [1, 3]
    assert found["date"].tolist() == ["2026-01-05", "2026-01-05"]
    assert found["text"][1] == "Item 9 answered 3 (0–3): follow your service's risk protocol."
    none = at.safety(forms.assign(item_9=0.0))
    assert len(none) == 0 and list(none.columns) == list(found.columns)
    assert len(at.safety(clinic.course([20, 18], "phq-9"))) == 0  # totals do not say
    with pytest.raises(at.DataError):
        at.safety(forms.assign(item_9=4.0))


def test_a_form_is_scored():
    # PHQ-9 with answers 2,1,0,3,1,2,0,1,0: their sum is 10, which its authors call moderate.
    items = {f"item_{i + 1}": [float(a)] for i, a in enumerate([2, 1, 0, 3, 1, 2, 0, 1, 0])}
    row = at.score(pd.DataFrame({"client": "A", "session": 1, "measure": "phq-9", **items})).iloc[0]
    assert (row["score"], row["n_items"], row["n_answered"], row["complete"]) == (10, 9, 9, 1)
    assert row["band"] == "moderate" and pd.isna(row["flags"]) and pd.isna(row["reason"])


def test_subscales_follow_their_total():
    items = {f"item_{i}": [3.0] for i in range(1, 13)}
    forms = pd.DataFrame({"client": "A", "session": 1, "measure": "wai-sr", **items})
    found = at.score(forms, subscales=True)
    assert list(found["subscale"].fillna("")) == ["", "goal", "task", "bond"]
    # All answers 3 on a scale of 1 to 5 lie in the middle, turned or not.
    assert list(found["score"]) == [36, 12, 12, 12]


def test_an_incomplete_form_says_why():
    items = {f"item_{i}": [3.0 if i == 1 else np.nan, np.nan] for i in range(1, 10)}
    forms = pd.DataFrame({"client": "A", "session": [1, 2], "measure": "phq-9", **items})
    found = at.score(forms)
    assert found["score"].isna().all()
    assert list(found["reason"]) == ["too many items unanswered", "no item answered"]


def test_distinct_dates_are_sessions():
    forms = pd.DataFrame({"client": ["A", "A", "A", "B"], "measure": ["phq-9", "gad-7", "phq-9",
                                                                     "phq-9"],
                          "date": ["2026-02-01", "2026-01-01", "2026-03-01", "2026-05-05"],
                          "score": [1.0, 2.0, 3.0, 4.0]})
    found = at.score(forms)
    assert list(zip(found["client"], found["measure"], found["session"])) == [
        ("A", "gad-7", 1), ("A", "phq-9", 2), ("A", "phq-9", 3), ("B", "phq-9", 1)]


# Courses of 0, 1 and 2 scores, and all equal.
DEGENERATE = {"none": [np.nan, np.nan], "one": [5.0, np.nan], "two": [5.0, 6.0],
              "equal": [5.0, 5.0, 5.0, 5.0]}


@pytest.mark.filterwarnings("ignore::pyattune.MissingConstant")
@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_courses_have_their_row(name):
    frame = clinic.course(DEGENERATE[name])
    trend, change = at.trend(frame).iloc[0], at.change(frame).iloc[0]
    n = {"none": 0, "one": 1, "two": 2, "equal": 4}[name]
    assert trend["n"] == n
    assert np.isnan(trend["ols_slope"]) == (n < 2)
    assert np.isnan(change["change"]) == (n < 2)
    assert np.isnan(change["first"]) == (n == 0)
    assert pd.isna(change["reliable"]) == (n < 2)
    assert len(at.marks(frame)) == 0
    assert len(at.trace(frame)) == len(at.rules()) * len(frame)


def test_a_course_too_long_is_refused():
    frame = clinic.course(np.full(4097, 5.0))
    with pytest.raises(at.CountError) as caught:
        at.trend(frame)
    assert (caught.value.row, caught.value.column) == (0, "session")


def test_parameters_of_a_rule_may_be_named():
    frame = clinic.course(clinic.WORKED)
    strict = at.marks(frame, rules={"own_range": {"k_possible": 3.0}})
    assert 0 < len(strict) < len(at.marks(frame, rules="own_range"))


def test_every_field_says_what_it_is():
    for name in ("SCORE", "CHANGE", "TREND", "MARK", "TRACE", "EPISODE", "SUDDEN"):
        fields = getattr(columns, f"{name}_FIELDS")
        assert len(fields) > 1 and all(len(field.text) > 3 for field in fields)


def test_structs_are_laid_out_as_the_compiler_did():
    from pyattune._attune import ffi
    for name in ("score", "change", "trend", "mark", "trace", "episode", "sudden"):
        dtype = getattr(columns, name.upper())
        struct = f"attune_{name}"
        assert dtype.itemsize == ffi.sizeof(struct)
        for member in dtype.names:
            assert dtype.fields[member][1] == ffi.offsetof(struct, member)


@pytest.fixture
def client():
    scored = at.score(clinic.forms(clients=20))
    return at.client(scored, scored["client"].iloc[0]), scored


def test_a_client_has_marks_and_a_summary(client):
    one, scored = client
    own = scored[scored["client"] == scored["client"].iloc[0]].reset_index(drop=True)
    pd.testing.assert_frame_equal(one.to_frame(), own)
    pd.testing.assert_frame_equal(one.marks, at.marks(own))
    text = one.summary(at="2026-11-03")
    assert "attune" in text and max(map(len, text.splitlines())) <= 80
    assert one.summary(ascii=True).isascii()
    assert one._repr_html_().startswith("<pre>")


def test_what_a_client_hands_out_is_a_copy(client):
    one, _ = client
    one.to_frame().loc[:, "score"] = 0.0
    assert (one.to_frame()["score"] != 0).any()


def test_catalogues_name_their_sources():
    assert {"demo-alliance", "phq-9", "wai-sr"} <= set(at.scales()["id"])
    assert at.scales("phq-9")["source"].notna().all()
    assert at.rules()["citation"].notna().all()
    assert at.rules("own_range")["source"].notna().all()


def test_a_clinics_own_scale_is_used(tmp_path):
    scale = {"id": "own", "title": "own", "construct": "distress", "rater": "client",
             "direction": "higher is worse", "score_only": True, "range": [0, 10],
             "cutoffs": [{"value": 5, "meaning": "made for this test"}]}
    path = tmp_path / "scales.json"
    path.write_text(json.dumps([scale]))
    own = at.load_scales(path)
    assert own.ids == ("own",) and "own" in set(at.scales(scales=own)["id"])
    frame = clinic.course([8, 3], "own")
    found = at.change(frame, scales=own, sd=1, reliability=.8).iloc[0]
    assert (found["cutoff"], found["class"]) == (5, "recovered")
    with pytest.raises(at.DataError):
        at.change(clinic.course([8, 11], "own"), scales=own)


def test_a_folder_of_scales_is_read_by_name_and_ids_clash_across_files(tmp_path, command):
    def write(name, **more):
        scale = {"id": name, "title": name, "rater": "client", "direction": "higher is worse",
                 "score_only": True, "range": [0, 10], **more}
        (tmp_path / f"{name}.json").write_text(json.dumps(scale), encoding="utf-8")
    write("mood")
    write("calm")
    (tmp_path / "notes.txt").write_text("not a scale", encoding="utf-8")
    own = at.load_scales(tmp_path, accept_licence="srs")
    assert own.ids == ("calm", "mood")
    with pytest.warns(at.ScaleWarning, match="measure mood: unconfirmed"):
        assert at.score(clinic.course([3], "mood"), scales=own)["flags"][0] == "given unconfirmed"
    assert len(at.check_scales(tmp_path)) == 0
    write("twice", id="mood")
    with pytest.raises(at.DuplicateError, match=r"twice\.json, line 1"):
        at.load_scales(tmp_path)
    write("worse", rater="SECRET", surprise=1)
    found = at.check_scales(str(tmp_path))
    assert found["file"].tolist() == ["twice.json", "worse.json", "worse.json"]
    assert set(found["key"]) == {"id", "rater", "surprise"}
    assert "SECRET" not in found.to_string()
    done = subprocess.run([command, "scales", "--check", tmp_path], capture_output=True)
    assert done.returncode == 1
    said = [line for line in done.stdout.decode().splitlines() if ": expected" in line]
    assert said == [f"{tmp_path}/{row.file}:{row.line}:{row.column}: {row.key}: {row.expected}"
                    for row in found.itertuples()]
    (tmp_path / "empty").mkdir()
    with pytest.raises(at.CountError):
        at.load_scales(tmp_path / "empty")
    assert len(at.check_scales((tmp_path / "mood.json").read_text())) == 0
    assert at.check_scales('{"id": "phq-9"}')["key"].tolist()[:1] != []


def test_a_clinics_own_rule_set_is_used(tmp_path):
    file = {"id": "own", "version": 3, "text": "made for this test", "rules": [
        {"rule": "own_range", "parameters": [{"name": "k_severe", "value": 6}]}]}
    path = tmp_path / "rules.json"
    path.write_text(json.dumps(file))
    own = at.load_rules(path)
    assert (own.id, own.text) == ("own/3", "made for this test")
    assert own.hash == hashlib.sha256(path.read_bytes()).hexdigest()
    frame = at.score(clinic.course(clinic.WORKED))
    wanted = at.marks(frame, rules={"own_range": {"k_severe": 6}})
    assert not wanted.equals(at.marks(frame, rules="own_range"))
    assert at.marks(frame, rules=own).equals(wanted)
    assert at.load_rules(json.dumps(file)).hash == own.hash
    assert own.id in at.client(frame, frame["client"][0], rules=own).summary()
    assert at.Monitor("demo-alliance", rules=own).rules == ("own_range",)


def test_a_rule_set_that_cannot_be_is_refused_with_its_line():
    with pytest.raises(at.UnknownError, match=r"rules\[0\].rule.*line 3"):
        at.load_rules('{"id": "own", "version": 1, "text": "t",\n"rules": [\n{"rule": "x"}]}')
    with pytest.raises(at.DuplicateError):
        at.load_rules('{"id": "all", "version": 1, "text": "t", "takes": "every"}')
    with pytest.raises(at.FileError):
        at.load_rules("/nowhere/rules.json")
    with pytest.raises(at.ArgumentError):
        at.marks(at.score(clinic.course(clinic.WORKED)), rules=7)


def test_marks_hold_dates_as_they_were_given():
    frame = clinic.course(clinic.WORKED)
    frame["date"] = [f"2026-01-{day:02d}" for day in range(1, 17)]
    found = at.marks(frame)
    assert [int(date[-2:]) for date in found["date"]] == list(found["session"])


def test_everything_public_is_described():
    for name in at.__all__:
        thing = getattr(at, name)
        assert len(inspect.getdoc(thing) or "") > 20, name
        for attribute, value in vars(thing).items() if inspect.isclass(thing) else ():
            if inspect.isfunction(value) and not attribute.startswith("_"):
                assert value.__doc__, (name, attribute)


def test_the_package_prints_nothing_and_reads_no_environment():
    folder = pathlib.Path(at.__file__).parent
    for path in folder.glob("*.py"):
        text = path.read_text()
        assert "print(" not in text.replace("            for mark in monitor.push(score):\n"
                                            "                print(", "")
        assert "environ" not in text and "global " not in text

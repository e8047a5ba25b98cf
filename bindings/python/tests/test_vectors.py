# The golden vectors of scales and rules, through Python: what C is held to holds here too.
# SPDX-License-Identifier: MIT
import datetime
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import pyattune as at

GOLDEN = Path(__file__).parents[3] / "tests" / "golden"
SCALES = sorted((GOLDEN / "scales").glob("*.json"))
RULES = sorted((GOLDEN / "rules").glob("*.json"))
OF_THIS = {"status": "confirmed", "source": "made for this test", "population": "of this test"}


def numbers(values):
    return np.array([np.nan if v is None else v for v in values], dtype=float)


def everything():
    """As a clinic that holds every licence and wants the unconfirmed measures too."""
    listed = at.scales()
    return at.load_scales(accept_licence=listed["id"][listed["status"] == "licensed"],
                          accept_unconfirmed=True)


@pytest.mark.parametrize("path", SCALES, ids=lambda path: path.stem)
def test_every_scale_gives_its_golden_answers(path):
    file = json.loads(path.read_text())
    vectors = file["vectors"]
    items = np.array([numbers(v["items"]) for v in vectors])
    frame = pd.DataFrame(items, columns=[f"item_{i + 1}" for i in range(items.shape[1])])
    frame.insert(0, "measure", file["scale"])
    frame.insert(0, "session", range(1, len(vectors) + 1))
    frame.insert(0, "client", "A")
    found = at.score(frame, scales=everything())
    np.testing.assert_allclose(found["score"], numbers([v["score"] for v in vectors]), rtol=1e-12)
    for vector, band, flags in zip(vectors, found["band"], found["flags"].fillna("")):
        assert ("safety" in flags) == vector.get("safety", False)
        assert ("prorated" in flags) == vector.get("prorated", False)
        if "band" in vector:
            assert band == vector["band"]


def scale_of(constants):
    """A clinic's own scale with a vector's constants."""
    c, scale = constants, {"id": "own", "title": "own", "rater": "client", "score_only": True,
                           "status": "confirmed", "sources": ["made for this test"]}
    scale["construct"] = {1: "alliance", 2: "distress", 3: "rupture"}[c["construct"]]
    scale["direction"] = "higher is better" if c["direction"] > 0 else "higher is worse"
    scale["range"] = [c["score_min"], c["score_max"]]
    if "score_step" in c:
        scale["step"] = c["score_step"]
    if "within_sd" in c:
        known = {key: c[key] for key in ("within_sd", "sem") if key in c}
        scale["spread"] = [{**known, **OF_THIS}]
    if "cutoff" in c:
        scale["cutoffs"] = [{"value": c["cutoff"], "bound": "inclusive", "default": True,
                             "meaning": "of this test", "status": "confirmed",
                             "source": "made for this test"}]
    if "change_threshold" in c:
        scale["reliable_change"] = [{"value": c["change_threshold"], "bound": "inclusive",
                                     "default": True, **OF_THIS}]
    if "sd" in c:
        scale["reliability"] = [{"value": c["reliability"], "sd": c["sd"], **OF_THIS}]
    return at.load_scales(json.dumps([scale]))


def norm_of(response):
    """A norm file with a vector's model, read as a clinic's is."""
    data = {"n_clients": "clients", "n_forms": "forms", "first_session": "first_session",
            "last_session": "last_session", "intake_low": "intake_low",
            "intake_high": "intake_high"}
    time = {1: "session", 4: "week"}[response["time"]]
    if time == "week":
        data.update(first_session="first_day", last_session="last_day")
    model = {key: value for key, value in response.items() if key not in data}
    model.update(time=time, structure=["level", "slope"][response["structure"]],
                 method="reml", log_likelihood=-1, aic=1, bic=1, singular="no", iterations=1)
    return at.load_response(json.dumps({
        "format": "attune-response/1", "name": "of this test", "measure": "own",
        "rater": "client", "who": "", "at": "", "population": "", "software": "",
        "data": {new: response[key] for key, new in data.items()}, "model": model}))


VECTORS = [pytest.param(vector, id=f"{path.stem}-{i}") for path in RULES
           for i, vector in enumerate(json.loads(path.read_text()))
           if "companions" not in vector and not any((day or 0) % 1 for day in
                                                     vector.get("day", []))]  # no part of a day


def dates(days):
    return [None if day is None else datetime.date(1970, 1, 1) + datetime.timedelta(days=day)
            for day in days]


@pytest.mark.parametrize("vector", VECTORS)
def test_every_rule_gives_its_golden_answers(vector):
    score = numbers(vector["score"])
    frame = pd.DataFrame({"client": "A", "session": range(1, len(score) + 1), "measure": "own",
                          "score": score})
    if "day" in vector:
        frame["date"] = dates(vector["day"])
    if set(vector.get("day", [0])) == {None}:
        with pytest.raises(at.DataError, match="expected dates"):
            at.marks(frame, scales=scale_of(vector["constants"]),
                     response=norm_of(vector["constants"]["response"]))
        return
    params = {vector["rule"]: vector.get("params", {})}
    more = {"rules": params, "scales": scale_of(vector["constants"])}
    if "response" in vector["constants"]:
        more["response"] = norm_of(vector["constants"]["response"])
    near = {"rtol": vector["tolerance"], "atol": vector["tolerance"]}
    np.testing.assert_allclose(at.trace(frame, **more)["statistic"], numbers(vector["statistic"]),
                               **near)
    marks = at.marks(frame, **more)
    assert list(zip(marks["session"], marks["kind"], marks["level"].fillna(""))) == [
        (m["session"], m["kind"], m["level"] or "") for m in vector["marks"]]
    for limit, mark in zip(marks["limit"], vector["marks"]):
        if "limit" in mark:
            np.testing.assert_allclose(limit, mark["limit"], **near)

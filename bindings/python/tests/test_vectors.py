# The golden vectors of scales and rules, through Python: what C is held to holds here too.
# SPDX-License-Identifier: MIT
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


def scale_of(constants, id="own"):
    """A clinic's own scale with a vector's constants."""
    c, scale = constants, {"id": id, "title": id, "rater": "client", "score_only": True,
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
        # A scale states both; where a vector has the SD alone, no rule asks for the other.
        scale["reliability"] = [{"value": c.get("reliability", .9), "sd": c["sd"], **OF_THIS}]
    return scale


def with_subscales(scale, subscales):
    """As many of the items, answered from 1 to 5, as their ranges take; the total is their sum."""
    source = {"source": "made for this test"}
    each = [int(part["constants"]["score_min"]) for part in subscales]
    low, high = scale.pop("range")
    assert high == 5 * low and all(5 * n == part["constants"]["score_max"]
                                   for n, part in zip(each, subscales))
    scale["items"] = {"count": int(low), "min": 1, "max": 5, "step": 1, "reversed": [], **source}
    scale.update(range=[low, high], scoring={"rule": "sum", **source},
                 missing={"rule": "refuse", **source})
    del scale["score_only"], scale["step"]
    starts = np.cumsum([1, *each])
    scale["subscales"] = [{"id": f"part{'abcd'[k]}", "title": "of this test", **source,
                           "items": list(range(int(start), int(start) + n))}
                          for k, (start, n) in enumerate(zip(starts, each))]
    return scale


def forms_of(vector):
    """The vector's course and its companions as forms, and their scales."""
    companions = vector.get("companions", [])
    subscales = [one for one in companions if one["role"] == "subscale"]
    own = scale_of(vector["constants"])
    scales = [with_subscales(own, subscales) if subscales else own]
    parts = [("own", "client", None, vector["score"])]
    parts += [("own", "client", part["id"], one["score"])
              for part, one in zip(scales[0].get("subscales", []), subscales)]
    for one in companions:
        if one["role"] != "subscale":
            scales.append(scale_of(one["constants"], one["role"]))
            rater = "therapist" if one["role"] == "therapist" else "client"
            parts.append((one["role"], rater, None, one["score"]))
    sessions = vector.get("session", range(1, len(vector["score"]) + 1))
    frames = [pd.DataFrame({"client": "A", "session": sessions, "measure": measure, "rater": rater,
                            "subscale": part, "score": numbers(score)})
              for measure, rater, part, score in parts]
    return pd.concat(frames), at.load_scales(json.dumps(scales))


def can_be_forms(vector):
    """Other companions than a client's forms make stay with C, in tests/golden/rules.c: distress
    that is none, measures without a range, and another order than that of attune/company.h."""
    order = ["therapist", "distress", "subscale"]
    companions = vector.get("companions", [])
    places = [order.index(one["role"]) for one in companions]
    return places == sorted(places) and all(
        "score_min" in one["constants"] and "score_min" in vector["constants"]
        and (one["role"] != "distress" or one["constants"]["construct"] == 2)
        for one in companions)


def norm_of(response):
    """A norm file with a vector's model, read as a clinic's is."""
    data = {"n_clients": "clients", "n_forms": "forms", "first_session": "first_session",
            "last_session": "last_session", "intake_low": "intake_low",
            "intake_high": "intake_high"}
    model = {key: value for key, value in response.items() if key not in data}
    model.update(time="session", structure=["level", "slope"][response["structure"]],
                 method="reml", log_likelihood=-1, aic=1, bic=1, singular="no", iterations=1)
    return at.load_response(json.dumps({
        "format": "attune-response/1", "name": "of this test", "measure": "own",
        "rater": "client", "who": "", "at": "", "population": "", "software": "",
        "data": {new: response[key] for key, new in data.items()}, "model": model}))


VECTORS = [pytest.param(vector, id=f"{path.stem}-{i}") for path in RULES
           for i, vector in enumerate(json.loads(path.read_text())) if can_be_forms(vector)]


def of_own(frame):
    """The rows of the course that the vector is about."""
    return frame[(frame["measure"] == "own") & (frame["rater"] == "client")]


@pytest.mark.parametrize("vector", VECTORS)
def test_every_rule_gives_its_golden_answers(vector):
    frame, scales = forms_of(vector)
    more = {"rules": {vector["rule"]: vector.get("params", {})}, "scales": scales}
    if "response" in vector["constants"]:
        more["response"] = norm_of(vector["constants"]["response"])
    near = {"rtol": vector["tolerance"], "atol": vector["tolerance"]}
    traced = of_own(at.trace(frame, **more))
    for name in ("statistic", "p_began", "p_open"):
        if name in vector:
            np.testing.assert_allclose(traced[name], numbers(vector[name]), **near)
    marks = of_own(at.marks(frame, **more))
    assert list(zip(marks["session"], marks["kind"], marks["level"].fillna(""))) == [
        (m["session"], m["kind"], m["level"] or "") for m in vector["marks"]]
    for limit, mark in zip(marks["limit"], vector["marks"]):
        if "limit" in mark:
            np.testing.assert_allclose(limit, mark["limit"], **near)

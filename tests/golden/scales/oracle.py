#!/usr/bin/env python3
"""Writes the scale vectors from a second reading of each scale's key.

SPDX-License-Identifier: MIT

The keys below were typed from the sources named, not read from the scale files: where the two
readings differ, a vector fails. Published answers stand at the end, as their sources print them.

    oracle.py            writes phq-9.json and the others beside itself
"""
import json
import platform
from pathlib import Path

HERE = Path(__file__).parent
TOOL = f"oracle.py beside this file, Python {platform.python_version()}; key after "

# items, lowest and highest answer, reversed, rule, unanswered items borne (also by a subscale),
# safety items, subscales, bands
KEYS = {
    "phq-9": dict(n=9, low=0, high=3, rule=sum, safety=9,
                  source="Kroenke, Spitzer & Williams 2001, J Gen Intern Med 16:606-613",
                  bands=[(0, "none-minimal"), (5, "mild"), (10, "moderate"),
                         (15, "moderately severe"), (20, "severe")]),
    "gad-7": dict(n=7, low=0, high=3, rule=sum,
                  source="Spitzer, Kroenke, Williams & Loewe 2006, Arch Intern Med 166:1092-1097",
                  bands=[(0, "minimal"), (5, "mild"), (10, "moderate"), (15, "severe")]),
    "core-10": dict(n=10, low=0, high=4, reverse=(2, 3), rule="10 x mean", bears=1, safety=(6,),
                    source="Barkham et al. 2013, Couns Psychother Res 13:3-13"),
    "wai-sr": dict(n=12, low=1, high=5, rule=sum,
                   source="Hatcher & Gillaspy 2006, Psychother Res 16:12-25",
                   subscales={"goal": (4, 6, 8, 11), "task": (1, 2, 10, 12),
                              "bond": (3, 5, 7, 9)}),
    "wai-36": dict(n=36, low=1, high=7, rule=sum,
                   reverse=(1, 3, 7, 9, 10, 11, 12, 15, 20, 27, 29, 31, 33, 34),
                   source="Horvath & Greenberg 1989 as recalled; no list of items seen",
                   subscales={"task": (2, 4, 7, 11, 13, 15, 16, 18, 24, 31, 33, 35),
                              "bond": (1, 5, 8, 17, 19, 20, 21, 23, 26, 28, 29, 36),
                              "goal": (3, 6, 9, 10, 12, 14, 22, 25, 27, 30, 32, 34)}),
    "wai-s": dict(n=12, low=1, high=7, rule=sum, reverse=(4, 10),
                  source="Tracey & Kokotovic 1989 as recalled; no list of items seen",
                  subscales={"task": (1, 2, 8, 12), "bond": (3, 5, 7, 9),
                             "goal": (4, 6, 10, 11)}),
    "wai-b3": dict(n=3, low=1, high=5, rule=sum,
                   source="Li et al. 2023, doi:10.1037/cou0000655; answers as the WAI-SR"),
    "sai": dict(n=6, low=0, high=5, rule=sum,
                source="Falkenstroem et al. 2015, http://www.diva-portal.org/smash/record.jsf"
                       "?pid=diva2:802104; answers from 0 as recalled"),
    "haq-ii": dict(n=19, low=1, high=6, rule=sum, reverse=(4, 8, 11, 16, 19),
                   source="https://scales.arabpsychology.com/s/"
                          "the-helping-alliance-questionnaire-2/, negative items read off"),
    "arm-5": dict(n=5, low=1, high=7, rule="mean", reverse=(3,),
                  source="https://psypack.com/assessments/"
                         "agnew-relationship-measure-arm-5-client/"),
    "tasc-r": dict(n=12, low=1, high=4, rule=sum, reverse=(2, 5, 7, 8, 11),
                   source="https://ebchelp.blueprint.ai/en/articles/10324574-"
                          "therapeutic-alliance-scale-for-children-revised-tasc-r"),
    "care": dict(n=10, low=1, high=5, rule=sum, bears=2,
                 source="http://caremeasure.org/about.php"),
    "dwai": dict(n=6, low=1, high=7, rule=sum,
                 source="Goldberg et al., doi:10.1177/10731911211015310; answers as recalled"),
    "risq": dict(n=4, low=0, high=1, rule=sum, safety=(1, 2, 3, 4),
                 source="Stefana et al. 2023, https://mdpi.com/2077-0383/12/15/5156; yes counted"),
    "phq-2": dict(n=2, low=0, high=3, rule=sum, source="Arroll et al. 2010, PMC2906530"),
    "phq-8": dict(n=8, low=0, high=3, rule=sum, source="Kroenke et al. 2009, as in CamCOPS",
                  bands=[(0, "none"), (5, "mild"), (10, "moderate"), (15, "moderately severe"),
                         (20, "severe")]),
    "phq-4": dict(n=4, low=0, high=3, rule=sum, source="awell-score, PHQ-4",
                  subscales={"anxiety": (1, 2), "depression": (3, 4)},
                  bands=[(0, "normal"), (3, "mild"), (6, "moderate"), (9, "severe")]),
    "gad-2": dict(n=2, low=0, high=3, rule=sum, source="awell-score, GAD-2"),
    "core-om": dict(n=34, low=0, high=4, reverse=(3, 4, 7, 12, 19, 21, 31, 32), rule="10 x mean",
                    bears=3, safety=(6, 9, 16, 22, 24, 34),
                    source="CORE System Trust, scoring CORE measures; items as in alkaest2002/mpa",
                    subscales={"wellbeing": (4, 14, 17, 31),
                               "problems": (2, 5, 8, 11, 13, 15, 18, 20, 23, 27, 28, 30),
                               "functioning": (1, 3, 7, 10, 12, 19, 21, 25, 26, 29, 32, 33),
                               "risk": (6, 9, 16, 22, 24, 34),
                               "nonrisk": (1, 2, 3, 4, 5, 7, 8, 10, 11, 12, 13, 14, 15, 17, 18, 19,
                                           20, 21, 23, 25, 26, 27, 28, 29, 30, 31, 32, 33)},
                    sub_bears={"problems": 1, "functioning": 1, "nonrisk": 3}),
    "yp-core": dict(n=10, low=0, high=4, reverse=(3, 5, 10), rule="10 x mean", bears=1, safety=4,
                    source="CORE System Trust, scoring CORE measures; awell-score, YP-CORE"),
    "k10": dict(n=10, low=1, high=5, rule=sum, safety=4, threshold=4,
                source="ABS 4817.0.55.001; item 4 as in measurely.com.au",
                bands=[(10, "low"), (16, "moderate"), (22, "high"), (30, "very high")]),
    "k6": dict(n=6, low=0, high=4, rule=sum, source="psytools, K6; Prochaska et al. 2012",
               bands=[(0, "none or low"), (5, "moderate"), (13, "serious")]),
    "pcl-5": dict(n=20, low=0, high=4, rule=sum, source="National Center for PTSD; CamCOPS, PCL-5",
                  subscales={"intrusion": range(1, 6), "avoidance": (6, 7), "mood": range(8, 15),
                             "arousal": range(15, 21)}),
    "who-5": dict(n=5, low=0, high=5, rule="4 x sum",
                  source="Topp et al. 2015, Psychother Psychosom 84:167-176"),
    "oasis": dict(n=5, low=0, high=4, rule=sum,
                  source="Norman et al. 2006; s41598-023-33355-0 (sum from 0 to 20)"),
    "odsis": dict(n=5, low=0, high=4, rule=sum, source="the parallel with the OASIS: unconfirmed"),
    "isi": dict(n=7, low=0, high=4, rule=sum, source="awell-score, Insomnia Severity Index",
                bands=[(0, "none"), (8, "subthreshold"), (15, "moderate"), (22, "severe")]),
    "audit-c": dict(n=3, low=0, high=4, rule=sum, source="Bush et al. 1998, as in CamCOPS"),
    "swls": dict(n=5, low=1, high=7, rule=sum, source="Diener et al. 1985, as in psytools",
                 bands=[(5, "extremely dissatisfied"), (10, "dissatisfied"),
                        (15, "slightly dissatisfied"), (20, "neutral"), (21, "slightly satisfied"),
                        (26, "satisfied"), (31, "extremely satisfied")]),
    "wemwbs": dict(n=14, low=1, high=5, rule=sum, source="University of Warwick, scoring WEMWBS"),
    "sos-10": dict(n=10, low=0, high=6, rule=sum, source="pro-newsletter.com, SOS-10",
                   bands=[(0, "invalid response set"), (1, "severe distress"),
                          (25, "moderate distress"), (33, "mild distress"),
                          (41, "minimal distress"), (60, "invalid response set")]),
    "ras": dict(n=7, low=1, high=5, reverse=(4, 7), rule="mean", source="Hendrick 1988"),
    "scs-sf": dict(n=12, low=1, high=5, reverse=(1, 4, 8, 9, 11, 12), rule="mean",
                   source="Raes et al. 2011, as in OpenScales",
                   bands=[(1, "low"), (2.5, "moderate"), (3.5, "high")]),
    "cudos": dict(n=16, low=0, high=4, rule=sum, safety=(14, 15), source="Zimmerman et al. 2008",
                  bands=[(0, "nondepressed"), (11, "minimal"), (21, "mild"), (31, "moderate"),
                         (46, "severe")]),
    "demo-alliance": dict(n=6, low=1, high=7, rule="mean", source="attune, demonstration"),
    "demo-distress": dict(n=10, low=0, high=4, rule=sum, source="attune, demonstration"),
}


def combine(key, answers):
    given = [a for a in answers if a is not None]
    missing = len(answers) - len(given)
    if not given or missing > key.get("bears", 0):
        return None
    if key["rule"] == "mean":
        return sum(given) / len(given)
    if key["rule"] == "10 x mean":
        return 10 * sum(given) / len(given)
    if key["rule"] == "4 x sum":
        return 4 * sum(given)
    return sum(given) if missing == 0 else len(answers) * sum(given) / len(given)


def score(key, items):
    turned = [None if a is None else key["low"] + key["high"] - a
              if i + 1 in key.get("reverse", ()) else a for i, a in enumerate(items)]
    total = combine(key, turned)
    out = {"items": items, "score": total, "tier": "oracle", "source": TOOL + key["source"]}
    if "subscales" in key:
        bears = key.get("sub_bears", {})
        out["subscales"] = {name: combine({**key, "bears": bears.get(name, 0)},
                                          [turned[i - 1] for i in numbers])
                            for name, numbers in key["subscales"].items()}
    if "bands" in key and total is not None:
        out["band"] = [label for low, label in key["bands"] if total >= low][-1]
    if "safety" in key:
        asked = key["safety"] if isinstance(key["safety"], tuple) else (key["safety"],)
        out["safety"] = any((items[i - 1] or 0) >= key.get("threshold", 1) for i in asked)
    out["prorated"] = total is not None and None in items
    return out


def forms(key):
    n, low, high = key["n"], key["low"], key["high"]
    yield [low] * n
    yield [high] * n
    yield [low + (3 * i + 1) % (high - low + 1) for i in range(n)]
    yield [high - (5 * i + 2) % (high - low + 1) for i in range(n)]
    bears = key.get("bears", 0)
    past = [range(bears + 1)] if bears > 2 else []
    for missing in ((0,), (n - 1,), (0, 1), (1, n // 2, n - 2), range(n), *past):
        form = [low + (2 * i + 1) % (high - low + 1) for i in range(n)]
        for i in missing:
            form[i] = None
        yield form
    for bit in range(n.bit_length()):  # no two items answer alike in all of these
        yield [high if i >> bit & 1 else low for i in range(1, n + 1)]


def as_ticked(name, answers):
    """Answers that a source prints already reversed, turned back."""
    key = KEYS[name]
    return [key["low"] + key["high"] - a if i + 1 in key["reverse"] else a
            for i, a in enumerate(answers)]


PUBLISHED = {
    "phq-9": [
        {"items": [3, 0, 1, 2, 0, 0, 1, 0, 3], "score": 10, "safety": True, "band": "moderate",
         "source": "test vector of awell-score, PHQ-9"},
        {"items": [2, 2, 2, 2, 1, 1, 2, 0, 0], "score": 12, "band": "moderate",
         "source": "US Core 8.0.0, PHQ-9 example response, total 12"}],
    "gad-7": [
        {"items": [3, 0, 1, 2, 0, 0, 1], "score": 7, "band": "mild",
         "source": "test vector of awell-score, GAD-7"}],
    "phq-4": [
        {"items": [0, 1, 3, 1], "score": 5, "band": "mild",
         "subscales": {"anxiety": 1, "depression": 4},
         "source": "test vector of awell-score, PHQ-4"}],
    "core-om": [
        {"items": as_ticked("core-om", [2, 0, 4, 0, 0, 0, 1, 1, 0, 0, 0, 4, 1, 1, 0, 0, 0, 0, 0, 0,
                                        4, 1, 0, 0, 1, 0, 0, 0, 2, 1, 1, 4, 0, 0]),
         "score": 10 * 28 / 34, "safety": True,
         "subscales": {"wellbeing": 10 * 2 / 4, "problems": 10 * 3 / 12,
                       "functioning": 10 * 22 / 12, "risk": 10 * 1 / 6},
         "source": "test vector of awell-score, CORE-OM, already reversed there and turned back "
                   "here; sums 28, 2, 3, 22 and 1 as printed, here 10 x mean"}],
    "yp-core": [
        {"items": as_ticked("yp-core", [0, 1, 2, 0, 4, 3, 2, 1, 0, 2]), "score": 15,
         "source": "test vector of awell-score, YP-CORE, already reversed there and turned back "
                   "here"}],
    "k10": [
        {"items": [1] * 10, "score": 10, "source": "test of psytools, K10"},
        {"items": [2] * 10, "score": 20, "source": "test of psytools, K10"},
        {"items": [3] * 10, "score": 30, "source": "test of psytools, K10"}],
    "k6": [
        {"items": [2, 2, 2, 2, 2, 2], "score": 12, "band": "moderate",
         "source": "test of psytools, K6"},
        {"items": [3, 2, 2, 2, 2, 2], "score": 13, "band": "serious",
         "source": "test of psytools, K6"}],
    "pcl-5": [
        {"items": [4, 3, 1, 0, 3, 3, 4, 1, 2, 0, 3, 1, 0, 0, 1, 2, 4, 0, 0, 3], "score": 35,
         "subscales": {"intrusion": 11, "avoidance": 7, "mood": 7, "arousal": 10},
         "source": "test vector of awell-score, PCL-5"}],
    "who-5": [
        {"items": [4, 1, 0, 2, 3], "score": 40, "source": "test vector of awell-score, WHO-5"},
        {"items": [3, 3, 3, 3, 3], "score": 60, "source": "test vector of awell-score, WHO-5"}],
    "isi": [
        {"items": [1, 2, 1, 0, 0, 3, 2], "score": 9, "band": "subthreshold",
         "source": "test vector of awell-score, Insomnia Severity Index"}],
    "swls": [
        {"items": [7, 7, 7, 6, 4], "score": 31, "band": "extremely satisfied",
         "source": "test of psytools, SWLS"},
        {"items": [4, 4, 4, 4, 4], "score": 20, "band": "neutral",
         "source": "test of psytools, SWLS"}],
}


def main():
    for name, key in KEYS.items():
        vectors = [score(key, form) for form in forms(key)]
        vectors += [{"tier": "published", **v} for v in PUBLISHED.get(name, [])]
        text = json.dumps({"scale": name, "vectors": vectors}, indent=1)
        (HERE / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()

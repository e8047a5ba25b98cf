# Sudden gains and losses of the shared series against what the R package made of them.
# SPDX-License-Identifier: MIT
import csv
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

import judging
from judging import BASELINE, FIRST, GAIN, LOSS, PACKAGE, SECOND, THIRD, How, number, same

SKIP = 77  # what tells the test runner that nothing was tested
KINDS = {"sg": GAIN, "sl": LOSS}


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def how_of(arguments):
    """The options that the package's arguments stand for."""
    given = dict(a.split("=") for a in arguments.split(";"))
    cutoff = abs(float(given["sg_crit1_cutoff"])) if given["sg_crit1_cutoff"] != "NULL" else 0
    share = given.get("sg_crit2_pct", ".25")
    criteria = ((FIRST if cutoff else 0) | (SECOND if share != "NULL" else 0)
                | (0 if given.get("sg_crit3") == "FALSE" else THIRD))
    fixed = given.get("sg_crit3_adjust") == "FALSE"
    return How(PACKAGE, criteria=criteria, cutoff=cutoff,
               flags=BASELINE if given.get("identify_sg_1to2") == "TRUE" else 0,
               proportion=0 if share == "NULL" else float(share),
               alpha=float(given.get("sg_crit3_alpha", 0)),
               critical=float(given.get("sg_crit3_critical_value", 2.776)) if fixed else 0)


def read_series(folder):
    """Each client's (session, score), by data set."""
    series = defaultdict(lambda: defaultdict(list))
    for row in rows_of(folder / "sg_data_long.csv"):
        series[row["dataset"]][row["id"]].append((int(row["session"]), number(row["value"])))
    return {name: {id: sorted(rows) for id, rows in clients.items()}
            for name, clients in series.items()}


class Peers:
    """What was judged here, by data set, setting, kind and client."""

    def __init__(self, program, folder):
        self.folder = folder
        self.series = read_series(folder)
        settings = {(r["setting"], r["kind"]): how_of(r["arguments"])
                    for r in rows_of(folder / "sg_settings.csv")}
        wanted = sorted({(r["dataset"], r["setting"], r["kind"], r["id"])
                         for r in rows_of(folder / "sg_identify.csv")})
        cases = [(settings[setting, kind], self.rows(data, setting, id))
                 for data, setting, kind, id in wanted]
        self.answers = dict(zip(wanted, judging.judge_all(program, cases)))

    def rows(self, data, setting, id):
        """Without its baseline, which the package keeps in a column of its own."""
        rows = self.series[data][id]
        return [r for r in rows if setting == "base1to2" or r[0] > 0]

    def found(self, row):
        """What was found of a row's client and kind, by the session before it."""
        key = tuple(row[k] for k in ("dataset", "setting", "kind", "id"))
        return {f.start: f for f in self.answers[key].found if f.kind == KINDS[row["kind"]]}


def check_intervals(peers, counts):
    """Every criterion at every interval; what one does not ask for is not known here."""
    words = {"1": 1, "0": 0, "NA": -1}
    for row in rows_of(peers.folder / "sg_identify.csv"):
        key = tuple(row[k] for k in ("dataset", "setting", "kind", "id"))
        traces = [t for t in peers.answers[key].traces if t.kind == KINDS[row["kind"]]]
        starts = range(int(row["first_from"]), int(row["first_from"]) + int(row["n_intervals"]))
        if [t.start for t in traces] != list(starts):
            yield f"{key}: other intervals"
            continue
        for name, member in (("crit1", "first"), ("crit2", "second"), ("crit3", "third"),
                             ("met", "met")):
            theirs = [words[w] for w in row[name].split()]
            counts[name] += len(theirs)
            if [getattr(t, member) for t in traces] != theirs:
                yield f"{key}: {name} differs"


FIGURES = (("sg_magnitude", "magnitude"), ("sg_change_proportion", "proportion"),
           ("sg_reversal_value", "limit"), ("sg_x_n", "before"), ("sg_x_n1", "after"))


def compare(row, found, counts):
    """One gain of the package's against ours. Inf, a division by 0, is NaN here."""
    name = f"{row['dataset']} {row['setting']} {row['kind']} {row['id_sg']}"
    ours = found.get(int(row["sg_session_n"]))
    if ours is None:
        yield f"{name}: not found"
        return
    for column, member in FIGURES:
        want = number(row[column])
        counts[column] += 1
        if not same(getattr(ours, member), math.nan if math.isinf(want) else want):
            yield f"{name}: {column} is {getattr(ours, member)!r}, not {want!r}"
    counts["sg_reversal"] += 1
    if ours.reversed != int(row["sg_reversal"]):
        yield f"{name}: reversed is {ours.reversed}"


def has_magnitude(row):
    return row["sg_magnitude"] != "NA"


def check_found(peers, counts):
    theirs = Counter()
    for row in rows_of(peers.folder / "sg_bysg.csv"):
        if not has_magnitude(row):  # criterion 3 alone, at a session that is missing
            counts["no magnitude: not found here"] += 1
            continue
        theirs[tuple(row[k] for k in ("dataset", "setting", "kind", "id"))] += 1
        yield from compare(row, peers.found(row), counts)
    for key, answer in peers.answers.items():
        ours = sum(f.kind == KINDS[key[2]] for f in answer.found)
        if ours != theirs[key]:
            yield f"{key}: {ours} found, not {theirs[key]}"


def check_chosen(peers, counts):
    for row in rows_of(peers.folder / "sg_byperson.csv"):
        key = tuple(row[k] for k in ("dataset", "setting", "kind", "id"))
        if row["setting"] == "crit3_only" and len(peers.found(row)) != int(row["sg_freq_byperson"]):
            counts["a gain without a magnitude among them"] += 1
            continue
        counts["chosen"] += 1
        chosen = peers.answers[key].chosen[KINDS[row["kind"]], row["multiple_sg_select"]]
        if chosen != int(row["sg_session_n"]):
            yield f"{key}: {row['multiple_sg_select']} is after {chosen}"


def check_cases(peers, counts):
    """select_cases: by pattern, a client with an interval that can be judged."""
    for row in rows_of(peers.folder / "sg_select_cases.csv"):
        rows = peers.rows(row["dataset"], "default7", row["id"])
        observed = sum(not math.isnan(score) for _, score in rows)
        answer = peers.answers[row["dataset"], "default7", "sg", row["id"]]
        ours = (observed >= int(row["min_sess"]) if row["method"] == "min_sess"
                else answer.intervals > 0)
        counts["selected"] += 1
        if ours != (row["sg_select"] == "TRUE"):
            yield f"{row['dataset']} {row['id']}: selected by {row['method']} differs"


# Published in the package's vignette and paper, for its own data; two-sample t by its definition.
PUBLISHED = {"default7": 24, "noadjust": 26, "crit12": 30}


def check_published(peers, counts, program):
    for setting, want in PUBLISHED.items():
        ours = sum(f.kind == GAIN for (data, s, kind, _), a in peers.answers.items()
                   if (data, s, kind) == ("sgdata_bdi", setting, "sg") for f in a.found)
        counts["published"] += 1
        if ours != want:
            yield f"sgdata {setting}: {ours} gains, not {want}"
    clients = peers.series["sgdata_bdi"]
    cases = [(How(), [r for r in rows if r[0] > 0]) for rows in clients.values()]
    ours = sum(f.kind == GAIN for a in judging.judge_all(program, cases) for f in a.found)
    if ours != 27:
        yield f"sgdata by the two-sample t: {ours} gains, not 27"


def main():
    program, folder = sys.argv[1], Path(sys.argv[2]) / "1_real"
    if not folder.is_dir():
        print("SKIPPED: the shared golden series are not beside this tree; nothing was compared")
        return SKIP
    counts = Counter()
    peers = Peers(program, folder)
    complaints = [*check_intervals(peers, counts), *check_found(peers, counts),
                  *check_chosen(peers, counts), *check_cases(peers, counts),
                  *check_published(peers, counts, program)]
    print(*(f"{n:6} {what}" for what, n in counts.items()), sep="\n")
    print(*complaints[:40], sep="\n")
    return 1 if complaints or counts["met"] < 30000 or counts["sg_magnitude"] < 1500 else 0


if __name__ == "__main__":
    sys.exit(main())

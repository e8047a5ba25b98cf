# Compared correlations of the shared golden cases, against psych and cocor, where at hand.
# SPDX-License-Identifier: MIT
import csv
import subprocess
import sys
from pathlib import Path

SKIP = 77  # what tells the test runner that nothing was tested
TOLERANCE = 1e-9
OVERLAP = "cocor:cocor.dep.groups.overlap_r.jk_r12_r.jh_r13_r.kh_r23"
APART = "cocor:cocor.dep.groups.nonoverlap_r.jk_r12_r.hm_r34_..."
INDEPENDENT = "cocor:cocor.indep.groups_r12_r34_n_n2"
NONOVERLAPPING = "psych:r.test_n_6_r_Steiger_z_r12_vs_r34_nonoverlapping#"
# Method of the shared files, its quantity, our figures in the order of its numbers.
FIGURES = [
    ("psych:r.test_n_r12_r_0", "t", "one.t"), ("psych:r.test_n_r12_r_0", "p", "one.p"),
    ("psych:r.con_r12_n_Fisher_z_CI", "lo95", "one.low"),
    ("psych:r.con_r12_n_Fisher_z_CI", "hi95", "one.high"),
    ("psych:r.test_n_r12_r13_r23_Williams_t_overlapping_var_1", "t", "overlap.williams"),
    ("psych:r.test_n_r12_r13_r23_Williams_t_overlapping_var_1", "p", "overlap.williams.p"),
    (NONOVERLAPPING + "1", "z", "apart.steiger"), (NONOVERLAPPING + "1", "p", "apart.steiger.p"),
    (NONOVERLAPPING + "2", "z", "apart.dunn"), (NONOVERLAPPING + "2", "p", "apart.dunn.p"),
    ("psych:r.test_n_r12_r34_n2_independent", "z", "independent.|z|"),
    ("psych:r.test_n_r12_r34_n2_independent", "p", "independent.p"),
    (INDEPENDENT, "fisher1925.statistic", "independent.z"),
    (INDEPENDENT, "fisher1925.p.value", "independent.p"),
    (INDEPENDENT, "zou2007.conf.int", "independent.low independent.high"),
    (OVERLAP, "williams1959.df", "overlap.df"), (OVERLAP, "hotelling1940.df", "overlap.df"),
    (OVERLAP, "hendrickson1970.df", "overlap.df"),
    (OVERLAP, "meng1992.conf.int", "overlap.meng.low overlap.meng.high"),
    (OVERLAP, "zou2007.conf.int", "overlap.zou.low overlap.zou.high"),
    (APART, "zou2007.conf.int", "apart.zou.low apart.zou.high"),
]
FIGURES += [(method, f"{theirs}.{what}", f"{ours}{end}")
            for method, names in (
                (OVERLAP, {"williams1959": "overlap.williams", "hotelling1940": "overlap.hotelling",
                           "hendrickson1970": "overlap.hendrickson", "olkin1967": "overlap.olkin",
                           "steiger1980": "overlap.steiger", "meng1992": "overlap.meng",
                           "dunn1969": "overlap.dunn", "hittner2003": "overlap.hittner",
                           "pearson1898": "overlap.pearson"}),
                (APART, {"steiger1980": "apart.steiger", "dunn1969": "apart.dunn",
                         "raghunathan1996": "apart.dunn", "silver2004": "apart.silver",
                         "pearson1898": "apart.pearson"}))
            for theirs, ours in names.items()
            for what, end in (("statistic", ""), ("p.value", ".p"))]


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def ask(program, cases):
    lines = [" ".join(case[name] for name in ("n", "n2", "r12", "r13", "r14", "r23", "r24", "r34"))
             for case in cases]
    text = subprocess.run([program], input="\n".join(lines) + "\n", check=True, text=True,
                          capture_output=True).stdout
    for answer in text.split("end\n")[:-1]:
        found = {name: float(value) for name, value in map(str.split, answer.splitlines())}
        found["independent.|z|"] = abs(found["independent.z"])  # psych takes the sign off
        yield found


def main(program, folder):
    folder = Path(folder) / "6_correlation"
    if not folder.is_dir():
        print(f"SKIPPED: the shared golden vectors are not at hand ({folder})")
        return SKIP
    cases = list(rows_of(folder / "dependent_corr_cases.csv"))
    ours = {case["case_id"]: found for case, found in zip(cases, ask(program, cases))}
    figures = {(method, quantity): names.split() for method, quantity, names in FIGURES}
    compared, complaints, unknown = 0, [], set()
    for row in rows_of(folder / "expected_R.csv"):
        if row["case_id"] not in ours:
            continue
        names = figures.get((row["method_id"], row["quantity"]))
        if names is None:
            unknown.add((row["method_id"], row["quantity"]))
            continue
        for name, text in zip(names, row["value"].split(), strict=True):
            got, want = ours[row["case_id"]][name], float(text)
            compared += 1
            if not abs(got - want) <= TOLERANCE * max(1, abs(want)):
                complaints.append(f"{row['case_id']}: {name} is {got!r}, not {want!r}")
    print(f"{compared} figures of {len(ours)} cases, 0 skipped")
    complaints += [f"not compared: {method} {quantity}" for method, quantity in sorted(unknown)]
    print("\n".join(complaints[:50]))
    if len(ours) < 12 or compared < 12 * len(FIGURES):
        complaints.append("too few comparisons")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

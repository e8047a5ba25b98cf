# Changes worked out by other programs for two published series and one of our own.
# SPDX-License-Identifier: MIT
#
# NILE: yearly flow 1871 to 1970 (Cobb 1978, Biometrika 65:243-251), in R as datasets::Nile. Its
# figures are those that strucchange prints in its help pages and vignettes: RSS and BIC of 0 to 5
# breaks, one break after 28 years (1898), Chow and sup-F 75.9298. OWN: figures by R 4.2.2 with
# strucchange 1.5-3; the p of Chow's F for the Nile by R's pf(lower.tail = FALSE): strucchange
# itself subtracts from 1 and has 7.4385e-14.
import subprocess
import sys

NILE = [1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960,
        1180, 799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694,
        940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764,
        821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822,
        1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918,
        986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740]
OWN = [5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.3, 4.2, 4.5, 5.9, 6.0, 6.1, 5.9, 6.0, 6.2, 6.1]
STEP = [1, 1, 1, 1, 5, 5, 5, 5]


def ask(program, lines):
    text = subprocess.run([program], input="\n".join(lines) + "\n", check=True, text=True,
                          capture_output=True).stdout
    return [line.split() for line in text.splitlines()]


def data(y):
    return f"{len(y)} " + " ".join(map(repr, y))


def main():
    faults = []

    def same(name, got, wanted, tolerance=0.0):
        if abs(float(got) - wanted) > tolerance * max(1.0, abs(wanted)):
            faults.append(f"{name}: {got} instead of {wanted}")

    nile = ask(sys.argv[1], [
        f"fit 2 0 0 15 5 0 {data(NILE)}", f"fit 0 0 0 2 0 {15000 * 2 * 4.605170185988092!r} "
        f"{data(NILE)}", f"chow 0 28 {data(NILE)}", f"supf 0 0.15 999 {data(NILE)}"])
    own = ask(sys.argv[1], [
        f"fit 2 0 0 3 4 0 {data(OWN)}", f"fit 0 0 0 2 0 {0.05 * 3 * 2.772588722239781!r} "
        f"{data(OWN)}", f"chow 1 6 {data(OWN)}",
        f"supf 0 0.15 0 {data(OWN)}", f"fit 1 0 0 2 1 0.01 {data(OWN)}",
        f"fit 2 1 0 3 4 0 {data(OWN)}", f"supf 0 0.15 99 {data(STEP)}"])
    for m, (rss, bic) in enumerate(zip(
            (2835156.8, 1597457.2, 1552923.6, 1538096.5, 1507888.5, 1659993.5),
            (1318.2, 1270.1, 1276.5, 1284.7, 1291.9, 1310.8))):
        same(f"Nile RSS {m}", nile[0][5 + 3 * m], rss, 5e-8)
        same(f"Nile BIC {m}", nile[0][6 + 3 * m], bic, 5e-5)
    for answer in nile[:2]:
        same("Nile break", answer[3], 28)
    same("Nile Chow", nile[2][1], 75.9298, 1e-6)
    same("Nile Chow p", float(nile[2][2]) * 1e14, 7.43904, 1e-5)
    same("Nile sup-F", nile[3][1], 75.9298, 1e-6)
    same("Nile permutation p", nile[3][4], 0.001)
    same("Nile place", nile[3][5], 28)
    for m, (rss, bic) in enumerate(zip(
            (6.56, 3.08317, .51429, .18762, .16083),
            (36.68564, 30.15032, 7.04052, -3.54814, -.46769))):
        same(f"own RSS {m}", own[0][7 + 3 * m], rss, 1e-5)
        same(f"own BIC {m}", own[0][8 + 3 * m], bic, 1e-5)
    same("own changes", own[1][2], 2)
    same("own first", own[1][3], 6)
    same("own second", own[1][4], 9)
    same("own cost", float(own[1][1]) / .05 + 2 * 3 * 2.772588722239781, 26.921247, 1e-7)
    same("own Chow of lines", own[2][1], 9.42381, 1e-6)
    same("its p", own[2][2], .0034654, 1e-5)
    same("own sup-F", own[3][1], 15.7875, 1e-5)
    same("own split", own[4][3], 9)
    # LWZ: ln(RSS / (16 - p)) + p / 16 .299 (ln 16)^2.1, p 1 3 5 7 9, worked out from the RSS above.
    for m, lwz in enumerate((-.66798, -.96176, -2.26747, -2.75701, -2.34161)):
        same(f"own LWZ {m}", own[0][9 + 3 * m], lwz, 2e-5)
    same("own changes by LWZ", own[5][2], 3)
    same("a step without error", own[6][5], 4)
    same("its p", own[6][4], 2 / 70, 0.03)
    print(*faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

# Breaks a small tree in one way after another and wants the check that guards against it to fail.
# SPDX-License-Identifier: MIT
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
C = "/* A file of the small tree, here to be broken. */\n/* SPDX-License-Identifier: MIT */\n"
PUBLIC = C + "#ifndef ATTUNE_{0}_H\n#define ATTUNE_{0}_H\n{1}\n#endif\n"
STATUS = "#define ATTUNE_OK 0\n#define ATTUNE_E_ONE (-1)\n#define ATTUNE_STATUS_END (-2)\n"

# What every check passes.
SOUND = {
    "include/attune/status.h": PUBLIC.format("STATUS", STATUS),
    "include/attune/trend.h": PUBLIC.format("TREND", "#include <attune/status.h>"),
    "lib/core/base/check.h": C,
    "lib/core/watch/step.h": C + '#include "lib/core/base/check.h"\n#include <attune/status.h>\n',
    "lib/stats/num/gsl.c": C + "#include <gsl/gsl_fit.h>\n",
    "lib/io/csv.c": C + "#include <csv.h>\n#include <stdio.h>\n",
    "lib/report/text.c": C + "#include <attune/trend.h>\n",
}


def public(body):
    return {"include/attune/scale.h": PUBLIC.format("SCALE", body)}


def core(body):
    return {"lib/core/scale/score.c": C + body + "\n"}


# check, a word of what it must say, and the files that break the tree.
BREACHES = [
    ("layers", "must not include stats", core("#include <attune/trend.h>")),
    ("layers", "must not include io", {"lib/stats/trend/a.c": C + "#include <attune/forms.h>\n"}),
    ("layers", "must not include report", {"lib/io/a.c": C + '#include "lib/report/text.c"\n'}),
    ("layers", "stands to the left of watch", core('#include "lib/core/watch/step.h"')),
    ("layers", "num stands to the left of trend", {
        "lib/stats/trend/a.h": C,
        "lib/stats/num/a.c": C + '#include "lib/stats/trend/a.h"\n'}),
    ("layers", "not written from the root", core('#include "check.h"')),
    ("layers", "lib/stats/num/gsl.c only", {
        "lib/stats/trend/a.c": C + "#include <gsl/gsl_sort.h>\n"}),
    ("layers", "lib/io only", core("#include <jansson.h>")),
    ("layers", "no I/O", core("#include <stdio.h>")),
    ("layers", "no I/O", core("#include <time.h>")),
    ("layers", "no I/O", core("#include <locale.h>")),
    ("layers", "no I/O", core('int f(void) { return getenv("A") != 0; }')),
    ("layers", "no I/O", {"lib/stats/trend/a.c": C + "double f(void) { return strtod(0, 0); }\n"}),
    ("layers", "sprintf is not used", {"lib/io/a.c": C + "void f(char *s) { sprintf(s, s); }\n"}),
    ("layers", "no room", {"lib/net/a.c": C}),
    ("layers", "core is made of", {"lib/core/odd/a.c": C}),
    ("layers", "stats is made of", {"lib/stats/a.c": C}),
    ("layers", "its library", {"include/attune/odd.h": PUBLIC.format("ODD", "")}),
    ("layers", "core must not include <attune/trend.h>", public("#include <attune/trend.h>")),
    ("layers", "named after its subject", {"lib/io/utils/a.c": C}),
    ("names", "public name SCALE_MAX", public("#define SCALE_MAX 1")),
    ("names", "public name scale_row", public("struct scale_row;")),
    ("names", "public name score", public("int score(int items);")),
    ("names", "public name scale", public("typedef struct attune_scale { int a; } scale;")),
    ("names", "public name total", public("extern int total[3];")),
    ("names", "bool in", public("bool attune_a(void);")),
    ("names", "long in", public("long attune_a(void);")),
    ("names", "enum in", public("enum attune_a { ATTUNE_B };")),
    ("names", "bit-field in", public("struct attune_a {\n    unsigned attune_b : 3;\n};")),
    ("names", "variadic in", public("int attune_a(int attune_b, ...);")),
    ("names", "callback in", public("int attune_a(int (*attune_b)(void));")),
    ("hygiene", "what the file is for", {"lib/io/a.c": "int a;\n"}),
    ("hygiene", "the second line is", {"lib/io/a.c": C.split("\n")[0] + "\nint a;\n"}),
    ("hygiene", "what the file is for", {"tests/a.py": "import os\n"}),
    ("hygiene", "what the file is for", {"lib/io/meson.build": "a = 1\n"}),
    ("hygiene", "a path of one machine", core("/* see /" + "home/me/notes */")),
    ("hygiene", "an unfinished mark", core("/* TO" + "DO: more */")),
    ("hygiene", "wider than", core("/* " + "wide " * 30 + "*/")),
    ("hygiene", "a tab", core("\tint a;")),
    ("hygiene", "space at the end", core("int a; ")),
    ("hygiene", "a carriage return", core("int a;\r")),
    ("hygiene", "no newline", {"lib/io/a.c": C + "int a;"}),
    ("hygiene", "longer than", core("int a;\n" * 500)),
    ("format", "run clang-format", core("int a( void ){return 1;}")),
    ("statuses", "in this order", {"include/attune/status.h": PUBLIC.format(
        "STATUS", STATUS.replace("(-1)", "(-3)"))}),
    ("statuses", "is not the last", {"include/attune/status.h": PUBLIC.format(
        "STATUS", "#define ATTUNE_OK 0")}),
    ("statuses", "mapped to no exception", {"bindings/python/pyattune/errors.py": "# none\n"}),
    ("statuses", "is no status", core("int a = ATTUNE_E_TWO;")),
    ("../headers/alone", "does not stand alone", public("attune_status attune_a(void);")),
    ("../headers/alone", "does not stand alone", public("struct attune_a { int b[0]; };")),
    ("../headers/cdef", "cannot read", public("attune_word attune_a(void);")),
]

# What a check of headers is told beside the root.
MORE = {"../headers/alone": ["c99"], "../headers/cdef": []}


def build(root, files):
    for path, text in files.items():
        full = os.path.join(root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8", newline="") as file:
            file.write(text)


def run(check, files, compiler):
    """Exit code and words of a check on the small tree."""
    more = [*MORE[check], *compiler] if check in MORE else []
    with tempfile.TemporaryDirectory() as root:
        build(root, files)
        done = subprocess.run([sys.executable, os.path.join(HERE, check + ".py"), root, *more],
                              capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def main():
    compiler, problems, left_out = sys.argv[1:], [], set()
    for check in sorted({row[0] for row in BREACHES}):
        code, said = run(check, SOUND, compiler)
        if code == 77:
            left_out.add(check)
        elif code:
            problems.append(f"{check} is red on a sound tree:\n{said}")
    for check, wanted, files in BREACHES:
        code, said = (1, wanted) if check in left_out else run(check, {**SOUND, **files}, compiler)
        if code != 1 or wanted not in said:
            problems.append(f"{check} exits {code}, where it should say: {wanted}\n{said}")
    print("\n".join(problems + [f"SKIPPED: {check}" for check in sorted(left_out)]))
    print(f"{len(BREACHES)} breaches, {len(problems)} problem(s)")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()

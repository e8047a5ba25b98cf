# Every C file looks as clang-format 14 would write it.
# SPDX-License-Identifier: MIT
import re
import shutil
import subprocess

import tree

VERSION = 14  # another version lays code out differently


def formatter():
    """clang-format of the right version, or None."""
    for name in (f"clang-format-{VERSION}", "clang-format"):
        path = shutil.which(name)
        if path:
            said = subprocess.run([path, "--version"], capture_output=True, text=True).stdout
            if re.search(rf"version {VERSION}\.", said):
                return path
    return None


def main():
    root = tree.arguments().root
    program = formatter()
    if not program:
        tree.skip(f"clang-format {VERSION} is not here: apt-get install clang-format-{VERSION}")
    paths = tree.files(root, ".c", ".h")
    done = subprocess.run([program, "--dry-run", "-Werror", *paths], cwd=root, text=True,
                          capture_output=True)
    wrong = sorted(set(re.findall(r"^([^\s:]+):\d+:\d+: error", done.stderr, re.M)))
    if done.returncode and not wrong:
        print(done.stderr)
        wrong = ["clang-format failed"]
    tree.finish([f"{path}: run clang-format -i on it" for path in wrong], "the layout is off")


if __name__ == "__main__":
    main()

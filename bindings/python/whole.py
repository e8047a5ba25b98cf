# Makes one object of a static library, of which only the public names can be seen.
# SPDX-License-Identifier: MIT
import argparse
import subprocess


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("output")
    parser.add_argument("--objcopy", required=True)
    parser.add_argument("compiler", nargs="+")
    given = parser.parse_args()
    subprocess.run([*given.compiler, "-r", "-nostdlib", "-o", given.output,
                    "-Wl,--whole-archive", given.library], check=True)
    # The libraries were never linked into one file: a private name may stand in two of them.
    subprocess.run([given.objcopy, "--localize-hidden", given.output], check=True)


if __name__ == "__main__":
    main()

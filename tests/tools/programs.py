# Names the tests of a build that are programs of that build, for running them under a tool.
# SPDX-License-Identifier: MIT
import json
import os
import sys


def main():
    build, suites = os.path.realpath(sys.argv[1]), set(sys.argv[2:])
    for test in json.load(sys.stdin):
        program = os.path.realpath(os.path.join(build, test["cmd"][0]))
        suite = {name.split(":")[-1] for name in test["suite"]}
        if program.startswith(build + os.sep) and (not suites or suites & suite):
            print(test["name"])


if __name__ == "__main__":
    main()

# Prints a command of the README exactly as it stands there, or checks that each is one line.
# SPDX-License-Identifier: MIT
import os
import re
import sys

import tree

COMMANDS = ("one", "two")


def command(text, name):
    """The code block that follows the comment that names it, without its prompt."""
    found = re.findall(rf"<!-- command {name} -->\s*```\w*\n(.*?)\n```", text, re.S)
    if len(found) != 1:
        raise LookupError(f"README.md has {len(found)} code blocks marked: command {name}")
    if "\n" in found[0] or found[0].lstrip().startswith(("$", "#")):
        raise LookupError(f"command {name} is not one line that can be pasted")
    return found[0]


def main():
    given = tree.arguments(name={"nargs": "?", "choices": COMMANDS,
                                 "help": "which to print; without it, both are checked"})
    if not os.path.exists(os.path.join(given.root, "README.md")):
        tree.skip("there is no README.md yet")
    text, problems = tree.read(given.root, "README.md"), []
    for name in [given.name] if given.name else COMMANDS:
        try:
            line = command(text, name)
            if given.name:
                print(line)
        except LookupError as error:
            problems.append(str(error))
    if problems and given.name:
        sys.exit("\n".join(problems))
    tree.finish(problems, "the README's commands cannot be pasted")


if __name__ == "__main__":
    main()

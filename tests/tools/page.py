# A committed page is what its command writes now.
# SPDX-License-Identifier: MIT
"""page.py PAGE COMMAND...: compares; says how to write the page anew when it differs."""
import pathlib
import subprocess
import sys


def main():
    page, command = pathlib.Path(sys.argv[1]), sys.argv[2:]
    now = subprocess.run(command, capture_output=True, check=True).stdout
    if not page.exists() or page.read_bytes() != now:
        print(f"{page.name} is not what its command writes: ninja -C build update-pages, "
              "or update-alarms")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

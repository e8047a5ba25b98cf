# What the tests of pyattune share: the command to compare with, data, and loud skips.
# SPDX-License-Identifier: MIT
import os
import pathlib

import pytest

SKIPPED = 77  # what meson counts as a skipped test
ROOT = pathlib.Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"


def pytest_terminal_summary(terminalreporter):
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.line(f"SKIPPED: {report.longrepr[2]}")


def pytest_sessionfinish(session, exitstatus):
    """A file of which every test was skipped is skipped, not passed."""
    counts = session.config.pluginmanager.get_plugin("terminalreporter").stats
    if exitstatus == 0 and counts.get("skipped") and not counts.get("passed"):
        session.exitstatus = SKIPPED


@pytest.fixture
def command():
    """The path of the attune command of the same build."""
    path = os.environ.get("ATTUNE_COMMAND", "")
    if not os.path.exists(path):
        pytest.skip("the command is not built: nothing to compare with")
    return path


@pytest.fixture
def shared():
    """The folder of facts, golden vectors and real data beside the tree."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: golden vectors and real data are left out")
    return SHARED

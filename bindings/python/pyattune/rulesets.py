# A clinic's own rule sets, read from the files that `attune marks --rules` takes.
# SPDX-License-Identifier: MIT
from pyattune._attune import ffi, lib
from pyattune.catalogue import describe, text
from pyattune.errors import check_in_file, new_error
from pyattune.sources import read_source


class Rules:
    """A rule set, immutable: what load_rules returns, for rules= of any call.

    id:   "north-clinic/2", its name and version.
    hash: SHA-256 of its text, so that a result can say with what it was computed.
    text: why these rules, as the file says.
    """

    def __init__(self, handle):
        self._handle = ffi.gc(handle, lib.attune_ruleset_free)
        info = describe(lib.attune_ruleset_describe, "attune_ruleset_info", self._handle)
        self.id, self.hash, self.text = text(info.id), text(info.hash), text(info.text)

    def __repr__(self):
        return f"<pyattune.Rules: {self.id}>"


def load_rules(source):
    """A clinic's own rule set.

    source: the path of a JSON file, or the JSON itself as text beginning with {; the format is
            that of `attune rules --template`.
    Returns Rules.
    Raises FileError when the file cannot be read; FormatError with line and JSON path;
    UnknownError for a rule, a version or a parameter that there is not; DuplicateError when one
    stands twice or the id is a built-in set's; OptionError for a value out of its range.
    """
    data = read_source(source, lib.ATTUNE_RULEFILE_BYTES_MAX)
    out = ffi.new("attune_ruleset **")
    err = new_error()
    check_in_file(lib.attune_ruleset_load(out, ffi.from_buffer(data), len(data), ffi.NULL, err),
                  err)
    return Rules(out[0])

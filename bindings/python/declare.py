# Writes the C source of the extension: what the compiler sees in the headers, handed to cffi.
# SPDX-License-Identifier: MIT
import argparse
import os
import re
import subprocess
import tempfile

import cffi

HEADER = "bindings/python/batch.h"
INTEGER = re.compile(r"[-+()<|\s]*(?:(?:0x)?[0-9a-fA-F]+[uUlL]*[-+()<|\s]*)+")


def preprocess(compiler, root, include, *flags):
    """The headers after the preprocessor: system headers are empty, attributes gone."""
    with tempfile.TemporaryDirectory() as empty:
        for name in ("stddef.h", "stdint.h"):
            open(os.path.join(empty, name), "w", encoding="utf-8").close()
        done = subprocess.run(
            [*compiler, "-E", "-xc", "-std=c11", "-nostdinc", "-isystem", empty,
             "-D__attribute__(x)=", f"-I{include}", f"-I{root}", *flags,
             os.path.join(root, HEADER)],
            capture_output=True, text=True, check=True)
    return done.stdout


def constants(macros):
    """Every macro of ours that is a whole number, as cffi wants it."""
    for line in macros.splitlines():
        found = re.match(r"#define (ATTUNE_\w+) (.+)", line)
        if found and INTEGER.fullmatch(found[2]):
            yield f"#define {found[1]} ..."


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("output")
    parser.add_argument("--module", required=True, help="full name of the extension module")
    parser.add_argument("--root", required=True, help="folder that holds lib and bindings")
    parser.add_argument("--depfile", required=True)
    parser.add_argument("compiler", nargs="+")
    given = parser.parse_args()
    include = os.path.join(given.root, "include")
    ffi = cffi.FFI()
    ffi.cdef(preprocess(given.compiler, given.root, include, "-P", "-MMD", "-MF", given.depfile,
                        "-MQ", given.output))
    macros = preprocess(given.compiler, given.root, include, "-dM")
    ffi.cdef("\n".join(sorted(constants(macros))))
    ffi.set_source(given.module, f'#include "{HEADER}"')
    ffi.emit_c_code(given.output)


if __name__ == "__main__":
    main()

#!/usr/bin/env bash
# Print the path of a Python 3.10 that really runs; exit 1 when there is none.
# A file named python3.10 proves nothing: pyenv puts shims on PATH that fail, and a Python built without SQLite's
# headers cannot store a conversation. So every candidate has to import what the assistant needs.
set -uo pipefail

runs() {
    "$1" -c 'import ctypes, sqlite3, ssl, sys, zlib; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1
}

while IFS= read -r candidate; do
    if [ -n "$candidate" ] && runs "$candidate"; then
        "$candidate" -c 'import sys; print(sys.executable)'
        exit 0
    fi
done < <(
    type -aP python3.10
    ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python3.10 2>/dev/null
    type -aP python3
)
exit 1

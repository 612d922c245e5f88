#!/usr/bin/env bash
# Print the path of uv: the one on PATH, else the locked one that this installs into .build/uv.
set -euo pipefail
cd "$(dirname "$0")/.."
local_uv="$PWD/.build/uv/bin/uv"

for candidate in $(type -aP uv || true) "$local_uv"; do
    if "$candidate" --version >/dev/null 2>&1; then
        echo "$candidate"
        exit 0
    fi
done

while IFS= read -r python; do
    rm -rf .build/uv
    if "$python" -m venv .build/uv >/dev/null 2>&1 &&
        .build/uv/bin/python -m pip install --quiet --disable-pip-version-check \
            --require-hashes --requirement requirements/uv.txt >&2; then
        echo "$local_uv"
        exit 0
    fi
done < <(scripts/find_python.sh || true; type -aP python3 || true)

echo "setup: uv is missing and could not be installed; install uv, then run make again" >&2
exit 1

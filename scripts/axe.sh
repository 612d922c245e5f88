#!/usr/bin/env bash
# Install axe-core, which checks the pages' accessibility, from tests/npm/package-lock.json (version and hash) into
# .build/npm. Without it those tests are skipped (with CI=true they fail), see tests/conftest.py.
set -uo pipefail
cd "$(dirname "$0")/.."
wanted=tests/npm
installed=.build/npm

present() { cmp -s "$wanted/package-lock.json" "$installed/package-lock.json" && [ -f "$installed/node_modules/axe-core/axe.min.js" ]; }

if ! present; then
    if ! command -v npm >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "test: installing npm" >&2
        (apt-get update -qq && apt-get install -y -qq --no-install-recommends npm) >/dev/null 2>&1
    fi
    if command -v npm >/dev/null; then
        echo "test: installing axe-core" >&2
        mkdir -p "$installed"
        cp "$wanted/package.json" "$wanted/package-lock.json" "$installed"
        log=$(mktemp)
        if ! (cd "$installed" && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1; then
            tail -n 5 "$log" >&2
            rm -rf "$installed"
        fi
        rm -f "$log"
    fi
fi
present || echo "test: axe-core is missing; install npm for the accessibility tests" >&2

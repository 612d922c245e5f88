#!/usr/bin/env bash
# Install Debian's Chromium and its driver for the browser tests where they are missing, as root only.
# Without them the browser tests are skipped (with CI=true they fail), see tests/conftest.py.
set -uo pipefail

present() { command -v chromium >/dev/null && command -v chromedriver >/dev/null; }

if ! present && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "test: installing Chromium" >&2
    log=$(mktemp)
    if ! (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium chromium-driver) >"$log" 2>&1; then
        tail -n 5 "$log" >&2
    fi
    rm -f "$log"
fi
present || echo "test: Chromium is missing; install chromium and chromium-driver for the browser tests" >&2

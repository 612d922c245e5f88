#!/usr/bin/env bash
# Install Debian's speech-dispatcher and a voice, by which the kiosk reads aloud, where they are missing, as root only.
# Without them the kiosk offers no reading aloud; its tests are skipped (with CI=true they fail), see tests/conftest.py.
set -uo pipefail

present() { command -v speech-dispatcher >/dev/null && command -v espeak-ng >/dev/null; }

if ! present && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "test: installing speech-dispatcher" >&2
    log=$(mktemp)
    packages="speech-dispatcher speech-dispatcher-espeak-ng espeak-ng"
    # shellcheck disable=SC2086 # several words
    if ! (apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages) >"$log" 2>&1; then
        tail -n 5 "$log" >&2
    fi
    rm -f "$log"
fi
present || echo "test: speech-dispatcher is missing; install speech-dispatcher-espeak-ng and espeak-ng to read aloud" >&2

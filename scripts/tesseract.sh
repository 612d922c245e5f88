#!/usr/bin/env bash
# Install Debian's tesseract, which reads photos of slips, where it is missing, as root only.
# Without it photos are answered with a sentence and PDF with text is still read; its tests are skipped (with CI=true
# they fail), see tests/conftest.py.
set -uo pipefail

present() { command -v tesseract >/dev/null; }

if ! present && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "test: installing tesseract" >&2
    log=$(mktemp)
    if ! (apt-get update -qq && apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-eng) >"$log" 2>&1; then
        tail -n 5 "$log" >&2
    fi
    rm -f "$log"
fi
present || echo "test: tesseract is missing; install tesseract-ocr and tesseract-ocr-eng for photos of slips" >&2

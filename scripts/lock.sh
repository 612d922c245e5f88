#!/usr/bin/env bash
# Resolve requirements/*.in again into requirements/*.txt: exact versions with hashes and no addresses.
# Versions already locked stay unless an argument says otherwise: `make lock ARGS="--upgrade-package httpx"`.
set -euo pipefail
cd "$(dirname "$0")/../requirements"

compile() { # name, options...
    local name=$1
    shift
    ../scripts/uv.sh pip compile --quiet --generate-hashes --python-version 3.10 --no-emit-index-url \
        --custom-compile-command "make lock" --output-file "$name.txt" "$@" "$name.in"
}

compile dev --overrides overrides.txt "$@"
compile build "$@"
compile uv "$@"
compile encoder-build "$@"
compile encoder-weights --no-deps "$@"

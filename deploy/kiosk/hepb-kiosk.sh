#!/bin/sh
# Show the kiosk in Chromium on this screen: waits for the server, keeps the profile in memory, leaves none behind.
#     hepb-kiosk.sh [ADDRESS]
set -eu
address=${1:-http://127.0.0.1:5005}
folder=$(dirname "$0")
profile=$(mktemp -d -p "${XDG_RUNTIME_DIR:?a folder in memory}" kiosk.XXXXXX)
trap 'rm -rf "$profile"' EXIT

until curl --silent --fail --output /dev/null "$address/health"; do sleep 2; done
# shellcheck disable=SC2046 # one flag on each line, none holds a space
chromium $(grep -v '^#' "$folder/flags") --user-data-dir="$profile" "$address/kiosk"

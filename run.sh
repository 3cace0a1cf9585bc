#!/usr/bin/env bash
# Installs what is missing, builds, and starts the proxy. Arguments go to `lbp serve`; ./run.sh --demo needs no provider key.
set -euo pipefail
cd "$(dirname "$0")"
case "${1:-}" in
  -h | --help)
    cat <<'HELP'
Usage: ./run.sh [arguments of lbp serve]

  ./run.sh           build and start the proxy with your configuration
  ./run.sh --demo    build and start it beside a bundled demo provider: no provider key needed, no money spent

The first start builds for some minutes; later ones start at once.
HELP
    exit 0
    ;;
esac
cmake/install-packages.sh build run
log="build/release.log"
mkdir -p build
echo "Building (the first time takes some minutes; details in $log) ..." >&2
if ! { cmake --preset release -DLBP_BUILD_TESTS=OFF && cmake --build --preset release -j "$(nproc)"; } >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  echo "The build failed; all of it is in $log." >&2
  exit 1
fi
exec build/release/bin/lbp serve "$@"

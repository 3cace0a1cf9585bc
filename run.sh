#!/usr/bin/env bash
# Installs what is missing, builds, and starts: the desktop application where there is a display, else `lbp serve`.
set -euo pipefail
cd "$(dirname "$0")"
usage() {
  cat <<'HELP'
Usage: ./run.sh [--headless] [arguments of the program]

  ./run.sh             build and start: the desktop application where there is a display, else `lbp serve`
  ./run.sh --demo      beside a bundled demo provider: no provider key needed, no money spent
  ./run.sh --headless  `lbp serve` also where there is a display

--config FILE, --data-dir DIR and --port PORT are understood by both programs.
The first start builds for some minutes; later ones start at once.
HELP
}
headless=
arguments=()
for argument in "$@"; do
  case "$argument" in
    -h | --help) usage; exit 0 ;;
    --headless) headless=asked ;;
    *) arguments+=("$argument") ;;
  esac
done
if [[ -z "$headless" && -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]]; then
  headless=none
fi

groups=(build run)
options=(-DLBP_BUILD_TESTS=OFF)
targets=(lbp llm-budget-proxy)
if [[ -n "$headless" ]]; then
  # A server needs nothing of the desktop's.
  options+=(-DLBP_DESKTOP=OFF)
  targets=(lbp)
else
  groups+=(desktop)
  options+=(-DLBP_DESKTOP=ON)
fi
cmake/install-packages.sh "${groups[@]}"
log="build/release.log"
mkdir -p build
echo "Building (the first time takes some minutes; details in $log) ..." >&2
if ! { cmake --preset release "${options[@]}" && cmake --build --preset release -j "$(nproc)" --target "${targets[@]}"; } >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  echo "The build failed; all of it is in $log." >&2
  exit 1
fi
case "$headless" in
  none) echo "There is no display: starting the proxy without a window (lbp serve)." >&2 ;;
  asked) echo "Starting the proxy without a window (lbp serve)." >&2 ;;
  *)
    echo "Starting the desktop application." >&2
    exec build/release/bin/llm-budget-proxy ${arguments[@]+"${arguments[@]}"}
    ;;
esac
exec build/release/bin/lbp serve ${arguments[@]+"${arguments[@]}"}

#!/usr/bin/env bash
# gui.sh [arguments of gui_bench]: builds release and measures the window over a ledger of a million requests, on an X server without
# a screen, drawn by the software renderer. README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin="${LBP_BENCH_BIN:-build/release/bin}"
if [[ -z "${LBP_BENCH_BIN:-}" ]]; then
  cmake/install-packages.sh build run desktop test bench
  mkdir -p build
  echo "Building release (details in build/release.log) ..." >&2
  { cmake --preset release -DLBP_BUILD_TESTS=ON -DLBP_DESKTOP=ON &&
    cmake --build --preset release -j "$(nproc)" --target llm-budget-proxy mockprovider loadgen gui_bench; } >build/release.log 2>&1 || {
    tail -n 40 build/release.log >&2
    exit 1
  }
fi
home="$(mktemp -d)"
server=
finish() {
  status=$?
  [[ -z "$server" ]] || kill "$server" 2>/dev/null || true
  rm -rf "$home"
  exit "$status"
}
trap finish EXIT INT TERM
exec {display}<> <(:)
Xvfb -displayfd "$display" -screen 0 1280x800x24 -nolisten tcp >"$home/xvfb.log" 2>&1 &
server=$!
read -r -t 30 number <&"$display" || { cat "$home/xvfb.log" >&2; echo "the X server did not start" >&2; exit 1; }
mkdir -p "$home/run"
chmod 700 "$home/run"
ulimit -n "$(ulimit -H -n)"
# An update is drawn as soon as it is asked for, so that a frame's time is work and not the platform's wait before it.
env -u WAYLAND_DISPLAY -u XDG_CURRENT_DESKTOP DISPLAY=":$number" HOME="$home" XDG_RUNTIME_DIR="$home/run" LC_ALL=C.UTF-8 TZ=UTC \
  NO_AT_BRIDGE=1 QT_QPA_PLATFORM=xcb QT_QUICK_BACKEND=software QT_QPA_UPDATE_IDLE_TIME=0 DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent \
  no_proxy='*' "$bin/gui_bench" --bin "$bin" --scripts tests/bench --folder "${LBP_BENCH_FOLDER:-build/bench-gui}" "$@"

#!/usr/bin/env bash
# Installs what is missing, builds, and runs the tests. See --help for the slower checks.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'HELP'
Usage: ./test.sh [MODE] [-- arguments of ctest]

  (none)             build the dev preset and run every test
  --fast             unit tests only
  --asan             every test under AddressSanitizer and UndefinedBehaviorSanitizer
  --fuzz [SECONDS]   each libFuzzer target for SECONDS (60), beginning with its corpus
  --tidy             clang-tidy over every source
  --coverage         every test with gcov, then a table of covered lines
  --screens          pictures of every page below build/screens: light and dark, 100 % and 200 %, empty and full
  --bench [--quick]  the speed table, side by side with nginx (tests/bench/README.md)
  --bench-gui        the window with a million requests: start, frames, stalls, memory, CPU at rest
HELP
}

mode=all
fuzz_seconds=60
bench_args=()
case "${1:-}" in
  -h | --help) usage; exit 0 ;;
  --fast | --asan | --tidy | --coverage) mode="${1#--}"; shift ;;
  --fuzz)
    mode=fuzz; shift
    if [[ "${1:-}" =~ ^[0-9]+$ ]]; then fuzz_seconds="$1"; shift; fi
    ;;
  --screens) mode=screens; shift ;;
  --bench | --bench-gui) mode="${1#--}"; shift; bench_args=("$@"); set -- ;;
esac
if [[ "${1:-}" == -- ]]; then
  shift
elif [[ $# -gt 0 ]]; then
  echo "test.sh: unknown argument '$1'" >&2
  usage >&2
  exit 2
fi

build() { # build PRESET [TARGET...]
  local preset="$1"; shift
  # LBP_DESKTOP=OFF in the environment leaves the window and its tests out.
  cmake --preset "$preset" -DLBP_BUILD_TESTS=ON ${LBP_DESKTOP:+-DLBP_DESKTOP="$LBP_DESKTOP"}
  cmake --build --preset "$preset" -j "$(nproc)" ${1:+--target "$@"}
}

# The SDKs of tests/sdk, as its lock file pins them. Nothing in them is run at installation.
sdk_packages() {
  local folder=tests/sdk
  if [[ ! "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]]; then
    npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null
    touch "$folder/node_modules/.package-lock.json"
  fi
}

run_ctest() { # run_ctest PRESET [arguments of ctest...]
  local preset="$1"; shift
  ctest --test-dir "build/$preset" --output-on-failure --no-tests=error --no-label-summary -j2 "$@" </dev/null
}

case "$mode" in
  all)
    cmake/install-packages.sh build run desktop test
    sdk_packages
    build dev
    run_ctest dev "$@"
    ;;
  fast)
    cmake/install-packages.sh build run desktop test
    build dev
    run_ctest dev -L '^unit$' "$@"
    ;;
  asan)
    cmake/install-packages.sh build run desktop test
    sdk_packages
    build asan
    # Leaks are looked for at exit; Qt's and OpenSSL's one-time allocations are reachable and not reported.
    ASAN_OPTIONS="${ASAN_OPTIONS:-detect_stack_use_after_return=1:strict_string_checks=1}" \
    UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}" \
      run_ctest asan "$@"
    ;;
  fuzz)
    cmake/install-packages.sh build run analysis
    tests/fuzz/run.sh "$fuzz_seconds"
    ;;
  tidy)
    cmake/install-packages.sh build run desktop analysis
    build tidy
    ;;
  coverage)
    cmake/install-packages.sh build run desktop test coverage
    sdk_packages
    build coverage
    find build/coverage -name '*.gcda' -delete
    status=0
    run_ctest coverage "$@" || status=$?
    gcovr --root . --filter src/ --exclude-unreachable-branches --print-summary build/coverage
    exit "$status"
    ;;
  screens)
    cmake/install-packages.sh build run desktop test
    build dev screens
    export QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software LC_ALL=C.UTF-8 TZ=UTC DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent
    for scale in 1 2; do
      for theme in light dark; do
        QT_SCALE_FACTOR="$scale" build/dev/bin/screens --theme "$theme" --out build/screens
      done
    done
    echo "Pictures are in build/screens."
    ;;
  bench)
    exec tests/bench/run.sh "${bench_args[@]}"
    ;;
  bench-gui)
    exec tests/bench/gui.sh "${bench_args[@]}"
    ;;
esac

#!/usr/bin/env bash
# Builds release and prints the speed table: `lbp serve` beside nginx, both in front of the same mock provider. README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
for argument in "$@"; do
  if [[ "$argument" == --help || "$argument" == -h ]]; then
    exec node tests/bench/run.mjs --help
  fi
done
cmake/install-packages.sh build run test bench

# An installed nginx would be started on port 80, so one that is missing is only unpacked.
nginx="$(command -v nginx || true)"
[[ -z "$nginx" && -x /usr/sbin/nginx ]] && nginx=/usr/sbin/nginx
if [[ -z "$nginx" ]]; then
  nginx="$PWD/build/nginx/usr/sbin/nginx"
  if [[ ! -x "$nginx" ]]; then
    echo "Unpacking nginx into build/nginx ..." >&2
    mkdir -p build/nginx
    (cd build/nginx && { apt-get -q download nginx || { echo "apt-get cannot find nginx; run apt-get update" >&2; exit 1; }; })
    dpkg-deb -x build/nginx/nginx_*.deb build/nginx
  fi
fi

if [[ -z "${LBP_BENCH_BIN:-}" ]]; then
  mkdir -p build
  echo "Building release (details in build/release.log) ..." >&2
  { cmake --preset release -DLBP_BUILD_TESTS=ON -DLBP_DESKTOP=OFF &&
    cmake --build --preset release -j "$(nproc)" --target lbp mockprovider loadgen; } >build/release.log 2>&1 || {
    tail -n 40 build/release.log >&2
    exit 1
  }
fi
ulimit -n "$(ulimit -H -n)"
exec node tests/bench/run.mjs --nginx "$nginx" --bin "${LBP_BENCH_BIN:-build/release/bin}" --work build/bench "$@"

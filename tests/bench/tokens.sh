#!/usr/bin/env bash
# How fast tokens are counted, side by side with the npm package tiktoken. See README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=build/bench-tokens
mkdir -p "$work"
cmake --preset release >/dev/null
cmake --build --preset release --target tokens_bench >/dev/null
if [[ ! -d "$work/node_modules/tiktoken" ]]; then
  npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error tiktoken@1.0.22 </dev/null
fi
exec node tests/bench/tokens.mjs "$work" build/release/bin/tokens_bench "$@"

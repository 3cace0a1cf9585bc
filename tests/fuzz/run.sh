#!/bin/sh
# Runs every libFuzzer target for a bounded time: tests/fuzz/run.sh [SECONDS PER TARGET] [BUILD DIRECTORY]
# Builds the preset "fuzz" first when the directory is not given. What is found lies in BUILD/fuzz-artifacts/.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-30}
build=${2:-build/fuzz}
if [ $# -lt 2 ]; then
    cmake --preset fuzz >/dev/null
    cmake --build "$build" --target fuzzers
fi
found=0
for program in "$build"/bin/fuzz_*; do
    [ -x "$program" ] || { echo "No fuzz target in $build/bin: build the preset \"fuzz\" first." >&2; exit 1; }
    name=$(basename "$program"); name=${name#fuzz_}
    work="$build/fuzz-corpus/$name" artifacts="$build/fuzz-artifacts/$name"
    mkdir -p "$work" "$artifacts"
    echo "== $name, $seconds s"
    # New inputs go to the build directory; the corpus in the repository is only read.
    if ! "$program" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 -max_len=8192 -print_final_stats=1 \
        -verbosity=0 -artifact_prefix="$artifacts/" "$work" "tests/data/fuzz/$name"; then
        echo "$name: FAILED, see $artifacts" >&2
        found=1
    fi
done
exit $found

#!/usr/bin/env bash
# selftest.sh BINARIES: loadgen straight at mockprovider. What it prints must agree with what was asked for.
set -euo pipefail
bin="$1"
exec 3< <(exec "$bin/mockprovider")
provider=$!
trap 'kill "$provider" 2>/dev/null || true' EXIT
read -r ready <&3
port="$(sed 's/.*"port":\([0-9]*\).*/\1/' <<<"$ready")"

field() { sed -E "s/.*\"$2\":([0-9.]+).*/\1/" <<<"$1"; }
expect() { # expect WHAT CONDITION...
  local what="$1"; shift
  if ! awk "BEGIN { exit !($*) }"; then echo "FAILED: $what ($*)"; exit 1; fi
}

plain="$("$bin/loadgen" --port "$port" --connections 4 --milliseconds 400 --warmup 100 --delay 20 --watch "$provider")"
echo "$plain"
expect "no request failed" "$(field "$plain" errors) == 0"
expect "the delay is in the latency" "$(field "$plain" p50Us) >= 20000"
expect "four connections and 20 ms make at most 200 a second" "$(field "$plain" perSecond) <= 205 && $(field "$plain" requests) > 8"
expect "the watched process used CPU" "$(field "$plain" cpuUsPerRequest) > 0"
expect "the watched process has memory" "$(field "$plain" rssKb) > 500"

stream="$("$bin/loadgen" --port "$port" --connections 50 --milliseconds 500 --warmup 50 --chunks 1000 --interval 10)"
echo "$stream"
expect "no stream was cut" "$(field "$stream" cut) == 0 && $(field "$stream" errors) == 0"
expect "all streams live" "$(field "$stream" live) == 50"
expect "about fifty chunks of each stream" "$(field "$stream" chunks) > 500 && $(field "$stream" chunks) <= 50 * 52"

short="$("$bin/loadgen" --port "$port" --connections 5 --milliseconds 500 --warmup 50 --chunks 4 --interval 5)"
echo "$short"
expect "streams that end begin anew, whole" "$(field "$short" requests) > 20 && $(field "$short" cut) == 0"
expect "four chunks a stream" "$(field "$short" chunks) >= 3.5 * $(field "$short" requests) - 25"

large="$("$bin/loadgen" --port "$port" --connections 3 --milliseconds 300 --warmup 50 --body-bytes 200000)"
echo "$large"
expect "large bodies arrive" "$(field "$large" requests) > 10 && $(field "$large" errors) == 0"

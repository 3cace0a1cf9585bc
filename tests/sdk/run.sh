#!/bin/sh
# run.sh LBP: the SDK tests against that program. The SDK wants Node 22; where the system's is older, the one that came with
# the npm packages runs them.
here="$(cd "$(dirname "$0")" && pwd)"
if [ ! -d "$here/node_modules/openai" ]; then
  echo "tests/sdk: the npm packages are missing; ./test.sh installs them (or: npm ci --prefix tests/sdk --ignore-scripts)" >&2
  exit 1
fi
node=node
for candidate in "$here"/node_modules/node-linux-*/bin/node; do
  [ -x "$candidate" ] && node="$candidate"
done
LBP="$1" exec "$node" --test-reporter=spec "$here/run.mjs"

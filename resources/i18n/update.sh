#!/usr/bin/env bash
# Takes new and changed texts of the window over into the translations; those that nobody has translated yet are marked unfinished there.
# The English file holds only texts that depend on a number.
# update.sh [FOLDER]: the files there instead, as the test does that looks for texts without a translation.
set -euo pipefail
folder="$(realpath "${1:-$(dirname "$0")}")"
cd "$(dirname "$0")/../.."
lupdate="$(command -v lupdate || echo /usr/lib/qt6/bin/lupdate)"
update() {
  local language="$1"; shift
  "$lupdate" -silent -no-obsolete -locations none -source-language en -target-language "$language" "$@" \
    -I src qml src/gui src/app/desktop -ts "$folder/llm-budget-proxy_$language.ts"
}
update de
update en -pluralonly

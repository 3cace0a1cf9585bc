#!/usr/bin/env bash
# Takes new and changed texts of the window over into the translations; those that nobody has translated yet are marked unfinished there.
# update.sh [FILE.ts]: another file instead, as the test does that looks for texts without a translation.
set -euo pipefail
cd "$(dirname "$0")/../.."
lupdate="$(command -v lupdate || echo /usr/lib/qt6/bin/lupdate)"
exec "$lupdate" -silent -no-obsolete -locations none -source-language en -target-language de \
  -I src qml src/gui src/app/desktop -ts "${1:-resources/i18n/llm-budget-proxy_de.ts}"

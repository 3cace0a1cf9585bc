#!/usr/bin/env bash
# ledgerfill.sh LEDGER ROWS [KEYS]: fills a ledger that `lbp serve` has created and that nobody has open with ROWS exchanges of the
# last 80 days and KEYS (10000) keys, in bulk and with the rollups that the program would have written. Days are those of UTC.
# A thousand keys are used on any one day, two hundred of them in any quarter of an hour.
set -euo pipefail
ledger="$1"
rows="$2"
keys="${3:-10000}"
[[ -f "$ledger" ]] || { echo "ledgerfill.sh: $ledger does not exist; start lbp serve once to create it" >&2; exit 1; }
[[ "$rows" =~ ^[0-9]+$ && "$keys" =~ ^[0-9]+$ && "$keys" -ge 1000 ]] || { echo "ledgerfill.sh: ROWS and KEYS (at least 1000) are numbers" >&2; exit 1; }
now_us=$(($(date +%s) * 1000000))
span_us=$((80 * 86400 * 1000000))
usage="uncached_input, cached_input, cache_write_5m, cache_write_1h, output, reasoning, audio_input, audio_output, image_input, image_output, web_search_calls, file_search_calls"
sums="$(sed -E 's/([a-z0-9_]+)/sum(\1)/g' <<<"$usage")"

sqlite3 -bail "$ledger" >/dev/null <<SQL
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -400000;
PRAGMA temp_store = FILE;
BEGIN;
INSERT INTO keys (name, team, project, sha256, last4, status, paused_reason, created_at, allowed_models, allow_unmetered)
  SELECT 'filled-' || value, 'team-' || value % 50, '', randomblob(32), 'fill', 0, '', $((now_us - span_us)), '[]', 0
  FROM generate_series(1, $keys);
INSERT OR IGNORE INTO words (text) VALUES ('chat.completions'), ('filled');
INSERT OR IGNORE INTO rates (text) VALUES ('150000,75000,,,600000,,,,,,,');
CREATE TEMP TABLE place AS
  SELECT (SELECT id FROM words WHERE text = 'chat.completions') AS endpoint, (SELECT id FROM words WHERE text = 'filled') AS source,
         (SELECT id FROM rates WHERE text = '150000,75000,,,600000,,,,,,,') AS rates,
         (SELECT min(id) FROM keys WHERE name LIKE 'filled-%') AS first_key, (SELECT coalesce(max(id), 0) FROM series) AS last_series;
INSERT INTO series (id, key_id, team, project, provider, model)
  SELECT last_series + value, first_key + value - 1, 'team-' || value % 50, '', 'plain', 'bench-' || value % 7
  FROM generate_series(1, $keys), place;
INSERT INTO requests (id, series_id, outcome, provenance, flags, endpoint_id, requested_model_id, reserved, estimated_input, ceiling,
                      cost, saved, status, rates_id, price_source_id, queue_us, ttft_us, duration_us, $usage, upstream_request_id, error)
  SELECT at << 10, last_series + 1 + (day * 1237 + (quarter * 97 + abs(random()) % 200) % 1000 * 10) % $keys,
         1, 1, 0, endpoint, 0, 1000000000, 300, 1200, input * 150000 + output * 600000, 0, 200, rates, source, 90, 400000, 2000000,
         input, 0, 0, 0, output, 0, 0, 0, 0, 0, 0, 0, 'req_filled', ''
  FROM (SELECT at, at / 86400000000 AS day, at / 900000000 AS quarter, 100 + abs(random()) % 1000 AS input,
               20 + abs(random()) % 500 AS output
        FROM (SELECT $((now_us - span_us)) + value * $((span_us / rows)) AS at FROM generate_series(0, $((rows - 1))))), place;
INSERT INTO rollup_quarter (bucket, series_id, requests, cost, saved, unpriced, estimated, errors, cache_hits, $usage)
  SELECT (id >> 10) / 900000000 * 900000000, series_id, count(*), sum(cost), 0, 0, 0, 0, 0, $sums
  FROM requests r, place WHERE series_id > last_series GROUP BY 1, 2 ORDER BY 1, 2;
INSERT INTO rollup_day (day, series_id, requests, cost, saved, unpriced, estimated, errors, cache_hits, $usage)
  SELECT bucket / 86400000000, series_id, sum(requests), sum(cost), 0, 0, 0, 0, 0, $sums
  FROM rollup_quarter r, place WHERE series_id > last_series GROUP BY 1, 2 ORDER BY 1, 2;
-- What the program derives from these tables begins anew: it packs the sums once it is left alone (ledger.mjs waits for that).
DELETE FROM rollup_packed;
DELETE FROM meta WHERE name LIKE 'packed_%';
INSERT OR REPLACE INTO meta (name, value)
  SELECT 'open_from', coalesce((SELECT min(id) FROM requests WHERE outcome = 0), (SELECT max(id) + 1 FROM requests));
COMMIT;
PRAGMA optimize;
PRAGMA journal_mode = WAL;
SQL
sqlite3 "$ledger" "SELECT 'filled ' || (SELECT count(*) FROM requests) || ' requests, ' || (SELECT count(*) FROM rollup_quarter) || ' quarters, ' || (SELECT count(*) FROM rollup_day) || ' days'"

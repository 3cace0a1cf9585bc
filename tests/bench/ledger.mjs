// Rows about a long history: ten million requests of ten thousand keys.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fill = join(dirname(fileURLToPath(import.meta.url)), 'ledgerfill.sh');
const day = 86_400_000;
const sums = [
  ['key', 1], ['model', 1], ['hour', 1], ['day', 7], ['hour', 7], ['key', 30], ['day', 30], ['team', 80], ['model', 80], ['day', 80],
  ['key', 80], ['project', 80],
];

export async function measureLedger({ make, provider, rows, load, median, rounds, plainRow }) {
  const figures = { starts: [], sums: {} };
  const filled = make('lbp-filled');
  await filled.start(provider);
  await filled.stop();
  const file = join(filled.folder, 'data', 'ledger.sqlite');
  if (!existsSync(file)) throw new Error(`lbp made no ${file}`);
  console.error(`filling a ledger with ${rows.toLocaleString('en')} requests ...`);
  execFileSync(fill, [file, String(rows)], { stdio: ['ignore', 'inherit', 'inherit'] });

  // A ledger that grew with its requests has its sums packed long since; this one gets the time for it.
  await filled.start(provider, { keep: true });
  const packed = () => execFileSync('sqlite3', ['-cmd', '.timeout 5000', file, 'SELECT count(*) FROM rollup_packed']).toString();
  for (let before = '', unchanged = 0; unchanged < 3;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const now = packed();
    unchanged = now === before ? unchanged + 1 : 0;
    before = now;
  }
  await filled.stop();

  for (let i = 0; i < 5; ++i) {
    await filled.start(provider, { keep: true });
    figures.starts.push(filled.startMs);
    if (i < 4) await filled.stop();
  }
  const millions = `${(rows / 1e6).toLocaleString('en')} million rows`;
  plainRow(`start with ${millions}`, median(figures.starts), 'ms', 1000, 300);

  const now = Date.now();
  for (const [groupBy, days] of sums) {
    const query = new URLSearchParams({
      from: new Date(now - days * day).toISOString(), to: new Date(now).toISOString(), groupBy,
    });
    const times = [];
    for (let i = 0; i < 7; ++i) {
      const before = performance.now();
      await filled.api('GET', `/api/usage?${query}`);
      times.push(performance.now() - before);
    }
    figures.sums[`${groupBy}, ${days} days`] = median(times);
  }
  const [slowest, ms] = Object.entries(figures.sums).sort((a, b) => b[1] - a[1])[0];
  plainRow(`slowest sum over ${millions} (by ${slowest})`, ms, 'ms', 50, 15);

  // As many requests as a tenth of the history went through it before it is compared with one that has none.
  let served = 0;
  while (served < rows / 10)
    served += (await load(filled, { extra: ['--milliseconds', '10000', '--warmup', '0'] })).requests;
  const fresh = await make('lbp-fresh').start(provider);
  const cost = { filled: [], fresh: [] };
  for (let round = 0; round < rounds; ++round)
    for (const side of round % 2 === 0 ? ['fresh', 'filled'] : ['filled', 'fresh'])
      cost[side].push((await load(side === 'fresh' ? fresh : filled, {})).cpuUsPerRequest);
  figures.cost = cost;
  figures.served = served;
  plainRow(`CPU per request with 10,000 keys, ${millions}, after ${served.toLocaleString('en')} requests, to fresh`,
    median(cost.filled) / median(cost.fresh), '×', 1.1, 1.1);
  await fresh.stop();
  await filled.stop();
  return figures;
}

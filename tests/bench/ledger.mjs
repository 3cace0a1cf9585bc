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

// A window lists the dearest ones; a report of all ten thousand keys is mostly JSON.
const mostGroups = 500;
const charts = [
  ['hours of 7 days', 7, { bucket: 'hour' }], ['hours of 7 days by model', 7, { bucket: 'hour', splitBy: 'model' }],
  ['hours of 80 days', 80, { bucket: 'hour' }], ['days of 30 by key', 30, { splitBy: 'key' }],
  ['days of 80 of a team', 80, { team: 'team-7' }], ['weeks of 80 days by model', 80, { bucket: 'week', splitBy: 'model' }],
];
const lists = ['', 'key:filled-4711', 'model:bench-3 cost>0.0003', 'time:24h tokens>1500', 'team:team-7 -model:bench-1'];

export async function measureLedger({ make, provider, rows, load, median, rounds, plainRow }) {
  const figures = { starts: [], sums: {}, lists: {} };
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
  const since = (days) => ({ from: new Date(now - days * day).toISOString(), to: new Date(now).toISOString() });
  const time = async (path, parameters) => {
    const times = [];
    for (let i = 0; i < 7; ++i) {
      const before = performance.now();
      await filled.api('GET', `${path}?${new URLSearchParams(parameters)}`);
      times.push(performance.now() - before);
    }
    return median(times);
  };
  const slowest = (list) => Object.entries(list).sort((a, b) => b[1] - a[1])[0];
  for (const [groupBy, days] of sums)
    figures.sums[`by ${groupBy}, ${days} days`] = await time('/api/usage', { ...since(days), groupBy, limit: mostGroups });
  for (const [name, days, more] of charts)
    figures.sums[name] = await time('/api/usage/series', { ...since(days), ...more });
  for (const days of [1, 30, 80]) figures.sums[`latency, ${days} days`] = await time('/api/usage/latency', since(days));
  for (const period of ['daily', 'monthly']) figures.sums[`forecast, ${period}`] = await time('/api/usage/forecast', { period });
  const [sum, ms] = slowest(figures.sums);
  plainRow(`slowest sum over ${millions} (${sum})`, ms, 'ms', 50, 15);
  for (const filter of lists) figures.lists[filter] = await time('/api/requests', { filter, limit: 100 });
  const [list, listMs] = slowest(figures.lists);
  plainRow(`slowest first page of a list of ${millions} (${list || 'no filter'})`, listMs, 'ms', Infinity, Infinity);

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

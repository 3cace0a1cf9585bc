// Measures and prints the speed table. Started by run.sh.
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Lbp, Nginx, loadCore, ready, rssMb, start, stop } from './sides.mjs';
import { measureLedger } from './ledger.mjs';

const help = `Usage: tests/bench/run.sh [options]

  --quick          one short round of the rows that need little time
  --only NAMES     these rows only, separated by commas: http tls p50 chunk100 chunk1000 first memory slow prompt cache idle ledger
  --rounds N       rounds for each row, nginx and lbp in turn (5)
  --rows N         rows in the ledger for the row "ledger" (10000000)
  --self           nginx on both sides: tells how true the harness is, every ratio should be near 1
  --json FILE      the figures as JSON too
`;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean' }, self: { type: 'boolean' }, only: { type: 'string' }, rounds: { type: 'string' },
    rows: { type: 'string', default: '10000000' }, json: { type: 'string' }, nginx: { type: 'string' },
    bin: { type: 'string' }, work: { type: 'string' }, help: { type: 'boolean' },
  },
});
if (options.help) {
  process.stdout.write(help);
  process.exit(0);
}
if (cpus().length < 2) throw new Error('The benchmark needs two cores: one for the proxy, one for provider and load.');

const quick = options.quick ?? false;
const rounds = Number(options.rounds ?? (quick ? 1 : 5));
const windowMs = quick ? 1000 : 3000;
const settings = { nginx: options.nginx, bin: resolve(options.bin), work: resolve(options.work) };
const quickRows = ['http', 'tls', 'p50', 'chunk100', 'slow', 'cache', 'idle'];
const chosen = options.only?.split(',') ?? (quick ? quickRows : null);
const wanted = (name) => !chosen || chosen.includes(name);

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const figures = {}; // everything measured
const table = []; // { name, nginx, lbp, ratio, must, aim, unit }

await mkdir(settings.work, { recursive: true });
const provider = await startProvider();
const nginx = await new Nginx(settings, join(settings.work, 'nginx')).start(provider);
const makeLbp = () => (options.self
  ? new Nginx(settings, join(settings.work, 'nginx2'))
  : new Lbp(settings, join(settings.work, 'lbp')));
let lbp = await makeLbp().start(provider);

function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

async function startProvider() {
  const certificates = join(settings.work, 'tls');
  const file = (name) => join(certificates, name);
  if (!existsSync(file('server.pem'))) {
    await mkdir(certificates, { recursive: true });
    const openssl = (...parameters) => execFileSync('openssl', parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    openssl('req', '-x509', ...ec, '-days', '3650', '-subj', '/CN=Throw-away benchmark authority', '-keyout', file('ca.key'),
      '-out', file('ca.pem'), '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign');
    openssl('req', ...ec, '-subj', '/CN=localhost', '-keyout', file('server.key'), '-out', file('server.csr'));
    await writeFile(file('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
    openssl('x509', '-req', '-in', file('server.csr'), '-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial',
      '-days', '3650', '-extfile', file('names'), '-out', file('server.pem'));
  }
  const child = start(loadCore, join(settings.bin, 'mockprovider'), ['--cert', file('server.pem'), '--key', file('server.key')]);
  return { child, authority: file('ca.pem'), ...(await ready(child, 'mockprovider')) };
}

// One run of loadgen against one side.
async function load(side, { path = 'http', connections = 64, extra = [], model = path === 'https' ? 'https' : 'http' }) {
  const parameters = ['--port', String(side.ports[path]), '--connections', String(connections), '--model', side.models[model]];
  for (const header of side.headers) parameters.push('--header', header);
  for (const pid of side.pids) parameters.push('--watch', pid);
  const child = start(loadCore, join(settings.bin, 'loadgen'), [...parameters, '--milliseconds', String(windowMs), ...extra]);
  let text = '';
  child.stdout.on('data', (part) => (text += part));
  const status = await child.exited;
  if (status !== 0) throw new Error(`loadgen at ${side.name}: ${child.errors}`);
  const result = JSON.parse(text);
  if (result.errors > 0) throw new Error(`${side.name}: ${result.errors} requests failed, the last with ${result.lastErrorStatus}`);
  return result;
}

// Both sides in turn; the order changes from round to round. Returns the median of every figure.
async function compare(name, plan) {
  const runs = { nginx: [], lbp: [] };
  for (let round = 0; round < rounds; ++round) {
    const order = round % 2 === 0 ? [nginx, lbp] : [lbp, nginx];
    for (const side of order) {
      progress(`${name}: round ${round + 1} of ${rounds}, ${side === nginx ? 'nginx' : lbp.name}`);
      runs[side === nginx ? 'nginx' : 'lbp'].push(await load(side, typeof plan === 'function' ? plan(side) : plan));
    }
  }
  progress('');
  const result = {};
  for (const [side, list] of Object.entries(runs)) {
    result[side] = Object.fromEntries(Object.keys(list[0]).map((key) => [key, median(list.map((one) => one[key]))]));
    result[side].cut = Math.max(...list.map((one) => one.cut));
  }
  figures[name] = runs;
  return result;
}

// A row that is a ratio to nginx. `atLeast`: more is better.
function ratioRow(name, result, key, must, aim, { unit = 'µs', atLeast = false } = {}) {
  const ratio = result.lbp[key] / result.nginx[key];
  table.push({ name, nginx: result.nginx[key], lbp: result.lbp[key], unit, value: ratio, shown: `${ratio.toFixed(2)} ×`,
    must, aim, atLeast, limit: (number) => (Number.isFinite(number) ? `${atLeast ? '≥' : '≤'} ${number} ×` : '') });
}

// A row that stands for itself.
function plainRow(name, value, unit, must, aim) {
  table.push({ name, lbp: value, unit, value, shown: `${value.toFixed(value < 10 ? 2 : 1)} ${unit}`, must, aim,
    limit: (number) => `${must === aim ? '≤' : '<'} ${number} ${unit}` });
}

const stream = (connections, interval, chunks = 100000) => ({
  path: 'stream',
  connections,
  extra: ['--chunks', String(chunks), '--interval', String(interval), '--max-tokens', '16000'],
});

const rowsOf = {
  async http() {
    const result = await compare('http', {});
    ratioRow('CPU per request, 64 connections, plain http upstream', result, 'cpuUsPerRequest', 3.0, 2.0);
  },
  async tls() {
    const result = await compare('tls', { path: 'https' });
    ratioRow('the same, https upstream', result, 'cpuUsPerRequest', 2.5, 1.8);
  },
  async p50() {
    const result = await compare('p50', { connections: 1 });
    ratioRow('p50 at one connection (durability waits included)', result, 'p50Us', 2.0, 1.4);
  },
  async chunk100() {
    const result = await compare('chunk100', stream(100, 20));
    ratioRow('CPU per SSE chunk, 100 streams', result, 'cpuUsPerChunk', 1.5, 1.2);
  },
  async chunk1000() {
    const result = await compare('chunk1000', stream(1000, 100));
    ratioRow('CPU per SSE chunk, 1,000 streams', result, 'cpuUsPerChunk', 1.5, 1.2);
    ratioRow('age of a chunk, p50, 1,000 streams', result, 'ageP50Us', 2, 1.2);
  },
  async first() {
    const plan = stream(1000, 100, 20);
    plan.extra.push('--spread');
    const result = await compare('first', plan);
    ratioRow('time to first chunk, p50, 1,000 streams', result, 'firstP50Us', 2, 1.2);
  },
  async slow() {
    const result = await compare('slow', { extra: ['--delay', '200'] });
    ratioRow('64 clients of a provider that takes 200 ms', result, 'perSecond', 0.98, 1.0, { unit: '/s', atLeast: true });
  },
  async prompt() {
    const plan = { connections: 8, extra: ['--body-bytes', '200000'] };
    ratioRow('200 KB prompt, CPU', await compare('prompt', { ...plan, path: 'defaults' }), 'cpuUsPerRequest', 1.2, 0.8);
    ratioRow('the same, nginx holding bodies of 1 MB in memory', await compare('promptInMemory', plan), 'cpuUsPerRequest', Infinity, Infinity);
  },
  async cache() {
    const result = await compare('cache', (side) => ({ extra: side === nginx ? [] : ['--same-body'] }));
    ratioRow('cache hit, CPU (nginx passes through)', result, 'cpuUsPerRequest', 1.0, 0.6);
  },
  async memory() {
    await restart();
    const idle = rssMb(lbp);
    for (const [streams, interval, must, aim] of [[1000, 250, 80, 45], [5000, 1000, 300, 150]]) {
      const run = await load(lbp, stream(streams, interval));
      figures[`memory${streams}`] = run;
      plainRow(`${streams.toLocaleString('en')} live streams, above idle`, run.rssKb / 1024 - idle, 'MB', must, aim);
      plainRow(`${streams.toLocaleString('en')} live streams, cut or missing`, run.cut + streams - run.live, 'streams', 0, 0);
    }
  },
  async idle() {
    if (options.self) return;
    const starts = [];
    const sizes = [];
    for (let i = 0; i < (quick ? 3 : 7); ++i) {
      await restart({ keep: true });
      starts.push(lbp.startMs);
      sizes.push(rssMb(lbp));
    }
    figures.idle = { starts, sizes };
    plainRow('idle memory of lbp serve', median(sizes), 'MB', 40, 25);
    plainRow('process start to listening', median(starts), 'ms', 300, 100);
  },
  async ledger() {
    if (options.self) return;
    await lbp.stop();
    figures.ledger = await measureLedger({
      make: (folder) => new Lbp(settings, join(settings.work, folder)), provider, rows: Number(options.rows),
      load, median, rounds, plainRow,
    });
    lbp = await makeLbp().start(provider);
  },
};

async function restart(how) {
  await lbp.stop();
  if (!how?.keep) lbp = makeLbp();
  await lbp.start(provider, how);
}

function print() {
  const number = (value, unit) => (value === undefined ? '' : `${value.toFixed(value < 100 ? 2 : 0)} ${unit}`);
  const verdict = (row) => {
    const meets = (limit) => (row.atLeast ? row.value >= limit - 1e-9 : row.value <= limit + 1e-9);
    const aim = row.atLeast ? row.value >= row.aim - 0.005 : row.value <= row.aim + 1e-9;
    if (!Number.isFinite(row.must)) return 'for information';
    return aim ? 'pass ✓✓' : meets(row.must) ? 'pass ✓' : 'MISS ✗';
  };
  const lines = [['what', 'nginx', options.self ? 'nginx again' : 'lbp', 'result', 'must', 'aim for', 'verdict']];
  for (const row of table)
    lines.push([row.name, number(row.nginx, row.unit), row.nginx === undefined ? '' : number(row.lbp, row.unit), row.shown,
      row.limit(row.must), row.limit(row.aim), verdict(row)]);
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => [...line[column]].length)));
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)));
  for (const line of lines)
    console.log(`| ${line.map((cell, column) => cell + ' '.repeat(widths[column] - [...cell].length)).join(' | ')} |`);
  console.log(`\nMedians of ${rounds} round${rounds === 1 ? '' : 's'} of ${windowMs} ms. ✓✓ reaches the aim, ✓ the must.`);
  const cpu = figures.http ?? figures.tls;
  if (cpu) {
    const share = (side) => median(cpu[side].map((run) => run.rssKb / 1024)).toFixed(1);
    console.log(`Memory after the first row: nginx worker ${share('nginx')} MB, ${lbp.name} ${share('lbp')} MB.`);
  }
}

try {
  for (const [name, measure] of Object.entries(rowsOf)) if (wanted(name)) await measure();
} finally {
  progress('');
  if (table.length > 0) print();
  if (options.json) await writeFile(options.json, JSON.stringify({ table, figures }, null, 1));
  await Promise.allSettled([lbp.stop(), nginx.stop()]);
  provider.child.kill('SIGTERM');
}

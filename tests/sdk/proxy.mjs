// The real `lbp serve`, with a configuration and a data directory of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const providerKey = 'sk-provider-canary-0123456789';
export const googleKey = 'AIza-provider-canary-0123456789';
export const anthropicKey = 'sk-ant-provider-canary-0123456789';
const adminKey = 'admin-canary-0123456789abcdef';

// Prices in USD per million tokens. The tests compute costs from these by hand.
const pricing = `models:
  sdk-model:
    inputPer1M: "2.5"
    cachedInputPer1M: "1.25"
    outputPer1M: "10"
    maxOutputTokens: 16384
  sdk-small:
    inputPer1k: 0.00015
    outputPer1k: 0.0006
    maxOutputTokens: 16384
  sdk-embed:
    inputPer1M: "0.02"
  gemini-sdk-model:
    inputPer1M: "0.30"
    cachedInputPer1M: "0.03"
    outputPer1M: "2.50"
    maxOutputTokens: 65535
  claude-sdk-model:
    inputPer1M: "3"
    cachedInputPer1M: "0.30"
    cacheWritePer1M: "3.75"
    cacheWrite1hPer1M: "6"
    outputPer1M: "15"
    webSearchPer1kCalls: "10"
    maxInputTokens: 200000
    maxOutputTokens: 64000
`;

const config = (providerUrl) => `server:
  host: 127.0.0.1
  adminKey: ${adminKey}
provider:
  apiKey: ${providerKey}
  baseUrl: ${providerUrl}
providers:
  - name: anthropic
    preset: anthropic
    apiKey: ${anthropicKey}
    baseUrl: ${new URL(providerUrl).origin}
  - name: google
    kind: gemini
    apiKey: ${googleKey}
    baseUrl: ${new URL(providerUrl).origin}
rateLimits:
  default:
    rpm: 100000
    tpm: 100000000
budgets:
  defaultDaily: 1000.00
  defaultMonthly: 10000.00
cache:
  scope: key
`;

export class Proxy {
  output = ''; // all that it printed, on both channels

  async start(providerUrl) {
    const binary = process.env.LBP;
    if (!binary) throw new Error('LBP must name the lbp program under test');
    this.folder = await mkdtemp(join(tmpdir(), 'lbp-sdk-'));
    const file = join(this.folder, 'config.yml');
    await writeFile(file, config(providerUrl), { mode: 0o600 });
    await writeFile(join(this.folder, 'pricing.yml'), pricing);
    const environment = { PATH: process.env.PATH, HOME: this.folder, LC_ALL: 'C.UTF-8', TZ: 'UTC', no_proxy: '*' };
    for (const name of ['ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS', 'LD_LIBRARY_PATH'])
      if (process.env[name]) environment[name] = process.env[name];
    this.process = spawn(
      binary,
      ['serve', '--config', file, '--data-dir', join(this.folder, 'data'), '--port', '0', '--print-ready'],
      { stdio: ['ignore', 'pipe', 'pipe'], env: environment },
    );
    this.exit = once(this.process, 'exit');
    this.process.stderr.on('data', (text) => (this.output += text));
    const lines = createInterface({ input: this.process.stdout });
    const ready = new Promise((resolve, reject) => {
      lines.on('line', (line) => {
        this.output += `${line}\n`;
        if (line.startsWith('{')) resolve(JSON.parse(line));
      });
      this.exit.then(([status]) => reject(new Error(`lbp serve ended with ${status}:\n${this.output}`)));
      this.process.on('error', reject);
    });
    this.url = (await ready).url;
  }

  // Ends it as a service manager does. Returns its exit status.
  async stop() {
    if (!this.process) return 0;
    this.process.kill('SIGTERM');
    const [status] = await this.exit;
    await rm(this.folder, { recursive: true, force: true });
    return status;
  }

  // A call of the management API; `bearer` is the admin key unless another is given.
  async api(method, path, body, bearer = adminKey) {
    const headers = { authorization: `Bearer ${bearer}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await response.text();
    const value = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return value;
  }

  createKey(settings = {}) {
    return this.api('POST', '/api/keys', { name: `sdk-${++this.#keys}`, ...settings });
  }

  // What the ledger says of one exchange, once it has ended.
  async exchange(id) {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const row = await this.api('GET', `/api/requests/${id}`).catch((problem) => {
        if (!problem.message.includes(': 404 ')) throw problem;
      });
      if (row && row.outcome !== 'open') return row;
      if (Date.now() > deadline) throw new Error(`exchange ${id} has not ended: ${JSON.stringify(row)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  #keys = 0;
}

// Picodollars of a plain decimal in USD, exactly.
export function picodollars(text) {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`not a plain decimal: ${JSON.stringify(text)}`);
  const value = BigInt(whole) * 10n ** 12n + BigInt(fraction.padEnd(12, '0'));
  return sign ? -value : value;
}

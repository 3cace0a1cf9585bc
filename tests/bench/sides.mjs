// What is measured: nginx as a plain reverse proxy, and `lbp serve` with everything on. Both on core 0.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const proxyCore = '0';
export const loadCore = '1';

const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM'); // SIGKILL would leave nginx's worker behind
});

export function start(core, command, parameters, options = {}) {
  const child = spawn('taskset', ['-c', core, command, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  running.add(child);
  child.errors = '';
  child.stderr.on('data', (text) => (child.errors = (child.errors + text).slice(-8192)));
  child.exited = once(child, 'exit').then(([status]) => {
    running.delete(child);
    return status;
  });
  return child;
}

// The first line that a program prints when it is ready, as JSON.
export async function ready(child, name) {
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines)
    if (line.startsWith('{')) return JSON.parse(line);
  throw new Error(`${name} ended before it was ready:\n${child.errors}`);
}

export async function stop(child) {
  child.kill('SIGTERM');
  await child.exited;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function untilAnswers(url, child) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      await fetch(url, { method: 'POST', body: '{}' });
      return;
    } catch (problem) {
      if (Date.now() > deadline || child.exitCode !== null) throw new Error(`${url}: ${problem.cause ?? problem}\n${child.errors}`);
      await new Promise((again) => setTimeout(again, 20));
    }
  }
}

export class Nginx {
  name = 'nginx';
  headers = [];
  models = { http: 'gpt-4o-mini', https: 'gpt-4o-mini' };

  constructor(settings, folder) {
    Object.assign(this, { settings, folder: resolve(folder) });
  }

  async start(provider) {
    await rm(this.folder, { recursive: true, force: true });
    await mkdir(join(this.folder, 'tmp'), { recursive: true });
    this.ports = { http: await freePort(), defaults: await freePort(), stream: await freePort(), https: await freePort() };
    const common = `
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_read_timeout 600s;`;
    const file = join(this.folder, 'nginx.conf');
    await writeFile(file, `
worker_processes 1;
worker_rlimit_nofile 65536;
daemon off;
pid ${this.folder}/nginx.pid;
error_log ${this.folder}/error.log warn;
events { worker_connections 32768; use epoll; multi_accept on; }
http {
  access_log off;
  tcp_nodelay on;
  keepalive_requests 1000000000;
  keepalive_timeout 600s;
  client_max_body_size 100m;
  client_body_buffer_size 1m;
  client_body_temp_path ${this.folder}/tmp/body;
  proxy_temp_path ${this.folder}/tmp/proxy;
  fastcgi_temp_path ${this.folder}/tmp/fastcgi;
  uwsgi_temp_path ${this.folder}/tmp/uwsgi;
  scgi_temp_path ${this.folder}/tmp/scgi;
  upstream plain { server 127.0.0.1:${provider.port}; keepalive 8192; keepalive_requests 1000000000; }
  upstream secure { server 127.0.0.1:${provider.tlsPort}; keepalive 8192; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${this.ports.http} backlog=4096;
    location / { proxy_pass http://plain; ${common} }
  }
  server {
    listen 127.0.0.1:${this.ports.defaults} backlog=4096;
    client_body_buffer_size 16k;
    location / { proxy_pass http://plain; ${common} }
  }
  server {
    listen 127.0.0.1:${this.ports.stream} backlog=4096;
    location / { proxy_pass http://plain; proxy_buffering off; ${common} }
  }
  server {
    listen 127.0.0.1:${this.ports.https} backlog=4096;
    location / {
      proxy_pass https://secure;
      proxy_ssl_verify on;
      proxy_ssl_trusted_certificate ${provider.authority};
      proxy_ssl_name localhost;
      proxy_ssl_server_name on; ${common}
    }
  }
}
`);
    this.child = start(proxyCore, this.settings.nginx, ['-p', this.folder, '-c', file]);
    await untilAnswers(`http://127.0.0.1:${this.ports.http}/`, this.child);
    const master = readFileSync(join(this.folder, 'nginx.pid'), 'utf8').trim();
    this.pids = readFileSync(`/proc/${master}/task/${master}/children`, 'utf8').trim().split(/\s+/);
    return this;
  }

  stop() {
    return stop(this.child);
  }
}

const adminKey = 'admin-key-of-the-benchmark-0123456789';

export class Lbp {
  name = 'lbp';
  models = { http: 'bench-http', https: 'bench-https' };

  constructor(settings, folder) {
    Object.assign(this, { settings, folder: resolve(folder) });
  }

  // Everything is on: limits, budgets of the key for the day and the month and of the whole, ledger, cache, headers.
  async start(provider, { keep = false } = {}) {
    if (!keep) await rm(this.folder, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
    const file = join(this.folder, 'config.yml');
    await writeFile(file, `server:
  adminKey: ${adminKey}
providers:
  - name: plain
    kind: openai
    baseUrl: http://127.0.0.1:${provider.port}/v1
    apiKey: sk-of-the-benchmark
    models: [bench-http]
  - name: secure
    kind: openai
    baseUrl: https://127.0.0.1:${provider.tlsPort}/v1
    apiKey: sk-of-the-benchmark
    models: [bench-https]
upstream:
  caFile: ${provider.authority}
rateLimits:
  default:
    rpm: 100000000
    tpm: 1000000000
budgets:
  defaultDaily: 1000000.00
  defaultMonthly: 1000000.00
  timeZone: UTC
cache:
  enabled: true
`);
    const price = 'inputPer1M: 0.15\n    cachedInputPer1M: 0.075\n    outputPer1M: 0.6\n    maxOutputTokens: 16384';
    await writeFile(join(this.folder, 'pricing.yml'),
      `models:\n  bench-http:\n    ${price}\n  bench-https:\n    ${price}\n`);
    const before = performance.now();
    this.child = start(proxyCore, join(this.settings.bin, 'lbp'),
      ['serve', '--config', file, '--data-dir', join(this.folder, 'data'), '--port', '0', '--print-ready'],
      { env: { ...process.env, no_proxy: '*', LC_ALL: 'C.UTF-8' } });
    const { url, pid } = await ready(this.child, 'lbp serve');
    this.startMs = performance.now() - before;
    this.url = url;
    const port = Number(new URL(url).port);
    this.ports = { http: port, defaults: port, stream: port, https: port };
    this.pids = [String(pid)];
    if (!keep || !this.key) {
      this.key = (await this.api('POST', '/api/keys', { name: 'bench', team: 'bench' })).key;
      await this.api('PUT', '/api/budgets/global/daily', { limit: '1000000.00' });
    }
    this.headers = [`Authorization: Bearer ${this.key}`];
    return this;
  }

  async api(method, path, body) {
    const headers = { authorization: `Bearer ${adminKey}` };
    if (body) headers['content-type'] = 'application/json';
    const response = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  stop() {
    return stop(this.child);
  }
}

export function rssMb(side) {
  let kb = 0;
  for (const pid of side.pids) kb += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
  return kb / 1024;
}

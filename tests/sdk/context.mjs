// One provider and one proxy for all cases. Cases run one after the other; each creates its own key.
import { beforeEach } from 'node:test';
import OpenAI from 'openai';
import { Provider } from './provider.mjs';
import { Proxy } from './proxy.mjs';

export const provider = new Provider();
export const proxy = new Proxy();

export async function setUp() {
  await provider.start();
  await proxy.start(provider.url);
  beforeEach(() => provider.reset());
}

// The official client with a fresh virtual key. `answers` collects what came over the wire, retries included.
export async function clientFor(settings = {}, options = {}) {
  const { key, id } = await proxy.createKey(settings);
  const answers = [];
  const client = new OpenAI({
    apiKey: key,
    baseURL: `${proxy.url}/v1`,
    maxRetries: 2,
    defaultHeaders: { 'cache-control': 'no-cache, no-store' }, // the cache has a case of its own
    fetch: async (...request) => {
      const sentAt = performance.now();
      const response = await fetch(...request);
      answers.push({ status: response.status, headers: response.headers, sentAt, at: performance.now() });
      return response;
    },
    ...options,
  });
  return { client, key, id, answers };
}

export const question = (model = 'sdk-model', more = {}) => ({
  model,
  messages: [{ role: 'user', content: 'Say hello.' }],
  max_completion_tokens: 2000,
  ...more,
});

export const lastRequestId = (answers) => answers.at(-1).headers.get('x-lbp-request-id');

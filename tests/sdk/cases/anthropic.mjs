// The official package of the Messages API in two generations, and the AI SDK: what they make of the answers, what the
// provider got, what the ledger says it cost.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createAnthropic } from '@ai-sdk/anthropic';
import Anthropic from '@anthropic-ai/sdk';
import { generateText, stepCountIs, streamText, tool } from 'ai';
import OlderAnthropic from 'anthropic-sdk-0';
import { z } from 'zod';
import { lastRequestId, provider, proxy } from '../context.mjs';
import {
  json, message, messageError, messageStream, openStream, textBlock, tokens, toolBlock, writeNamed,
} from '../provider.mjs';
import { anthropicKey, picodollars } from '../proxy.mjs';
import { test } from '../timed.mjs';

const generations = [
  ['@anthropic-ai/sdk 1.12', Anthropic, 'authorization', `Bearer ${anthropicKey}`],
  ['@anthropic-ai/sdk 0.137', OlderAnthropic, 'x-api-key', anthropicKey],
];

async function keyAndFetch(settings) {
  const { key, id } = await proxy.createKey(settings);
  const answers = [];
  const recording = async (...request) => {
    const response = await fetch(...request);
    answers.push({ status: response.status, headers: response.headers });
    return response;
  };
  return { key, id, answers, recording };
}

async function clientOf(Client, settings = {}, options = {}) {
  const { key, id, answers, recording } = await keyAndFetch(settings);
  const client = new Client({
    apiKey: key,
    baseURL: proxy.url,
    maxRetries: 2,
    defaultHeaders: { 'cache-control': 'no-cache, no-store' },
    fetch: recording,
    ...options,
  });
  return { client, key, id, answers };
}

const question = (more = {}) => ({
  model: 'claude-sdk-model',
  max_tokens: 2000,
  messages: [{ role: 'user', content: 'Say hello.' }],
  ...more,
});

async function failure(promise, type) {
  try {
    await promise;
  } catch (problem) {
    assert.ok(problem instanceof type, `${problem.constructor.name}: ${problem.message}`);
    return problem;
  }
  return assert.fail('it succeeded');
}

// Picodollars a token: 3 USD per million in, 0.30 read, 3.75 and 6 written, 15 out; a search is a cent.
const costOf = ({ input = 0, read = 0, write5m = 0, write1h = 0, output = 0, searches = 0 }) =>
  BigInt(input) * 3_000_000n + BigInt(read) * 300_000n + BigInt(write5m) * 3_750_000n + BigInt(write1h) * 6_000_000n
  + BigInt(output) * 15_000_000n + BigInt(searches) * 10_000_000_000n;

const weather = {
  name: 'weather',
  description: 'The weather in a city',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

for (const [name, Client, field, credential] of generations) {
  test(`${name}: a message arrives as the provider sent it, at its exact cost`, async () => {
    const { client, key, answers } = await clientOf(Client);
    const usage = tokens(12, 300, { read: 20000, write5m: 800, write1h: 200 });
    provider.next((request, response) =>
      json(message(request, [{ type: 'text', text: 'Hi' }], usage), 200, { 'request-id': 'req_theirs' })(request, response));
    const answer = await client.messages.create(question());
    assert.deepEqual(answer.content, [{ type: 'text', text: 'Hi' }]);
    assert.deepEqual(answer.usage, usage);
    assert.equal(answer._request_id, 'req_theirs');

    const [seen] = provider.requests;
    assert.equal(seen.path, '/v1/messages');
    assert.deepEqual(seen.body, question());
    assert.equal(seen.headers[field], credential);
    assert.ok(seen.headers['anthropic-version']);
    assert.ok(!JSON.stringify(seen).includes(key), 'the virtual key went upstream');

    const row = await proxy.exchange(lastRequestId(answers));
    assert.equal(picodollars(row.cost), costOf({ input: 12, read: 20000, write5m: 800, write1h: 200, output: 300 }));
    assert.equal(row.cost, '0.014736');
    assert.equal(row.provenance, 'exact');
    assert.equal(picodollars(answers[0].headers.get('x-request-cost')), picodollars(row.cost));
  });

  test(`${name}: a whole turn with a tool call, streamed`, async () => {
    const { client, answers } = await clientOf(Client);
    provider.next(
      messageStream([textBlock('I will ', 'look.'), toolBlock('toolu_1', 'weather', '', '{"city": "Gr', 'az"}')],
        tokens(400, 60), 'tool_use'),
      messageStream([textBlock('It is', ' sunny.')], tokens(30, 8, { read: 440 })));

    const first = client.messages.stream(question({ tools: [weather] }));
    const words = [];
    first.on('text', (text) => words.push(text));
    const asked = await first.finalMessage();
    assert.deepEqual(words, ['I will ', 'look.']);
    assert.equal(asked.stop_reason, 'tool_use');
    const call = asked.content[1];
    assert.equal(call.name, 'weather');
    assert.deepEqual(call.input, { city: 'Graz' });

    const second = client.messages.stream(question({
      tools: [weather],
      messages: [
        ...question().messages,
        { role: 'assistant', content: asked.content },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: 'sunny, 21 degrees' }] },
      ],
    }));
    assert.equal(await second.finalText(), 'It is sunny.');
    assert.equal(provider.requests[1].body.messages[2].content[0].tool_use_id, 'toolu_1');

    const rows = await Promise.all(answers.map((answer) => proxy.exchange(answer.headers.get('x-lbp-request-id'))));
    assert.equal(picodollars(rows[0].cost), costOf({ input: 400, output: 60 }));
    assert.equal(picodollars(rows[1].cost), costOf({ input: 30, read: 440, output: 8 }));
    assert.deepEqual(rows.map((row) => row.provenance), ['exact', 'exact']);
  });

  test(`${name}: an unknown key is an AuthenticationError`, async () => {
    const client = new Client({ apiKey: `lbp_${'x'.repeat(43)}`, baseURL: proxy.url });
    const problem = await failure(client.messages.create(question()), Client.AuthenticationError);
    assert.equal(problem.status, 401);
    assert.equal(problem.error.error.type, 'authentication_error');
    assert.match(problem.requestID, /^req_/);
    assert.equal(provider.requests.length, 0);
  });

  test(`${name}: a used-up budget is a 402 that is not repeated and never reaches the provider`, async () => {
    const { client, answers } = await clientOf(Client, { budgetPeriod: 'daily', budgetLimit: '0.000001' }, { maxRetries: 5 });
    const problem = await failure(client.messages.create(question()), Client.PaymentRequiredError ?? Client.APIError);
    assert.equal(problem.status, 402);
    assert.equal(problem.error.error.type, 'billing_error');
    assert.equal(problem.error.error.details.error_code, 'budget_exceeded');
    assert.match(problem.message, /0\.000001/);
    assert.equal(answers.length, 1, 'the SDK repeated a 402');
    assert.equal(answers[0].headers.get('x-should-retry'), 'false');
    assert.equal(provider.requests.length, 0);
  });

  test(`${name}: requests per minute are a RateLimitError with a time to wait`, async () => {
    const { client } = await clientOf(Client, { rpm: 1 }, { maxRetries: 0 });
    await client.messages.create(question());
    for (let i = 0; i < 3; ++i)
      assert.equal((await client.messages.countTokens({ model: 'claude-sdk-model', messages: question().messages })).input_tokens, 2095);
    const problem = await failure(client.messages.create(question()), Client.RateLimitError);
    assert.equal(problem.status, 429);
    assert.equal(problem.error.error.type, 'rate_limit_error');
    assert.ok(Number(problem.headers.get('retry-after')) >= 1);
    assert.equal(provider.requests.length, 4);
  });

  test(`${name}: an error of the provider passes as it is, and costs nothing`, async () => {
    const { client, answers } = await clientOf(Client, {}, { maxRetries: 0 });
    provider.next(messageError(529, 'overloaded_error', 'Overloaded'));
    const problem = await failure(client.messages.create(question()), Client.InternalServerError);
    assert.equal(problem.status, 529);
    assert.equal(problem.error.error.type, 'overloaded_error');
    assert.equal(picodollars((await proxy.exchange(lastRequestId(answers))).cost), 0n);
  });

  test(`${name}: an error in a stream is raised, and what was seen is booked`, async () => {
    const { client, answers } = await clientOf(Client, {}, { maxRetries: 0 });
    provider.next((request, response) => {
      openStream(response);
      writeNamed(response, { type: 'message_start', message: message(request, [], tokens(100, 1), null) });
      writeNamed(response, { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } });
      writeNamed(response, { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'so far so' } });
      writeNamed(response, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });
      response.end();
    });
    const problem = await failure(client.messages.stream(question()).finalMessage(), Client.APIError);
    assert.match(problem.message, /Overloaded/);
    const row = await proxy.exchange(lastRequestId(answers));
    assert.equal(row.provenance, 'estimated');
    assert.equal(picodollars(row.cost), costOf({ input: 100, output: 3 }));
  });
}

test('a beta call keeps its query and its header', async () => {
  const { client } = await clientOf(OlderAnthropic);
  await client.beta.messages.create(question({ betas: ['context-management-2025-06-27', 'files-api-2025-04-14'] }));
  const [seen] = provider.requests;
  assert.equal(seen.path, '/v1/messages?beta=true');
  assert.equal(seen.headers['anthropic-beta'], 'context-management-2025-06-27,files-api-2025-04-14');
  assert.equal(seen.body.betas, undefined);
});

test('a client that aborts pays for the input and for what it saw', async () => {
  const { client, answers } = await clientOf(Anthropic);
  let closed;
  const upstreamClosed = new Promise((resolve) => (closed = resolve));
  provider.next(async (request, response) => {
    openStream(response);
    const gone = once(response, 'close');
    writeNamed(response, { type: 'message_start', message: message(request, [], tokens(100, 1), null) });
    writeNamed(response, { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } });
    writeNamed(response, { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'twelve chars' } });
    await gone; // never ended from here
    closed(response.writableFinished);
  });
  const stream = client.messages.stream(question({ max_tokens: 60000 }));
  stream.on('text', () => stream.abort());
  await failure(stream.done(), Anthropic.APIUserAbortError);
  assert.equal(await upstreamClosed, false, 'the provider finished instead of being cut');
  const row = await proxy.exchange(lastRequestId(answers));
  assert.equal(row.outcome, 'client_gone');
  assert.equal(row.provenance, 'estimated');
  assert.equal(picodollars(row.cost), costOf({ input: 100, output: 3 }));
});

test('a ceiling that does not fit is lowered, and the SDK sees how far', async () => {
  const { client, answers } = await clientOf(Anthropic, { budgetPeriod: 'daily', budgetLimit: '0.10' });
  await client.messages.create(question({ max_tokens: 20000 }));
  const ceiling = Number(answers[0].headers.get('x-max-tokens-clamped'));
  assert.ok(ceiling >= 1024 && ceiling < 20000, `${ceiling}`);
  assert.equal(provider.requests[0].body.max_tokens, ceiling);
});

test('the AI SDK carries a turn with a tool call over two exchanges', async () => {
  const { key, answers, recording } = await keyAndFetch();
  const anthropic = createAnthropic({ apiKey: key, baseURL: `${proxy.url}/v1`, fetch: recording });
  provider.next(
    messageStream([toolBlock('toolu_1', 'add', '{"a": 2,', ' "b": 3}')], tokens(50, 20), 'tool_use'),
    messageStream([textBlock('It is', ' 5.')], tokens(90, 6)));
  const result = streamText({
    model: anthropic('claude-sdk-model'),
    prompt: 'Say hello.',
    maxOutputTokens: 2000,
    stopWhen: stepCountIs(3),
    tools: {
      add: tool({
        description: 'adds',
        inputSchema: z.object({ a: z.number(), b: z.number() }),
        execute: ({ a, b }) => String(a + b),
      }),
    },
  });
  let text = '';
  for await (const word of result.textStream) text += word;
  assert.equal(text, 'It is 5.');
  assert.equal(provider.requests.length, 2);
  assert.equal(provider.requests[0].headers['x-api-key'], anthropicKey);
  const rows = await Promise.all(answers.map((answer) => proxy.exchange(answer.headers.get('x-lbp-request-id'))));
  assert.deepEqual(rows.map((row) => picodollars(row.cost)),
    [costOf({ input: 50, output: 20 }), costOf({ input: 90, output: 6 })]);

  const plain = await generateText({ model: anthropic('claude-sdk-model'), prompt: 'Say hello.', maxOutputTokens: 100 });
  assert.equal(plain.text, 'Hello from the provider');
});

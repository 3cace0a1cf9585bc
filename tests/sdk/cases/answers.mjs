// Plain answers: what the SDK makes of them, what the provider got, what the ledger says they cost.
import assert from 'node:assert/strict';
import { test } from '../timed.mjs';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { clientFor, lastRequestId, provider, proxy, question } from '../context.mjs';
import { completion, json, says, usageOf } from '../provider.mjs';
import { picodollars, providerKey } from '../proxy.mjs';

test('a chat completion arrives as the provider sent it', async () => {
  const { client, key } = await clientFor();
  const answer = await client.chat.completions.create(question());
  assert.equal(answer.choices[0].message.content, 'Hello from the provider');
  assert.equal(answer.system_fingerprint, 'fp_scripted');
  assert.deepEqual(answer.usage, usageOf(9, 12));
  assert.equal(answer._request_id, 'req_of_the_provider');

  assert.equal(provider.requests.length, 1);
  const [seen] = provider.requests;
  assert.deepEqual(seen.body, question());
  assert.equal(seen.headers.authorization, `Bearer ${providerKey}`);
  assert.ok(!JSON.stringify(seen).includes(key), 'the virtual key went upstream');
});

test('the ledger holds the exact cost, cached input at its own rate', async () => {
  const { client, answers } = await clientFor();
  provider.next((request, response) =>
    json(completion(request, [says('ok')], usageOf(1000, 77, { cached: 640, reasoning: 50 })))(request, response));
  await client.chat.completions.create(question());

  // 360 at 2.5, 640 at 1.25 and 77 at 10 USD per million; picodollars per token are millions of these.
  const expected = 360n * 2_500_000n + 640n * 1_250_000n + 77n * 10_000_000n;
  const row = await proxy.exchange(lastRequestId(answers));
  assert.equal(picodollars(row.cost), expected);
  assert.equal(row.cost, '0.00247');
  assert.equal(row.provenance, 'exact');
  assert.equal(picodollars(answers[0].headers.get('x-request-cost')), expected);
  assert.equal(answers[0].headers.get('x-input-tokens'), '1000');
  assert.equal(answers[0].headers.get('x-tokens-used'), '1077');
});

test('prices per 1,000 tokens are as exact as those per million', async () => {
  const { client, answers } = await clientFor();
  provider.next((request, response) => json(completion(request, [says('ok')], usageOf(7, 3)))(request, response));
  await client.chat.completions.create(question('sdk-small'));
  const row = await proxy.exchange(lastRequestId(answers));
  assert.equal(row.cost, '0.00000285'); // 7 * 0.00000015 + 3 * 0.0000006
});

test('every proxied answer carries the headers of the proxy', async () => {
  const { client, answers } = await clientFor({ rpm: 50, budgetPeriod: 'daily', budgetLimit: '5.00' });
  await client.chat.completions.create(question());
  const { headers } = answers[0];
  assert.match(headers.get('x-lbp-request-id'), /^req_[0-9a-z]{13}$/i);
  assert.equal(headers.get('x-cache'), 'MISS');
  assert.equal(headers.get('x-ratelimit-limit-rpm'), '50');
  assert.equal(headers.get('x-ratelimit-remaining-rpm'), '49');
  for (const name of ['x-request-cost', 'x-estimated-cost', 'x-budget-remaining'])
    assert.ok(picodollars(headers.get(name)) >= 0n, name);
  assert.ok(picodollars(headers.get('x-estimated-cost')) >= picodollars(headers.get('x-request-cost')));
  assert.equal(picodollars(headers.get('x-budget-remaining')),
    picodollars('5.00') - picodollars(headers.get('x-request-cost')));
  assert.equal(headers.get('x-budget-period'), 'daily');
  assert.equal(headers.get('x-request-id'), 'req_of_the_provider');
});

test('the same question again is answered from the cache, as a stream too, and costs nothing', async () => {
  const { client, answers } = await clientFor({}, { defaultHeaders: {} });
  const first = await client.chat.completions.create(question());
  const second = await client.chat.completions.create(question());
  assert.deepEqual(second, first);
  assert.equal(provider.requests.length, 1);
  assert.deepEqual(answers.map((answer) => answer.headers.get('x-cache')), ['MISS', 'HIT']);
  assert.equal(picodollars(answers[1].headers.get('x-request-cost')), 0n);
  const row = await proxy.exchange(lastRequestId(answers));
  assert.equal(row.outcome, 'cache_hit');
  assert.equal(picodollars(row.saved), 9n * 2_500_000n + 12n * 10_000_000n);

  const texts = [];
  for (let i = 0; i < 2; ++i) {
    let text = '';
    for await (const chunk of await client.chat.completions.create(question('sdk-model', { stream: true })))
      text += chunk.choices[0].delta.content ?? '';
    texts.push(text);
  }
  assert.deepEqual(texts, ['Hello from the provider', 'Hello from the provider']);
  assert.equal(answers.at(-1).headers.get('x-cache'), 'HIT');
  assert.equal(provider.requests.length, 2);
});

test('tool calls pass both ways', async () => {
  const { client } = await clientFor();
  const tools = [{
    type: 'function',
    function: {
      name: 'weather',
      strict: true,
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
    },
  }];
  const call = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Graz"}' } };
  provider.next((request, response) => json(completion(request, [{
    index: 0,
    message: { role: 'assistant', content: null, tool_calls: [call] },
    finish_reason: 'tool_calls',
  }]))(request, response));
  const answer = await client.chat.completions.create(question('sdk-model', { tools, tool_choice: 'auto' }));
  assert.equal(answer.choices[0].finish_reason, 'tool_calls');
  assert.deepEqual(answer.choices[0].message.tool_calls, [call]);
  assert.deepEqual(provider.requests[0].body.tools, tools);
});

test('runTools carries a conversation over several exchanges', async () => {
  const { client } = await clientFor();
  provider.next(
    (request, response) => json(completion(request, [{
      index: 0,
      message: {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'add', arguments: '{"a":2,"b":3}' } }],
      },
      finish_reason: 'tool_calls',
    }]))(request, response),
    (request, response) => json(completion(request, [says('It is 5.')]))(request, response));
  const runner = client.chat.completions.runTools(question('sdk-model', {
    tools: [{
      type: 'function',
      function: {
        name: 'add',
        description: 'adds',
        parse: JSON.parse,
        parameters: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } } },
        function: ({ a, b }) => String(a + b),
      },
    }],
  }));
  assert.equal(await runner.finalContent(), 'It is 5.');
  assert.equal(provider.requests.length, 2);
  assert.deepEqual(provider.requests[1].body.messages.at(-1), { role: 'tool', tool_call_id: 'call_1', content: '5' });
});

test('structured output is parsed by the SDK', async () => {
  const { client } = await clientFor();
  const Person = z.object({ name: z.string(), age: z.number() });
  provider.next((request, response) =>
    json(completion(request, [says('{"name":"Ada","age":36}')]))(request, response));
  const answer = await client.chat.completions.parse(
    question('sdk-model', { response_format: zodResponseFormat(Person, 'person') }));
  assert.deepEqual(answer.choices[0].message.parsed, { name: 'Ada', age: 36 });
  const format = provider.requests[0].body.response_format;
  assert.equal(format.type, 'json_schema');
  assert.deepEqual(format.json_schema.schema.required, ['name', 'age']);
});

test('three choices arrive in order, and the estimate covers all of them', async () => {
  const { client, answers } = await clientFor();
  provider.next((request, response) => json(completion(
    request, [says('one', 0), says('two', 1), says('three', 2)], usageOf(9, 30)))(request, response));
  const answer = await client.chat.completions.create(question('sdk-model', { n: 3 }));
  assert.deepEqual(answer.choices.map((choice) => choice.message.content), ['one', 'two', 'three']);
  const estimate = picodollars(answers[0].headers.get('x-estimated-cost'));
  assert.ok(estimate >= 3n * 2000n * 10_000_000n, `the estimate ${estimate} forgets n`);
});

test('embeddings are decoded from base64, the default of the SDK', async () => {
  const { client, answers } = await clientFor();
  const vector = new Float32Array([0.25, -0.5, 1]);
  provider.next((request, response) => {
    assert.equal(request.path, '/v1/embeddings');
    json({
      object: 'list',
      model: request.body.model,
      data: [{ object: 'embedding', index: 0, embedding: Buffer.from(vector.buffer).toString('base64') }],
      usage: { prompt_tokens: 1500, total_tokens: 1500 },
    })(request, response);
  });
  const answer = await client.embeddings.create({ model: 'sdk-embed', input: 'words' });
  assert.equal(provider.requests[0].body.encoding_format, 'base64');
  assert.deepEqual([...answer.data[0].embedding], [...vector]);
  const row = await proxy.exchange(lastRequestId(answers));
  assert.equal(row.cost, '0.00003'); // 1500 * 0.02 / 1e6
  assert.equal(row.provenance, 'exact');
});

test('legacy completions are metered too', async () => {
  const { client, answers } = await clientFor();
  provider.next((request, response) => json({
    id: 'cmpl-1', object: 'text_completion', created: 1790000000, model: request.body.model,
    choices: [{ text: ' world', index: 0, logprobs: null, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
  })(request, response));
  const answer = await client.completions.create({ model: 'sdk-model', prompt: 'hello', max_tokens: 1200 });
  assert.equal(answer.choices[0].text, ' world');
  assert.equal((await proxy.exchange(lastRequestId(answers))).cost, '0.0000225'); // 2.5 + 2 * 10 per million
});

test('models are listed and retrieved', async () => {
  const { client } = await clientFor();
  const names = [];
  for await (const model of client.models.list()) names.push(model.id);
  assert.deepEqual(names.sort(), ['sdk-embed', 'sdk-model', 'sdk-small']);
  const model = await client.models.retrieve('sdk-small');
  assert.equal(model.id, 'sdk-small');
  assert.equal(model.object, 'model');
});

test('GET /api/me shows a key what it spent and what is left', async () => {
  const { client, key } = await clientFor({ name: 'me', team: 'sdk', rpm: 30, budgetPeriod: 'monthly', budgetLimit: '2.00' });
  provider.next((request, response) =>
    json(completion(request, [says('ok')], usageOf(100, 10)))(request, response));
  await client.chat.completions.create(question());
  const me = await proxy.api('GET', '/api/me', undefined, key);
  assert.equal(me.name, 'me');
  assert.equal(me.team, 'sdk');
  const budget = me.budgets.find((one) => one.scope === 'key' && one.period === 'monthly');
  assert.ok(budget, JSON.stringify(me));
  assert.equal(picodollars(budget.limit), picodollars('2'));
  assert.equal(picodollars(budget.spent), 100n * 2_500_000n + 10n * 10_000_000n);
  assert.equal(picodollars(budget.reserved), 0n);
  assert.ok(Date.parse(budget.resetsAt) > Date.now());
  assert.ok(!JSON.stringify(me).includes(key));
});

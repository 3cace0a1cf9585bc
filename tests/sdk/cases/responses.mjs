// The Responses API: the official SDK, and the AI SDK, whose default it is.
import assert from 'node:assert/strict';
import { createOpenAI } from '@ai-sdk/openai';
import { generateText, stepCountIs, streamText, tool } from 'ai';
import OpenAI from 'openai';
import { z } from 'zod';
import { test } from '../timed.mjs';
import { clientFor, lastRequestId, provider, proxy } from '../context.mjs';
import { json } from '../provider.mjs';
import { picodollars } from '../proxy.mjs';

const cost = (input, output, cached = 0) =>
  BigInt(input - cached) * 2_500_000n + BigInt(cached) * 1_250_000n + BigInt(output) * 10_000_000n;

const usageOf = (input, output, { cached = 0, reasoning = 0 } = {}) => ({
  input_tokens: input,
  input_tokens_details: { cached_tokens: cached },
  output_tokens: output,
  output_tokens_details: { reasoning_tokens: reasoning },
  total_tokens: input + output,
});

const message = (text) => ({
  id: 'msg_1', type: 'message', status: 'completed', role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
});

const call = (name, args) => ({
  id: 'fc_1', type: 'function_call', status: 'completed', call_id: 'call_1', name, arguments: JSON.stringify(args),
});

const response = (request, output, usage, more = {}) => ({
  id: 'resp_scripted', object: 'response', created_at: Math.floor(Date.now() / 1000), status: 'completed', background: false,
  error: null, incomplete_details: null, instructions: null, max_output_tokens: null, model: request.body.model, output,
  parallel_tool_calls: true, previous_response_id: null, reasoning: { effort: null, summary: null }, service_tier: 'default',
  store: true, temperature: 1, text: { format: { type: 'text' } }, tool_choice: 'auto', tools: [], top_p: 1,
  truncation: 'disabled', usage, user: null, metadata: {}, ...more,
});

const answers = (output, usage) => (request, reply) => json(response(request, output, usage))(request, reply);

// The events of a stream, as the provider numbers them.
function stream(output, usage, pieces = 3) {
  return (request, reply) => {
    reply.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_of_the_provider' });
    let number = 0;
    const send = (type, fields) =>
      reply.write(`event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: number++, ...fields })}\n\n`);
    const begun = response(request, [], null, { status: 'in_progress' });
    send('response.created', { response: begun });
    send('response.in_progress', { response: begun });
    output.forEach((item, output_index) => {
      const place = { item_id: item.id, output_index };
      const isText = item.type === 'message';
      const whole = isText ? item.content[0].text : item.arguments;
      send('response.output_item.added', {
        output_index,
        item: { ...item, status: 'in_progress', ...(isText ? { content: [] } : { arguments: '' }) },
      });
      if (isText)
        send('response.content_part.added', { ...place, content_index: 0, part: { ...item.content[0], text: '' } });
      const size = Math.ceil(whole.length / pieces);
      for (let at = 0; at < whole.length; at += size)
        send(isText ? 'response.output_text.delta' : 'response.function_call_arguments.delta', {
          ...place, ...(isText ? { content_index: 0, logprobs: [] } : {}), delta: whole.slice(at, at + size), obfuscation: 'x7Qp',
        });
      if (isText) {
        send('response.output_text.done', { ...place, content_index: 0, text: whole, logprobs: [] });
        send('response.content_part.done', { ...place, content_index: 0, part: item.content[0] });
      } else {
        send('response.function_call_arguments.done', { ...place, name: item.name, arguments: whole });
      }
      send('response.output_item.done', { output_index, item });
    });
    send('response.completed', { response: response(request, output, usage) });
    reply.end();
  };
}

const ask = (more = {}) => ({ model: 'sdk-model', input: 'Say hello.', max_output_tokens: 2000, ...more });

async function costOf(answers, at = -1) {
  const row = await proxy.exchange(answers.at(at).headers.get('x-lbp-request-id'));
  assert.equal(row.provenance, 'exact');
  return picodollars(row.cost);
}

test('responses: a plain answer comes whole and costs what its usage says', async () => {
  const { client, answers: seen } = await clientFor();
  provider.next(answers([message('Hello there')], usageOf(1200, 45, { cached: 1024, reasoning: 20 })));
  const got = await client.responses.create(ask());
  assert.equal(got.output_text, 'Hello there');
  assert.equal(got.usage.total_tokens, 1245);
  assert.equal(await costOf(seen), cost(1200, 45, 1024));
  assert.equal(picodollars(seen[0].headers.get('x-request-cost')), cost(1200, 45, 1024));
  const row = await proxy.exchange(lastRequestId(seen));
  assert.equal(row.endpoint, 'responses');
});

test('responses: a stream arrives event by event and is billed by its last', async () => {
  const { client, answers: seen } = await clientFor();
  provider.next(stream([message('one two three')], usageOf(300, 17)));
  const events = [];
  for await (const one of await client.responses.create(ask({ stream: true }))) events.push(one);
  assert.deepEqual(events.map((one) => one.sequence_number), events.map((_, i) => i));
  assert.equal(events.filter((one) => one.type === 'response.output_text.delta').map((one) => one.delta).join(''), 'one two three');
  assert.equal(events.at(-1).response.usage.total_tokens, 317);
  assert.equal(await costOf(seen), cost(300, 17));
});

test('responses: a turn with a tool call, streamed, costs the sum of its two requests', async () => {
  const { client, answers: seen } = await clientFor();
  const tools = [{
    type: 'function', name: 'weather', strict: true,
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
  }];
  provider.next(stream([call('weather', { city: 'Linz' })], usageOf(82, 19)), stream([message('Sunny.')], usageOf(120, 6, { cached: 64 })));
  const input = [{ role: 'user', content: 'How is the weather in Linz?' }];
  const first = await client.responses.stream(ask({ input, tools })).finalResponse();
  const [asked] = first.output;
  assert.equal(asked.name, 'weather');
  assert.deepEqual(JSON.parse(asked.arguments), { city: 'Linz' });
  input.push({ type: 'function_call', call_id: asked.call_id, name: asked.name, arguments: asked.arguments });
  input.push({ type: 'function_call_output', call_id: asked.call_id, output: 'sunny' });
  const second = await client.responses.stream(ask({ input, tools })).finalResponse();
  assert.equal(second.output_text, 'Sunny.');
  assert.equal(provider.requests[1].body.input.at(-1).output, 'sunny');
  assert.equal((await costOf(seen, 0)) + (await costOf(seen, 1)), cost(82, 19) + cost(120, 6, 64));
});

test('responses: counting tokens, reading and cancelling cost nothing', async () => {
  const { client, key } = await clientFor({ budgetPeriod: 'daily', budgetLimit: '1.00' });
  const kept = response({ body: { model: 'sdk-model' } }, [message('x')], usageOf(5, 1));
  provider.next(json({ object: 'response.input_tokens', input_tokens: 7 }), json(kept), json({ ...kept, status: 'cancelled' }));
  assert.equal((await client.responses.inputTokens.count({ model: 'sdk-model', input: 'Hi' })).input_tokens, 7);
  assert.equal((await client.responses.retrieve('resp_scripted')).id, 'resp_scripted');
  assert.equal((await client.responses.cancel('resp_scripted')).status, 'cancelled');
  const me = await proxy.api('GET', '/api/me', undefined, key);
  assert.equal(picodollars(me.budgets.find((one) => one.scope === 'key').spent), 0n);
});

test('responses: what runs in the background is charged once, when it is seen to have ended', async () => {
  const { client, key, answers: seen } = await clientFor({ budgetPeriod: 'daily', budgetLimit: '1.00' });
  // The provider's answer to each of the requests.
  const background = (status, output, usage) =>
    response({ body: { model: 'sdk-model' } }, output, usage, { id: 'resp_background', status, background: true });
  const states = ['queued', 'in_progress', 'completed', 'completed'];
  for (const status of states)
    provider.next((request, reply) => {
      const done = status === 'completed';
      json(background(status, done ? [message('Done.')] : [], done ? usageOf(500, 60) : null))(request, reply);
    });
  let state = await client.responses.create(ask({ background: true }));
  const posted = seen[0].headers.get('x-lbp-request-id');
  const reserved = picodollars((await proxy.exchange(posted)).reserved);
  assert.equal(picodollars((await proxy.exchange(posted)).cost), reserved);
  while (state.status !== 'completed') state = await client.responses.retrieve(state.id);
  await client.responses.retrieve(state.id); // whoever asks again changes nothing
  assert.equal(state.output_text, 'Done.');
  const deadline = Date.now() + 10_000;
  while ((await proxy.exchange(posted)).provenance !== 'exact' && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(picodollars((await proxy.exchange(posted)).cost), cost(500, 60));
  const me = await proxy.api('GET', '/api/me', undefined, key);
  assert.equal(picodollars(me.budgets.find((one) => one.scope === 'key').spent), cost(500, 60));
});

test('responses: a budget refusal is one request, and never reaches the provider', async () => {
  const { client, answers: seen } = await clientFor({ budgetPeriod: 'daily', budgetLimit: '0.000001' }, { maxRetries: 5 });
  await assert.rejects(client.responses.create(ask()), (problem) => {
    assert.ok(problem instanceof OpenAI.APIError);
    assert.equal(problem.status, 402);
    assert.equal(problem.code, 'budget_exceeded');
    return true;
  });
  assert.equal(seen.length, 1);
  assert.equal(provider.requests.length, 0);
});

test('responses: the SDK raises an error in the middle of a stream', async () => {
  const { client } = await clientFor();
  provider.next((request, reply) => {
    reply.writeHead(200, { 'content-type': 'text/event-stream' });
    reply.write('event: response.output_text.delta\ndata: {"type":"response.output_text.delta","sequence_number":0,'
      + '"item_id":"m","output_index":0,"content_index":0,"delta":"so far"}\n\n', () => reply.destroy());
  });
  const got = [];
  await assert.rejects(async () => {
    for await (const one of await client.responses.create(ask({ stream: true }))) got.push(one.delta);
  }, (problem) => problem instanceof OpenAI.APIError && problem.code === 'upstream_unreachable');
  assert.deepEqual(got, ['so far']);
});

// ---- the AI SDK

async function aiModel(settings = {}) {
  const { key } = await proxy.createKey(settings);
  const seen = [];
  const openai = createOpenAI({
    apiKey: key,
    baseURL: `${proxy.url}/v1`,
    headers: { 'cache-control': 'no-cache, no-store' },
    fetch: async (...request) => {
      const reply = await fetch(...request);
      seen.push({ status: reply.status, headers: reply.headers });
      return reply;
    },
  });
  return { model: openai('sdk-model'), seen };
}

const weather = tool({
  description: 'The weather of a city.',
  inputSchema: z.object({ city: z.string() }),
  execute: async ({ city }) => `sunny in ${city}`,
});

test('ai sdk: a turn with a tool call costs the sum of its two requests', async () => {
  const { model, seen } = await aiModel();
  provider.next(answers([call('weather', { city: 'Linz' })], usageOf(90, 18)), answers([message('Sunny.')], usageOf(130, 7)));
  const got = await generateText({ model, prompt: 'How is the weather in Linz?', tools: { weather }, stopWhen: stepCountIs(3) });
  assert.equal(got.text, 'Sunny.');
  assert.equal(provider.requests.length, 2);
  assert.ok(provider.requests.every((one) => one.path === '/v1/responses'));
  assert.match(provider.requests[1].text, /sunny in Linz/);
  assert.equal((await costOf(seen, 0)) + (await costOf(seen, 1)), cost(90, 18) + cost(130, 7));
});

test('ai sdk: the same, streamed', async () => {
  const { model, seen } = await aiModel();
  provider.next(stream([call('weather', { city: 'Graz' })], usageOf(90, 18)), stream([message('Sunny in Graz.')], usageOf(130, 9, { cached: 128 })));
  const run = streamText({ model, prompt: 'How is the weather in Graz?', tools: { weather }, stopWhen: stepCountIs(3) });
  let text = '';
  for await (const piece of run.textStream) text += piece;
  assert.equal(text, 'Sunny in Graz.');
  assert.equal(provider.requests.length, 2);
  assert.equal((await costOf(seen, 0)) + (await costOf(seen, 1)), cost(90, 18) + cost(130, 9, 128));
});

test('ai sdk: a refusal ends at once', async () => {
  const { model, seen } = await aiModel({ budgetPeriod: 'daily', budgetLimit: '0.000001' });
  await assert.rejects(generateText({ model, prompt: 'Say hello.', maxRetries: 3 }), /0\.000001/);
  assert.equal(seen.length, 1);
  assert.equal(seen[0].status, 402);
});

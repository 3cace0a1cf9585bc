// Streams: order, usage that was not asked for, tools in pieces, and clients that go away.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from '../timed.mjs';
import { clientFor, lastRequestId, provider, proxy, question } from '../context.mjs';
import { chunk, openStream, stream, usageOf, words, writeEvent } from '../provider.mjs';
import { picodollars } from '../proxy.mjs';

async function collect(source) {
  const chunks = [];
  for await (const one of source) chunks.push(one);
  return chunks;
}

const textOf = (chunks) => chunks.map((one) => one.choices[0]?.delta.content ?? '').join('');

test('a stream without include_usage shows no usage, and is billed by it all the same', async () => {
  const { client, answers } = await clientFor();
  provider.next(stream(words('a', 'b', 'c'), usageOf(200, 33)));
  const chunks = await collect(await client.chat.completions.create(question('sdk-model', { stream: true })));
  assert.equal(textOf(chunks), 'abc');
  assert.equal(chunks.length, 5);
  for (const one of chunks) {
    assert.equal(one.choices.length, 1, 'a chunk without choices leaked');
    assert.ok(!one.usage, 'usage leaked');
  }
  assert.equal(provider.requests[0].body.stream_options.include_usage, true);
  const row = await proxy.exchange(lastRequestId(answers));
  assert.equal(picodollars(row.cost), 200n * 2_500_000n + 33n * 10_000_000n);
  assert.equal(row.provenance, 'exact');
  assert.equal(row.outcome, 'completed');
});

test('a stream with include_usage ends with the usage', async () => {
  const { client } = await clientFor();
  provider.next(stream(words('a', 'b'), usageOf(5, 6)));
  const chunks = await collect(await client.chat.completions.create(
    question('sdk-model', { stream: true, stream_options: { include_usage: true } })));
  const last = chunks.at(-1);
  assert.deepEqual(last.choices, []);
  assert.deepEqual(last.usage, usageOf(5, 6));
  assert.equal(chunks.filter((one) => one.usage).length, 1);
  assert.deepEqual(provider.requests[0].body.stream_options, { include_usage: true });
});

test('include_usage false is the wish of the client, and is kept', async () => {
  const { client, answers } = await clientFor();
  provider.next(stream(words('x'), usageOf(8, 9)));
  const chunks = await collect(await client.chat.completions.create(
    question('sdk-model', { stream: true, stream_options: { include_usage: false } })));
  assert.ok(chunks.every((one) => !one.usage && one.choices.length === 1));
  const row = await proxy.exchange(lastRequestId(answers));
  assert.equal(picodollars(row.cost), 8n * 2_500_000n + 9n * 10_000_000n);
});

test('each chunk reaches the client before the next is sent', async () => {
  const { client } = await clientFor();
  let release;
  provider.next(async (request, response) => {
    openStream(response);
    for (const word of ['one', 'two', 'three']) {
      const gate = new Promise((resolve) => (release = resolve));
      writeEvent(response, chunk(request, { content: word }));
      await gate; // the next only when the client has this one
    }
    response.end('data: [DONE]\n\n');
  });
  const got = [];
  for await (const one of await client.chat.completions.create(question('sdk-model', { stream: true }))) {
    got.push(one.choices[0].delta.content);
    release();
  }
  assert.deepEqual(got, ['one', 'two', 'three']);
});

test('the stream helper of the SDK assembles tool calls that come in pieces', async () => {
  const { client } = await clientFor();
  const piece = (request, fields) => chunk(request, { tool_calls: [{ index: 0, ...fields }] });
  provider.next(stream((request) => [
    chunk(request, { role: 'assistant', content: null }),
    piece(request, { id: 'call_9', type: 'function', function: { name: 'weather', arguments: '' } }),
    piece(request, { function: { arguments: '{"city":' } }),
    piece(request, { function: { arguments: '"Linz"}' } }),
    chunk(request, {}, 'tool_calls'),
  ]));
  const final = await client.chat.completions.stream(question('sdk-model', {
    tools: [{ type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } } }],
  })).finalChatCompletion();
  const [call] = final.choices[0].message.tool_calls;
  assert.equal(call.id, 'call_9');
  assert.equal(call.function.name, 'weather');
  assert.equal(call.function.arguments, '{"city":"Linz"}');
});

test('a client that aborts ends the request upstream, and what was seen is booked as estimated', async () => {
  const { client, answers } = await clientFor();
  let closed;
  const upstreamClosed = new Promise((resolve) => (closed = resolve));
  provider.next(async (request, response) => {
    openStream(response);
    const gone = once(response, 'close');
    for (const word of ['one', ' two', ' three']) writeEvent(response, chunk(request, { content: word }));
    await gone; // never ended from here
    closed(response.writableFinished);
  });
  const source = await client.chat.completions.create(question('sdk-model', { stream: true }));
  let seen = 0;
  for await (const _ of source)
    if (++seen === 3) source.controller.abort();
  assert.equal(await upstreamClosed, false, 'the provider finished instead of being cut');
  const row = await proxy.exchange(lastRequestId(answers));
  assert.equal(row.outcome, 'client_gone');
  assert.equal(row.provenance, 'estimated');
  assert.ok(picodollars(row.cost) > 0n);
  assert.ok(picodollars(row.cost) < picodollars(row.reserved), 'the worst case was booked');
});

test('an error inside a stream is raised by the SDK', async () => {
  const { client } = await clientFor();
  provider.next((request, response) => {
    openStream(response);
    writeEvent(response, chunk(request, { content: 'so far' }));
    writeEvent(response, { error: { message: 'the model fell over', type: 'server_error', param: null, code: null } });
    response.end();
  });
  const source = await client.chat.completions.create(question('sdk-model', { stream: true }));
  const got = [];
  await assert.rejects(async () => {
    for await (const one of source) got.push(one.choices[0].delta.content);
  }, /the model fell over/);
  assert.deepEqual(got, ['so far']);
});

test('forty streams at once all end, each with its own words', async () => {
  const { client } = await clientFor();
  for (let i = 0; i < 40; ++i)
    provider.next((request, response) => stream(words(request.body.messages[0].content))(request, response));
  const texts = await Promise.all(Array.from({ length: 40 }, async (_, i) => textOf(await collect(
    await client.chat.completions.create(
      question('sdk-model', { stream: true, messages: [{ role: 'user', content: `number ${i}` }] }))))));
  assert.deepEqual(texts, Array.from({ length: 40 }, (_, i) => `number ${i}`));
});

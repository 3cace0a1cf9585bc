// The official client of Google's API: whole answers, streams, a turn with a function call, refusals.
import assert from 'node:assert/strict';
import { ApiError, GoogleGenAI, Type } from '@google/genai';
import { provider, proxy } from '../context.mjs';
import { json, openStream } from '../provider.mjs';
import { googleKey, picodollars } from '../proxy.mjs';
import { test } from '../timed.mjs';

const model = 'gemini-sdk-model';

async function googleClient(settings = {}, httpOptions = {}) {
  const { key } = await proxy.createKey(settings);
  return new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: proxy.url, ...httpOptions } });
}

const usage = (prompt, candidates, { cached = 0, thoughts = 0 } = {}) => ({
  promptTokenCount: prompt,
  cachedContentTokenCount: cached,
  candidatesTokenCount: candidates,
  thoughtsTokenCount: thoughts,
  totalTokenCount: prompt + candidates + thoughts,
});

const says = (parts, counts, finishReason) => ({
  candidates: [{ content: { role: 'model', parts }, finishReason, index: 0 }],
  usageMetadata: counts,
  modelVersion: model,
  responseId: 'scripted',
});

// As the provider streams: data blocks with CRLF and no end marker.
const events = (...chunks) => (_request, response) => {
  openStream(response);
  for (const chunk of chunks) response.write(`data: ${JSON.stringify(chunk)}\r\n\r\n`);
  response.end();
};

const idOf = (answer) => answer.sdkHttpResponse.headers['x-lbp-request-id'];

// By hand: 0.30 USD per million tokens, 0.03 where cached, 2.50 for output and thoughts.
const costOf = (uncached, cached, output) => BigInt(uncached) * 300_000n + BigInt(cached) * 30_000n + BigInt(output) * 2_500_000n;

async function billed(answer) {
  const row = await proxy.exchange(idOf(answer));
  assert.equal(row.outcome, 'completed');
  assert.equal(row.provenance, 'exact');
  assert.equal(row.model, model);
  return picodollars(row.cost);
}

test('gemini: a whole answer is billed exactly', async () => {
  const client = await googleClient();
  provider.next(json(says([{ text: 'Hello' }], usage(100, 20, { cached: 64, thoughts: 30 }), 'STOP')));
  const answer = await client.models.generateContent({
    model,
    contents: 'Say hello.',
    config: { maxOutputTokens: 500, thinkingConfig: { thinkingBudget: 100 } },
  });
  assert.equal(answer.text, 'Hello');
  assert.equal(answer.usageMetadata.totalTokenCount, 150);
  const [request] = provider.requests;
  assert.equal(request.path, `/v1/models/${model}:generateContent`);
  assert.equal(request.headers['x-goog-api-key'], googleKey);
  assert.equal(request.body.generationConfig.maxOutputTokens, 500);
  assert.equal(await billed(answer), costOf(36, 64, 50));
});

test('gemini: a stream is billed by the last counts', async () => {
  const client = await googleClient({}, { apiVersion: 'v1beta' });
  provider.next(events(
    says([{ text: 'Hel' }], usage(100, 2, { thoughts: 30 })),
    says([{ text: 'lo' }], usage(100, 9, { thoughts: 30 })),
    says([{ text: '!' }], usage(100, 20, { thoughts: 30 }), 'STOP'),
  ));
  const chunks = [];
  for await (const chunk of await client.models.generateContentStream({ model, contents: 'Say hello.' })) chunks.push(chunk);
  assert.deepEqual(chunks.map((chunk) => chunk.text), ['Hel', 'lo', '!']);
  assert.equal(provider.requests[0].path, `/v1beta/models/${model}:streamGenerateContent?alt=sse`);
  assert.equal(await billed(chunks[0]), costOf(100, 0, 50));
});

test('gemini: a turn with a function call', async () => {
  const client = await googleClient();
  const call = { functionCall: { name: 'get_weather', args: { city: 'Ulm' } }, thoughtSignature: 'CpcBAVSoXO6=' };
  provider.next(
    events(says([call], usage(82, 17, { thoughts: 42 })), says([{ text: '' }], usage(82, 17, { thoughts: 42 }), 'STOP')),
    json(says([{ text: 'Rain in Ulm.' }], usage(130, 6), 'STOP')),
  );
  const tools = [{
    functionDeclarations: [{
      name: 'get_weather',
      parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING } }, required: ['city'] },
    }],
  }];
  const contents = [{ role: 'user', parts: [{ text: 'What is the weather in Ulm?' }] }];
  const chunks = [];
  for await (const chunk of await client.models.generateContentStream({ model, contents, config: { tools } })) chunks.push(chunk);
  const [asked] = chunks[0].functionCalls;
  assert.deepEqual(asked, call.functionCall);
  contents.push(chunks[0].candidates[0].content, {
    role: 'user',
    parts: [{ functionResponse: { name: asked.name, response: { weather: 'rain' } } }],
  });
  const answer = await client.models.generateContent({ model, contents, config: { tools } });
  assert.equal(answer.text, 'Rain in Ulm.');
  const sent = provider.requests[1].body.contents;
  assert.equal(sent[1].parts[0].thoughtSignature, call.thoughtSignature);
  assert.deepEqual(sent[2].parts[0].functionResponse.response, { weather: 'rain' });
  assert.equal(await billed(chunks[0]), costOf(82, 0, 59));
  assert.equal(await billed(answer), costOf(130, 0, 6));
});

test('gemini: tokens are counted free of charge', async () => {
  const client = await googleClient({ budgetPeriod: 'daily', budgetLimit: '0.000001' });
  provider.next(json({ totalTokens: 31 }));
  assert.equal((await client.models.countTokens({ model, contents: 'Say hello.' })).totalTokens, 31);
  assert.equal(provider.requests[0].path, `/v1/models/${model}:countTokens`);
});

test('gemini: a budget that is used up ends the request at once', async () => {
  const client = await googleClient({ budgetPeriod: 'daily', budgetLimit: '0.000001' });
  for (const ask of ['generateContent', 'generateContentStream'])
    await assert.rejects(client.models[ask]({ model, contents: 'Say hello.' }), (problem) => {
      assert.ok(problem instanceof ApiError);
      assert.equal(problem.status, 402);
      const { error } = JSON.parse(problem.message);
      assert.equal(error.status, 'FAILED_PRECONDITION');
      assert.equal(error.details[0].reason, 'BUDGET_EXCEEDED');
      return true;
    });
  assert.equal(provider.requests.length, 0);
});

test('gemini: an error in a stream is raised', async () => {
  const client = await googleClient();
  provider.next((_request, response) => {
    openStream(response);
    response.write(`data: ${JSON.stringify(says([{ text: 'Hel' }], usage(5, 1)))}\r\n\r\n`, () => response.destroy());
  });
  const seen = [];
  await assert.rejects(async () => {
    for await (const chunk of await client.models.generateContentStream({ model, contents: 'Say hello.' })) seen.push(chunk.text);
  }, (problem) => problem instanceof ApiError && problem.message.includes('UNAVAILABLE'));
  assert.deepEqual(seen, ['Hel']);
});

// Typed errors of the SDK, and what it repeats of its own accord.
import assert from 'node:assert/strict';
import { test } from '../timed.mjs';
import OpenAI from 'openai';
import { clientFor, lastRequestId, provider, proxy, question } from '../context.mjs';
import { completion, error, json, says } from '../provider.mjs';
import { picodollars } from '../proxy.mjs';

async function failure(promise, type) {
  try {
    await promise;
  } catch (problem) {
    assert.ok(problem instanceof type, `${problem.constructor.name}: ${problem.message}`);
    return problem;
  }
  return assert.fail('it succeeded');
}

test('an unknown key is an AuthenticationError, and says no more than a revoked one', async () => {
  const unknown = new OpenAI({ apiKey: `lbp_${'x'.repeat(43)}`, baseURL: `${proxy.url}/v1` });
  const first = await failure(unknown.chat.completions.create(question()), OpenAI.AuthenticationError);
  assert.equal(first.status, 401);
  assert.equal(first.code, 'invalid_api_key');

  const { client, id, answers } = await clientFor();
  await proxy.api('DELETE', `/api/keys/${id}`);
  const second = await failure(client.chat.completions.create(question()), OpenAI.AuthenticationError);
  assert.equal(second.message, first.message);
  assert.equal(answers.length, 1, 'a 401 was repeated');
  assert.equal(provider.requests.length, 0);
});

test('a budget that would be exceeded is a 402 that is not repeated and never reaches the provider', async () => {
  const { client, answers } = await clientFor({ budgetPeriod: 'daily', budgetLimit: '0.000001' }, { maxRetries: 5 });
  const problem = await failure(client.chat.completions.create(question()), OpenAI.APIError);
  assert.equal(problem.status, 402);
  assert.equal(problem.code, 'budget_exceeded');
  assert.equal(problem.type, 'budget_exceeded');
  assert.match(problem.message, /0\.000001/);
  assert.equal(answers.length, 1, 'the SDK repeated a 402');
  assert.equal(answers[0].headers.get('x-should-retry'), 'false');
  assert.equal(provider.requests.length, 0);
});

test('a budget is spent down to the last admitted request, then refused', async () => {
  const { client, key } = await clientFor({ budgetPeriod: 'total', budgetLimit: '0.05' });
  // Worst case of each: a little input and 2,000 * 10 USD per million = 0.02.
  const dear = (request, response) =>
    json(completion(request, [says('ok')], { prompt_tokens: 10, completion_tokens: 2000, total_tokens: 2010 }))(request, response);
  provider.next(dear, dear, dear);
  await client.chat.completions.create(question());
  await client.chat.completions.create(question());
  const problem = await failure(client.chat.completions.create(question()), OpenAI.APIError);
  assert.equal(problem.status, 402);
  assert.equal(provider.requests.length, 2);
  const me = await proxy.api('GET', '/api/me', undefined, key);
  const budget = me.budgets.find((one) => one.scope === 'key');
  assert.equal(picodollars(budget.spent), 2n * (10n * 2_500_000n + 2000n * 10_000_000n));
});

test('a model that the key may not use is a PermissionDeniedError', async () => {
  const { client, answers } = await clientFor({ allowedModels: ['sdk-small'] });
  const problem = await failure(client.chat.completions.create(question('sdk-model')), OpenAI.PermissionDeniedError);
  assert.equal(problem.status, 403);
  assert.equal(problem.code, 'model_not_allowed');
  assert.equal(answers.length, 1);
  assert.equal(provider.requests.length, 0);
  await client.chat.completions.create(question('sdk-small'));
  assert.equal(provider.requests.length, 1);
});

test('a path that is not metered is refused and says what is', async () => {
  const { client } = await clientFor();
  const problem = await failure(
    client.post('/videos', { body: { model: 'sora-2', prompt: 'a cat' } }), OpenAI.PermissionDeniedError);
  assert.match(problem.message, /chat\/completions/);
  assert.equal(provider.requests.length, 0);
});

test('a model without a price is refused and says how to price it', async () => {
  const { client } = await clientFor();
  const problem = await failure(client.chat.completions.create(question('nobody-knows')), OpenAI.BadRequestError);
  assert.equal(problem.code, 'model_not_priced');
  assert.match(problem.message, /pricing/);
  assert.equal(provider.requests.length, 0);
});

test('an unreadable request is a BadRequestError of the proxy', async () => {
  const { client } = await clientFor();
  const problem = await failure(
    client.post('/chat/completions', { body: { messages: [] } }), OpenAI.BadRequestError);
  assert.equal(problem.type, 'invalid_request_error');
  assert.match(problem.message, /model/);
  assert.equal(provider.requests.length, 0);
});

test('requests per minute: a RateLimitError with a time to wait', async () => {
  const { client, answers } = await clientFor({ rpm: 2 }, { maxRetries: 0 });
  await client.chat.completions.create(question());
  await client.chat.completions.create(question());
  const problem = await failure(client.chat.completions.create(question()), OpenAI.RateLimitError);
  assert.equal(problem.status, 429);
  assert.equal(problem.code, 'rate_limit_exceeded');
  const seconds = Number(problem.headers.get('retry-after'));
  const milliseconds = Number(problem.headers.get('retry-after-ms'));
  assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60, `retry-after: ${seconds}`);
  assert.ok(milliseconds > 0 && milliseconds <= 60_000 && Math.ceil(milliseconds / 1000) <= seconds + 1);
  assert.equal(answers[2].headers.get('x-ratelimit-remaining-rpm'), '0');
  assert.equal(provider.requests.length, 2);
});

test('the SDK waits as long as our own 429 says, and then gets through', async () => {
  const { client, answers } = await clientFor({ parallel: 1 });
  let release;
  const held = new Promise((resolve) => (release = resolve));
  let arrived;
  const first = new Promise((resolve) => (arrived = resolve));
  provider.next(async (request, response) => {
    arrived();
    await held;
    json(completion(request, [says('first')]))(request, response);
  });
  const one = client.chat.completions.create(question());
  await first;
  const two = client.chat.completions.create(question());
  const deadline = Date.now() + 5_000;
  while (!answers.some((answer) => answer.status === 429)) {
    assert.ok(Date.now() < deadline, 'a second request at once was not refused');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  release();
  assert.equal((await one).choices[0].message.content, 'first');
  assert.equal((await two).choices[0].message.content, 'Hello from the provider');

  const refused = answers.find((answer) => answer.status === 429);
  const again = answers.at(-1);
  const wait = Number(refused.headers.get('retry-after-ms') ?? Number(refused.headers.get('retry-after')) * 1000);
  assert.ok(wait > 0, 'the 429 says no time');
  assert.ok(again.sentAt - refused.at >= wait - 20, `waited ${again.sentAt - refused.at} ms of ${wait}`);
  assert.equal(provider.requests.length, 2);
});

test('a 429 of the provider passes with its retry-after, and the SDK repeats it', async () => {
  const { client, answers } = await clientFor();
  provider.next(error(429, 'slow down', { 'retry-after-ms': '700', 'retry-after': '1' }, 'rate_limit_exceeded'));
  const answer = await client.chat.completions.create(question());
  assert.equal(answer.choices[0].message.content, 'Hello from the provider');
  assert.equal(provider.requests.length, 2);
  assert.equal(answers[0].status, 429);
  assert.equal(answers[0].headers.get('retry-after-ms'), '700');
  assert.ok(provider.requests[1].at - provider.requests[0].at >= 680);
});

for (const status of [500, 503]) {
  test(`a ${status} of the provider passes as it is, costs nothing, and is repeated by the SDK alone`, async () => {
    const { client, answers } = await clientFor({}, { maxRetries: 1 });
    provider.next(error(status, 'fell over', { 'retry-after-ms': '1' }));
    await client.chat.completions.create(question());
    assert.equal(provider.requests.length, 2);
    assert.deepEqual(answers.map((answer) => answer.status), [status, 200]);
    const row = await proxy.exchange(answers[0].headers.get('x-lbp-request-id'));
    assert.equal(picodollars(row.cost), 0n);
    assert.equal(row.outcome, 'upstream_error');
    assert.equal(row.status, status);

    provider.next(error(status, 'fell over again'));
    const problem = await failure(
      client.chat.completions.create(question(), { maxRetries: 0 }), OpenAI.InternalServerError);
    assert.equal(problem.status, status);
    assert.match(problem.message, /fell over again/);
    assert.equal(problem.requestID, 'req_of_the_provider');
    assert.equal(provider.requests.length, 3);
  });
}

test('a provider that drops the connection is a 502 that is sent once and costs what may have been spent', async () => {
  const { client, answers } = await clientFor({}, { maxRetries: 0 });
  provider.next((_request, response) => response.destroy());
  const problem = await failure(client.chat.completions.create(question()), OpenAI.InternalServerError);
  assert.equal(problem.status, 502);
  assert.equal(problem.type, 'upstream_error');
  assert.equal(provider.requests.length, 1, 'the transport repeated a POST');
  const row = await proxy.exchange(lastRequestId(answers));
  assert.equal(row.outcome, 'upstream_failed');
});

test('a paused proxy answers 402, and goes on when resumed', async () => {
  const { client, id } = await clientFor();
  await proxy.api('POST', '/api/pause', { key: id });
  const problem = await failure(client.chat.completions.create(question()), OpenAI.APIError);
  assert.equal(problem.status, 402);
  assert.equal(problem.code, 'paused');
  await proxy.api('POST', '/api/resume', { key: id });
  await client.chat.completions.create(question());
  assert.equal(provider.requests.length, 1);
});

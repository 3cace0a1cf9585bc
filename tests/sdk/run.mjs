// The official SDKs against `lbp serve` and a scripted provider. LBP names the program under test.
import assert from 'node:assert/strict';
import test from 'node:test';
import { provider, proxy, setUp } from './context.mjs';
import { anthropicKey, googleKey, providerKey } from './proxy.mjs';

// A proxy that hangs must not hang the test run for ever.
setTimeout(() => {
  console.error('The SDK tests took longer than five minutes.');
  proxy.process?.kill('SIGKILL');
  process.exit(1);
}, 300_000).unref();

await setUp();
await import('./cases/answers.mjs');
await import('./cases/streams.mjs');
await import('./cases/errors.mjs');
await import('./cases/responses.mjs');
await import('./cases/media.mjs');
await import('./cases/anthropic.mjs');
await import('./cases/gemini.mjs');

test('no secret and no prompt was printed', () => {
  for (const secret of [providerKey, googleKey, anthropicKey, 'admin-canary', 'Say hello.'])
    assert.ok(!proxy.output.includes(secret), `${secret} was printed`);
  assert.doesNotMatch(proxy.output, /lbp_[0-9A-Za-z]{40}/);
});

test('SIGTERM ends the proxy cleanly', async () => {
  assert.equal(await proxy.stop(), 0);
  await provider.stop();
});

// Images, speech and transcriptions by the official SDK, at the prices that come with the program.
import assert from 'node:assert/strict';
import { test } from '../timed.mjs';
import OpenAI, { toFile } from 'openai';
import { clientFor, lastRequestId, provider, proxy } from '../context.mjs';
import { json } from '../provider.mjs';
import { picodollars } from '../proxy.mjs';

const rowOf = (answers) => proxy.exchange(lastRequestId(answers));

test('images: dall-e is billed by the piece, by quality and size', async () => {
  const { client, answers } = await clientFor();
  provider.next(json({ created: 1790000000, data: [{ url: 'https://example.com/a.png' }] }));
  await client.images.generate({ model: 'dall-e-3', prompt: 'a hat', quality: 'hd', size: '1024x1792' });
  const row = await rowOf(answers);
  assert.equal(row.cost, '0.12');
  assert.equal(row.endpoint, 'images');
});

test('images: others are billed by the tokens that they report', async () => {
  const { client, answers } = await clientFor();
  provider.next(json({
    created: 1790000000, data: [{ b64_json: 'AAAA' }],
    usage: { input_tokens: 350, input_tokens_details: { text_tokens: 50, image_tokens: 300 }, output_tokens: 4160, total_tokens: 4510 },
  }));
  const image = await toFile(Buffer.alloc(40_000, 7), 'hat.png', { type: 'image/png' });
  await client.images.edit({ model: 'gpt-image-1', prompt: 'a red hat', image });
  const row = await rowOf(answers);
  assert.equal(picodollars(row.cost), 50n * 5_000_000n + 300n * 10_000_000n + 4160n * 40_000_000n);
  assert.equal(row.provenance, 'exact');
  assert.match(provider.requests[0].text, /name="model"\r\n\r\ngpt-image-1\r\n/);
});

test('speech: sound passes as it comes, billed by its characters', async () => {
  const { client, answers } = await clientFor();
  let release;
  const gate = new Promise((resolve) => (release = resolve));
  provider.next(async (_request, response) => {
    response.writeHead(200, { 'content-type': 'audio/mpeg' });
    response.write(Buffer.alloc(1000, 1));
    await gate; // the rest only when the client has heard the beginning
    response.end(Buffer.alloc(500, 2));
  });
  const reply = await client.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'Hello there, héllo 😀' });
  const reader = reply.body.getReader();
  let bytes = (await reader.read()).value.length;
  release();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) bytes += piece.value.length;
  assert.equal(bytes, 1500);
  assert.equal(picodollars((await rowOf(answers)).cost), 20n * 15_000_000n);
});

test('transcriptions: seconds, tokens, and plain text that tells neither', async () => {
  const { client, answers } = await clientFor();
  const wav = Buffer.alloc(320_044);
  wav.write('RIFF', 0);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(32_000, 28); // bytes a second: it lasts ten
  const file = () => toFile(wav, 'speech.wav', { type: 'audio/wav' });
  provider.next(json({ text: 'hello', usage: { type: 'duration', seconds: 10 } }));
  const got = await client.audio.transcriptions.create({ model: 'whisper-1', file: await file() });
  assert.equal(got.text, 'hello');
  assert.equal(picodollars((await rowOf(answers)).cost), 10n * 100_000_000n); // 0.36 USD an hour

  provider.next(json({
    text: 'hello',
    usage: { type: 'tokens', input_tokens: 174, input_token_details: { text_tokens: 4, audio_tokens: 170 }, output_tokens: 5, total_tokens: 179 },
  }));
  await client.audio.transcriptions.create({ model: 'gpt-4o-mini-transcribe', file: await file() });
  assert.equal(picodollars((await rowOf(answers)).cost), 4n * 1_250_000n + 170n * 3_000_000n + 5n * 5_000_000n);

  provider.next((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.end('1\n00:00:00,000 --> 00:00:10,000\nhello\n');
  });
  await client.audio.translations.create({ model: 'whisper-1', file: await file(), response_format: 'srt' });
  const row = await rowOf(answers);
  assert.equal(row.provenance, 'estimated');
  assert.equal(picodollars(row.cost), 11n * 100_000_000n); // by the length of the file, with its head
});

test('what costs money elsewhere is refused with a reason', async () => {
  const { client } = await clientFor();
  await assert.rejects(client.batches.create({ input_file_id: 'file-1', endpoint: '/v1/responses', completion_window: '24h' }),
    (problem) => problem instanceof OpenAI.PermissionDeniedError && problem.code === 'path_not_metered' && /batch is billed/.test(problem.message));
  provider.next(json({ object: 'list', data: [], has_more: false }));
  assert.deepEqual((await client.batches.list()).data, []);
  assert.equal(provider.requests.length, 1);
});

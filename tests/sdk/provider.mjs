// A scripted provider with the shape of OpenAI's API. It remembers every request, and answers each with the next script of
// its queue, or else with what the endpoint usually answers.
import http from 'node:http';
import { once } from 'node:events';

export class Provider {
  requests = []; // { method, path, headers, text, body, at }
  #queue = [];
  #server = http.createServer((request, response) => this.#answer(request, response));

  async start() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${this.#server.address().port}/v1`;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  // Forgets what was seen and what was planned.
  reset() {
    this.requests.length = 0;
    this.#queue.length = 0;
  }

  // script(request, response): answers one request.
  next(...scripts) {
    this.#queue.push(...scripts);
  }

  async #answer(incoming, response) {
    const parts = [];
    for await (const part of incoming) parts.push(part);
    const text = Buffer.concat(parts).toString('utf8');
    const request = {
      method: incoming.method,
      path: incoming.url,
      headers: incoming.headers,
      text,
      body: text !== '' && incoming.headers['content-type']?.includes('json') ? JSON.parse(text) : undefined,
      at: performance.now(),
    };
    this.requests.push(request);
    const script = this.#queue.shift() ?? usual;
    await script(request, response);
  }
}

export function json(value, status = 200, headers = {}) {
  return (_request, response) => {
    const body = JSON.stringify(value);
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-request-id': 'req_of_the_provider',
      ...headers,
    });
    response.end(body);
  };
}

export const error = (status, message, headers = {}, code = null) =>
  json({ error: { message, type: 'provider_error', param: null, code } }, status, headers);

export const usageOf = (input, output, { cached = 0, reasoning = 0 } = {}) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  prompt_tokens_details: { cached_tokens: cached },
  completion_tokens_details: { reasoning_tokens: reasoning },
});

export function completion(request, choices, usage = usageOf(9, 12)) {
  return {
    id: 'chatcmpl-scripted',
    object: 'chat.completion',
    created: 1790000000,
    model: request.body.model,
    choices,
    usage,
    system_fingerprint: 'fp_scripted',
  };
}

export const says = (content, index = 0, finish = 'stop') => ({
  index,
  message: { role: 'assistant', content, refusal: null },
  logprobs: null,
  finish_reason: finish,
});

export function chunk(request, delta, finish = null, index = 0) {
  return {
    id: 'chatcmpl-scripted',
    object: 'chat.completion.chunk',
    created: 1790000000,
    model: request.body.model,
    choices: [{ index, delta, finish_reason: finish }],
  };
}

// A stream as the provider sends it: with `usage: null` on every chunk and one more at the end if it was asked for.
export function stream(chunks, usage = usageOf(9, 12)) {
  return (request, response) => {
    openStream(response);
    const wanted = request.body.stream_options?.include_usage === true;
    for (const one of chunks(request)) writeEvent(response, wanted ? { ...one, usage: null } : one);
    if (wanted) writeEvent(response, { ...chunk(request, {}), choices: [], usage });
    response.end('data: [DONE]\n\n');
  };
}

export function openStream(response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_of_the_provider' });
}

export const writeEvent = (response, value) => response.write(`data: ${JSON.stringify(value)}\n\n`);

export const words = (...list) => (request) => [
  chunk(request, { role: 'assistant', content: '' }),
  ...list.map((word) => chunk(request, { content: word })),
  chunk(request, {}, 'stop'),
];

function usual(request, response) {
  const path = request.path.replace(/\?.*/, '');
  if (path === '/v1/messages' && request.body.stream)
    return messageStream([textBlock('Hello', ' from', ' the', ' provider')])(request, response);
  if (path === '/v1/messages')
    return json(message(request, [{ type: 'text', text: 'Hello from the provider' }]))(request, response);
  if (path === '/v1/messages/count_tokens') return json({ input_tokens: 2095 })(request, response);
  if (request.method === 'GET' && path === '/v1/models')
    return json({ object: 'list', data: ['sdk-model', 'sdk-small', 'sdk-embed'].map(model) })(request, response);
  if (request.method === 'GET' && path.startsWith('/v1/models/'))
    return json(model(decodeURIComponent(path.slice('/v1/models/'.length))))(request, response);
  if (path === '/v1/chat/completions' && request.body.stream)
    return stream(words('Hello', ' from', ' the', ' provider'))(request, response);
  if (path === '/v1/chat/completions')
    return json(completion(request, [says('Hello from the provider')]))(request, response);
  return error(404, `The script knows no ${request.method} ${path}`)(request, response);
}

const model = (id) => ({ id, object: 'model', created: 1790000000, owned_by: 'scripted' });

// Anthropic's answers. Its usage has the cached parts beside the input, not in it.
export const tokens = (input, output, { read = 0, write5m = 0, write1h = 0, searches = 0 } = {}) => ({
  input_tokens: input,
  cache_creation_input_tokens: write5m + write1h,
  cache_read_input_tokens: read,
  cache_creation: { ephemeral_5m_input_tokens: write5m, ephemeral_1h_input_tokens: write1h },
  output_tokens: output,
  server_tool_use: searches ? { web_search_requests: searches, web_fetch_requests: 0 } : null,
  service_tier: 'standard',
});

export const message = (request, content, usage = tokens(9, 12), stopReason = 'end_turn') => ({
  id: 'msg_scripted',
  type: 'message',
  role: 'assistant',
  model: request.body.model,
  content,
  stop_reason: stopReason,
  stop_sequence: null,
  usage,
});

export const messageError = (status, type, text, headers = {}) =>
  json({ type: 'error', error: { type, message: text }, request_id: 'req_of_the_provider' }, status,
    { 'request-id': 'req_of_the_provider', ...headers });

export const textBlock = (...words) => ({
  start: { type: 'text', text: '' },
  deltas: words.map((text) => ({ type: 'text_delta', text })),
});
export const toolBlock = (id, name, ...pieces) => ({
  start: { type: 'tool_use', id, name, input: {} },
  deltas: pieces.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
});

// A stream of content blocks: the input is told at its beginning, the output at its end.
export function messageStream(blocks, usage = tokens(9, 12), stopReason = 'end_turn') {
  return (request, response) => {
    openStream(response);
    const head = message(request, [], { ...usage, output_tokens: 1 }, null);
    writeNamed(response, { type: 'message_start', message: head });
    blocks.forEach(({ start, deltas }, index) => {
      writeNamed(response, { type: 'content_block_start', index, content_block: start });
      for (const delta of deltas) writeNamed(response, { type: 'content_block_delta', index, delta });
      writeNamed(response, { type: 'content_block_stop', index });
    });
    writeNamed(response, {
      type: 'message_delta',
      delta: { stop_reason: stopReason, stop_sequence: null },
      usage: { output_tokens: usage.output_tokens },
    });
    writeNamed(response, { type: 'message_stop' });
    response.end();
  };
}

export const writeNamed = (response, value) =>
  response.write(`event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`);

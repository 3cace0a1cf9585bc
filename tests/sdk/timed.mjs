import test from 'node:test';

// A case that hangs fails, and the others still run.
const timed = (name, body) => test(name, { timeout: 30_000 }, body);
export { timed as test };

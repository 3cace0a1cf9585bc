// Counts the same texts with the npm package tiktoken and with our tokenizer, in turn, round after round, and prints medians of CPU
// time. Arguments: folder with node_modules, our program, rounds.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [work, program, rounds = '5'] = process.argv.slice(2);
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const { get_encoding } = createRequire(import.meta.url)(path.resolve(work, 'node_modules', 'tiktoken'));
const required = 3;

function files(folder, endings) {
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true, recursive: false }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', 'build', '.git'].includes(entry.name) ? [] : files(name, endings);
    return endings.some((ending) => entry.name.endsWith(ending)) ? [name] : [];
  }).sort();
}
const read = (names) => names.map((name) => fs.readFileSync(path.join(root, name), 'utf8')).join('\n');

// Sentences of many scripts, cut and joined at random places, so that hardly a piece comes twice.
function mixture(bytes) {
  const vectors = JSON.parse(fs.readFileSync(path.join(root, 'tests/data/tokens/vectors.json'), 'utf8')).vectors;
  const wide = vectors.filter((v) => ['zh', 'ja', 'ko', 'ru', 'ar', 'hi', 'he', 'th', 'long_zh', 'emoji', 'mixed'].includes(v.category));
  const texts = wide.map((v) => [...v.text]);
  let state = 42;
  const random = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const parts = [];
  for (let size = 0; size < bytes; ) {
    const text = texts[random(texts.length)];
    const from = random(text.length);
    const part = text.slice(from, from + 4 + random(60)).join('') + (random(3) ? '' : ' ');
    parts.push(part);
    size += Buffer.byteLength(part);
  }
  return parts.join('');
}

const texts = {
  'English prose': read(files('.', ['.md'])),
  'C++ and QML': read([...files('src', ['.cpp', '.h']), ...files('qml', ['.qml'])]),
  'JSON': read(files('tests/data', ['.json'])).slice(0, 600_000),
  'many scripts': mixture(600_000),
};
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const rate = (bytes, seconds) => `${(bytes / seconds / 1e6).toFixed(1)} MB/s`.padStart(11);

let worst = Infinity;
console.log('CPU time of one core, medians; MB of UTF-8 per second. "encode" also lists the tokens, as tiktoken does.\n');
console.log(`${'encoding'.padEnd(12)}${'text'.padEnd(15)}${'KB'.padStart(6)}${'tiktoken'.padStart(11)}${'lbp encode'.padStart(11)}${'lbp count'.padStart(11)}   ratio`);
for (const name of ['o200k_base', 'cl100k_base']) {
  const encoding = get_encoding(name);
  for (const [title, text] of Object.entries(texts)) {
    const file = path.join(work, 'text.txt');
    fs.writeFileSync(file, text);
    const bytes = Buffer.byteLength(text);
    const theirs = [];
    const ours = [];
    let tokens = encoding.encode_ordinary(text).length; // warm
    for (let round = 0; round < Number(rounds); ++round) {
      const before = process.cpuUsage();
      tokens = encoding.encode_ordinary(text).length;
      const used = process.cpuUsage(before);
      theirs.push((used.user + used.system) / 1e6);
      ours.push(JSON.parse(execFileSync(program, [name, file], { encoding: 'utf8' })));
    }
    if (ours.some((o) => o.tokens !== tokens || o.encoded !== tokens)) {
      console.error(`${name}, ${title}: tiktoken counts ${tokens}, lbp ${ours[0].tokens}`);
      process.exit(1);
    }
    const count = median(ours.map((o) => o.countSeconds));
    const ratio = median(theirs) / count;
    worst = Math.min(worst, ratio);
    console.log(`${name.padEnd(12)}${title.padEnd(15)}${String(Math.round(bytes / 1000)).padStart(6)}${rate(bytes, median(theirs))}`
      + `${rate(bytes, median(ours.map((o) => o.encodeSeconds)))}${rate(bytes, count)}   ${ratio.toFixed(1)}x ${ratio >= required ? 'ok' : 'TOO SLOW'}`);
    if (title === 'English prose') {
      console.log(`${''.padEnd(12)}loading: ${(median(ours.map((o) => o.loadSeconds)) * 1000).toFixed(0)} ms, `
        + `memory ${(ours[0].memoryBytes / 1e6).toFixed(1)} MB`);
    }
  }
}
console.log(`\nAll counts are equal. Lowest ratio ${worst.toFixed(1)}, required ${required}.`);
process.exit(worst >= required ? 0 : 1);

// Makes what src/tokens reads from public data:
//   resources/tokens/<encoding>.br        the vocabularies, from the npm package tiktoken (README.md: licence)
//   src/tokens/charclasstable.inc         the classes of characters that the split rules ask for, from this Node's Unicode data
//
//   npm pack tiktoken@1.0.22 && tar xzf tiktoken-1.0.22.tgz && node resources/tokens/update.mjs package
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '..', '..');
const source = process.argv[2];
if (!source || !fs.existsSync(path.join(source, 'encoders', 'o200k_base.json'))) {
  console.error('update.mjs: give the folder of the unpacked npm package tiktoken (it has encoders/o200k_base.json)');
  process.exit(2);
}

// "LBPV", number of tokens and sum of their lengths (little endian), a byte of length for each token, then the tokens, all in the
// order of their ranks. Lengths apart from bytes pack better.
function vocabulary(encoding) {
  const data = JSON.parse(fs.readFileSync(path.join(source, 'encoders', `${encoding}.json`), 'utf8'));
  const tokens = [];
  for (const line of data.bpe_ranks.split('\n').filter(Boolean)) {
    const [mark, offset, ...words] = line.split(' ');
    if (mark !== '!' || Number(offset) !== tokens.length) throw new Error(`${encoding}: the ranks are not in order`);
    for (const word of words) tokens.push(Buffer.from(word, 'base64'));
  }
  if (new Set(tokens.map((t) => t.toString('latin1'))).size !== tokens.length) throw new Error(`${encoding}: a token stands twice`);
  if (tokens.some((t) => t.length === 0 || t.length > 255)) throw new Error(`${encoding}: a token of an impossible length`);
  const head = Buffer.alloc(12);
  head.write('LBPV');
  head.writeUInt32LE(tokens.length, 4);
  head.writeUInt32LE(tokens.reduce((sum, t) => sum + t.length, 0), 8);
  const whole = Buffer.concat([head, Buffer.from(tokens.map((t) => t.length)), ...tokens]);
  const packed = zlib.brotliCompressSync(whole, {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
      [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: whole.length,
    },
  });
  fs.writeFileSync(path.join(here, `${encoding}.br`), packed);
  console.log(`${encoding}: ${tokens.length} tokens, ${whole.length} bytes, packed ${packed.length}`);
}

// One letter a character, a line of 128 characters a block, each different block once.
const classes = [
  ['r', /[\r\n]/u],
  ['s', /\p{White_Space}/u],
  ['u', /[\p{Lu}\p{Lt}]/u],
  ['l', /\p{Ll}/u],
  ['o', /[\p{Lm}\p{Lo}]/u],
  ['m', /\p{M}/u],
  ['n', /\p{N}/u],
];

// A newer Node knows characters that the tokenizer does not know yet, and so takes for neither letter nor number. The tokenizer is asked:
// ".com" behind a letter (and for o200k a mark) is a piece of its own, "345" is one only behind three characters that are numbers.
function knownToTokenizer() {
  const { get_encoding } = createRequire(path.resolve(source, 'package.json'))(path.resolve(source, 'tiktoken.cjs'));
  const cl100k = get_encoding('cl100k_base');
  const o200k = get_encoding('o200k_base');
  const endsWith = (encoding, text, end) => encoding.encode_ordinary(text).at(-1) === encoding.encode_ordinary(end)[0];
  return (letter, character) => {
    if ('ulo'.includes(letter)) return endsWith(cl100k, `${character}.com`, '.com');
    if (letter === 'm') return endsWith(o200k, `${character}.com`, '.com');
    if (letter === 'n') return endsWith(o200k, `1${character}2345`, '345');
    return true;
  };
}

function classTable() {
  const isKnown = knownToTokenizer();
  let unknown = 0;
  const blocks = new Map();
  const order = [];
  for (let block = 0; block < 0x110000 / 128; ++block) {
    let line = '';
    for (let i = 0; i < 128; ++i) {
      const c = block * 128 + i;
      const character = String.fromCodePoint(c);
      const isSurrogate = c >= 0xd800 && c < 0xe000;
      const letter = isSurrogate ? '.' : (classes.find(([, set]) => set.test(character))?.[0] ?? '.');
      const known = letter === '.' || isKnown(letter, character);
      if (!known) ++unknown;
      line += known ? letter : '.';
    }
    if (!blocks.has(line)) blocks.set(line, blocks.size);
    order.push(blocks.get(line));
  }
  if (blocks.size > 256) throw new Error('too many blocks for a byte');
  let out = '// Made by resources/tokens/update.mjs from the Unicode Character Database. Do not edit.\n';
  out += `constexpr int blockCount = ${blocks.size};\n`;
  out += 'constexpr char blockLetters[] =\n' + [...blocks.keys()].map((line) => `    "${line}"`).join('\n') + ';\n';
  out += `constexpr quint8 blockOf[${order.length}] = {\n`;
  for (let i = 0; i < order.length; i += 32) out += '    ' + order.slice(i, i + 32).join(',') + ',\n';
  out += '};\n';
  fs.writeFileSync(path.join(root, 'src', 'tokens', 'charclasstable.inc'), out);
  console.log(`character classes: ${blocks.size} blocks; ${unknown} characters are newer than the tokenizer`);
}

vocabulary('o200k_base');
vocabulary('cl100k_base');
classTable();

// Makes random.json: short texts of many kinds of characters, and what the npm package tiktoken makes of them.
//   npm pack tiktoken@1.0.22 && tar xzf tiktoken-1.0.22.tgz && node tests/data/tokens/random.mjs package 600 7 > tests/data/tokens/random.json
// Arguments: the unpacked package, how many, a seed.
import { createRequire } from 'node:module';
import path from 'node:path';

const [folder, count, seed] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const { get_encoding } = createRequire(import.meta.url)(path.resolve(folder, 'tiktoken.cjs'));
const encodings = ['cl100k_base', 'o200k_base'].map((name) => [name, get_encoding(name)]);

let state = seed >>> 0;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const pick = (list) => list[random(list.length)];
const kinds = [
  () => pick(['the', 'The', 'THE', 'iPhone', 'getValue', 'x', 'HTTPServer', 'naive', 'don', 'I', 'we']),
  () => pick(["'s", "'S", "'ll", "'LL", "'Ve", "'re", "'d", "'m", "'T", "'\u017f", "'", "'x", "'l", "''s"]),
  () => pick([' ', '  ', '    ', '\t', '\t\t', '\n', '\r\n', '\n\n', ' \n', '\n ', '\u00a0', '\u3000', '\u2028', '\u0085', '\u180e', '\ufeff', '\u000b']),
  () => String(random(10 ** (1 + random(8)))),
  () => pick(['!', '...', '//', '/', '!=', '({', '});', '---', '=====', '"', '#', '$', '<|endoftext|>', '_', '\\n', '/\n', '!/\r\n/']),
  () => pick(['\u0301', '\u0308', '\u0903', '\u20dd', '\u{1f3fd}', '\ufe0f', '\u200d', '\u200b']),
  () => pick(['\u00e9t\u00e9', '\u00c9T\u00c9', '\u01c5', '\u02b0', '\u00df', '\u0130', '\u1e9e', '\u00aa']),
  () => pick(['\u4e2d\u6587', '\u65e5\u672c\u8a9e', '\ud55c\uad6d', '\u0440\u0443\u0441\u0441\u043a\u0438\u0439', '\u041c\u0418\u0420', '\u0627\u0644\u0639\u0631\u0628\u064a\u0629', '\u0939\u093f\u0928\u094d\u0926\u0940', '\u0e44\u0e17\u0e22', '\u03b1\u03b2\u03b3']),
  () => pick(['\u{1f600}', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', '\u{1f1e9}\u{1f1ea}', '\u2764\ufe0f', '\u{20000}', '\u{10400}', '\u{10428}', '\u{1d7ce}']),
  () => pick(['\u00bd', '\u2167', '\u0664', '\u0967', '\u2460', '\u3007', '\u00b2']),
  () => String.fromCodePoint(random(0x3000) + 1),
  () => {
    const c = random(0x10ffff);
    return c >= 0xd800 && c < 0xe000 ? '?' : String.fromCodePoint(c);
  },
  () => pick(['a', 'A', '\u4e2d', ' ', '\n', '=', '\u{1f600}', '0']).repeat(1 + random(40)),
];
const vectors = [];
for (let i = 0; i < count; ++i) {
  let text = '';
  for (let parts = 1 + random(9); parts > 0; --parts) text += pick(kinds)();
  const vector = { text };
  for (const [name, encoding] of encodings) vector[name] = [...encoding.encode_ordinary(text)];
  vectors.push(vector);
}
const ascii = (json) => json.replace(/[\u007f-\uffff]/g, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
console.log('{"vectors":[\n' + vectors.map((v) => ascii(JSON.stringify(v))).join(',\n') + '\n]}');

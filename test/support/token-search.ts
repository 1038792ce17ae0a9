/** A place where something of a secret was found. */
export interface Find {
  readonly secret: string;
  readonly place: string;
  readonly spelling: string;
  readonly around: string;
}

/** Something that was written or said, by what it is: `log`, `database`, `reply to /offer list`. */
export interface Trace {
  readonly place: string;
  readonly content: string | Uint8Array;
}

interface Needle {
  readonly secret: string;
  readonly spelling: string;
  readonly bytes: Buffer;
}

/** Pieces this long are looked for, so that a secret cut in two, or short of its last characters, is still found. */
const pieceLength = 9;
const pieceStep = 3;

type Encoding = readonly [name: string, encode: (text: string) => string | Buffer];

const everyByte = (text: string, write: (hex: string) => string) =>
  Array.from(Buffer.from(text), (byte) => write(byte.toString(16).padStart(2, '0'))).join('');

const encodings: readonly Encoding[] = [
  ['plain', (text) => text],
  ['capitals', (text) => text.toUpperCase()],
  ['small letters', (text) => text.toLowerCase()],
  ['percent', encodeURIComponent],
  ['double percent', (text) => encodeURIComponent(encodeURIComponent(text))],
  ['small percent', (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase())],
  ['every byte percent', (text) => everyByte(text, (hex) => `%${hex}`)],
  ['JSON slashes', (text) => text.replaceAll('/', '\\/')],
  ['JSON in JSON slashes', (text) => text.replaceAll('/', '\\\\/')],
  ['JSON escapes', (text) => everyByte(text, (hex) => `\\u00${hex}`)],
  ['HTML', (text) => text.replaceAll('+', '&#43;').replaceAll('/', '&#47;').replaceAll('=', '&#61;')],
  ['hex', (text) => everyByte(text, (hex) => hex)],
  ['capital hex', (text) => everyByte(text, (hex) => hex.toUpperCase())],
  ['UTF-16LE', (text) => Buffer.from(text, 'utf16le')],
  ['UTF-16BE', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['reversed', (text) => Array.from(text).reverse().join('')],
  ...[0, 1, 2].flatMap((offset): Encoding[] => [
    [`base64 at ${offset}`, (text) => base64Core(text, offset)],
    [`base64url at ${offset}`, (text) => base64Core(text, offset).replaceAll('+', '-').replaceAll('/', '_')],
  ]),
];

/** The characters of a base64 text that depend on these bytes alone, when they begin `offset` bytes into a group. */
function base64Core(text: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
  const whole = Math.floor((bytes.length * 8) / 6);
  return bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), whole);
}

function piecesOf(secret: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start + pieceLength <= secret.length; start += pieceStep) {
    pieces.push(secret.slice(start, start + pieceLength));
  }
  return pieces;
}

/** Everything that a text could look like: the number is told with the result, as proof that something was looked for. */
export function needlesFor(secrets: readonly string[]): readonly Needle[] {
  const known = new Map<string, Needle>();
  for (const secret of secrets) {
    for (const piece of piecesOf(secret)) {
      for (const [spelling, encode] of encodings) {
        const bytes = Buffer.from(encode(piece));
        const key = bytes.toString('latin1');
        if (!known.has(key)) known.set(key, { secret, spelling, bytes });
      }
    }
  }
  return [...known.values()];
}

/** Every secret that stands in one of the traces, in any spelling; each is told once a place. */
export function findSecrets(needles: readonly Needle[], traces: readonly Trace[]): Find[] {
  const finds = new Map<string, Find>();
  for (const { place, content } of traces) {
    const bytes = Buffer.from(content as Uint8Array);
    for (const { secret, spelling, bytes: needle } of needles) {
      const at = bytes.indexOf(needle);
      const key = `${place} ${secret}`;
      if (at < 0 || finds.has(key)) continue;
      const around = bytes.subarray(Math.max(0, at - 60), at + 60).toString('latin1');
      finds.set(key, { secret, place, spelling, around });
    }
  }
  return [...finds.values()];
}

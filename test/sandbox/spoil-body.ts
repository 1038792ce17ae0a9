import { gzipSync } from 'node:zlib';
import type { Answer } from './answer.js';
import type { ActiveFaults } from './faults.js';

const mebibyte = 1024 * 1024;
const bombs = new Map<number, Buffer>();

/** A small body that inflates to something huge. */
function gzipBomb(mebibytes: number): Buffer {
  const known = bombs.get(mebibytes);
  if (known) return known;
  const blank = Buffer.alloc(mebibytes * mebibyte, 0x20);
  blank.write('{"rows":');
  const bomb = gzipSync(blank, { level: 1 });
  bombs.set(mebibytes, bomb);
  return bomb;
}

/** The report's own text over and over, until it is larger than any reader should take. */
function swollen(body: Uint8Array, mebibytes: number): Buffer {
  const piece = body.length > 0 ? body : Buffer.from(' ');
  return Buffer.concat(
    Array.from({ length: Math.ceil((mebibytes * mebibyte) / piece.length) }, () => piece),
  ).subarray(0, mebibytes * mebibyte);
}

function withBody(answer: Answer, body: Uint8Array, headers: Record<string, string> = {}): Answer {
  return { ...answer, body, headers: { ...answer.headers, ...headers } };
}

function cutOff(body: Uint8Array, atLineEnd: boolean): Uint8Array {
  const part = body.subarray(0, Math.floor(body.length * 0.6));
  return atLineEnd ? part.subarray(0, part.lastIndexOf(0x0a) + 1) : part;
}

/** The answer with its bytes damaged as the active faults say. */
export function spoilBody(answer: Answer, faults: ActiveFaults): Answer {
  const { body } = answer;
  const text = () => Buffer.from(body).toString('utf8');
  if (faults.has('empty-body')) return withBody(answer, Buffer.alloc(0));
  const cut = faults.get('cut-body');
  if (cut) return withBody(answer, cutOff(body, cut.atLineEnd === true));
  if (faults.has('deep-json')) return withBody(answer, Buffer.from('['.repeat(50_000) + ']'.repeat(50_000)));
  if (faults.has('wrong-charset')) return withBody(answer, Buffer.from(text(), 'utf16le'));
  if (faults.has('latin1-body')) return withBody(answer, Buffer.from(text(), 'latin1'));
  if (faults.has('huge-body'))
    return withBody(answer, swollen(body, faults.get('huge-body')?.mebibytes ?? 12));
  if (faults.has('gzip-bomb')) {
    const bomb = gzipBomb(faults.get('gzip-bomb')?.mebibytes ?? 64);
    return withBody(answer, bomb, { 'content-encoding': 'gzip' });
  }
  if (faults.has('gzip-in-gzip')) {
    return withBody(answer, gzipSync(gzipSync(body)), { 'content-encoding': 'gzip' });
  }
  return answer;
}

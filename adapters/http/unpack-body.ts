import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import * as problems from '../../src/problems/fetch.js';
import { letGo } from './let-go.js';

export interface BodyLimits {
  /** Bytes as sent, compressed or not. */
  readonly wireBytes: number;
  readonly inflatedBytes: number;
}

export const defaultBodyLimits: BodyLimits = {
  wireBytes: 8 * 1024 * 1024,
  inflatedBytes: 32 * 1024 * 1024,
};

const mebibyte = 1024 * 1024;
const unpack = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  rawDeflate: promisify(inflateRaw),
  br: promisify(brotliDecompress),
};

/** Takes off a body's one layer of compression, within the limit. */
export async function unpackBody(
  host: string,
  sent: Uint8Array,
  contentEncoding: string,
  limits: BodyLimits,
): Promise<Uint8Array> {
  const method = compressionOf(host, contentEncoding, sent);
  if (method === null || sent.length === 0) return sent;
  const body = await decompress(host, sent, method, limits.inflatedBytes);
  letGo(sent);
  // A second layer would dodge the limits, and no report needs one.
  if (isGzip(body)) throw problems.unreadableAnswer(host);
  return body;
}

function compressionOf(host: string, contentEncoding: string, sent: Uint8Array): keyof typeof unpack | null {
  const layers = contentEncoding
    .split(',')
    .map((layer) => layer.trim().toLowerCase())
    .filter((layer) => layer !== '' && layer !== 'identity');
  if (layers.length === 0) return null;
  if (layers.length > 1) throw problems.unreadableAnswer(host);
  if (layers[0] === 'gzip' || layers[0] === 'x-gzip') return 'gzip';
  if (layers[0] === 'br') return 'br';
  if (layers[0] !== 'deflate') throw problems.unreadableAnswer(host);
  // Servers send "deflate" with and without the zlib header, whose first byte ends in 8.
  return ((sent[0] ?? 0) & 0x0f) === 8 ? 'deflate' : 'rawDeflate';
}

const usualChunk = 16 * 1024;

/**
 * How long the unpacked body is, by the end of a gzip: then it is unpacked in one piece instead of many that are joined. A
 * wrong number does no harm, within the limit.
 */
function statedLength(sent: Uint8Array, method: keyof typeof unpack, limit: number): number {
  if (method !== 'gzip' || sent.length < 4) return usualChunk;
  const stated = new DataView(sent.buffer, sent.byteOffset).getUint32(sent.length - 4, true);
  // One byte more, or zlib makes room for another piece. Nothing is packed to less than a thousandth.
  return Math.max(usualChunk, Math.min(stated + 1, limit, sent.length * 1032));
}

/** zlib counts while it unpacks and stops at the limit, so a bomb costs no more memory than that. */
async function decompress(
  host: string,
  sent: Uint8Array,
  method: keyof typeof unpack,
  limit: number,
): Promise<Uint8Array> {
  try {
    const chunkSize = statedLength(sent, method, limit);
    return await unpack[method](sent, { maxOutputLength: limit, chunkSize });
  } catch (error) {
    const isTooLong = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLong ? problems.tooLarge(limit / mebibyte) : problems.unreadableAnswer(host);
  }
}

function isGzip(body: Uint8Array): boolean {
  return body[0] === 0x1f && body[1] === 0x8b;
}

import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { deadlines } from './limits.js';

/** What stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410). */
const derHead = Buffer.from('302a300506032b6570032100', 'hex');

/** The application's public key as Discord shows it: 64 hexadecimal digits. */
export function readPublicKey(hex: string): KeyObject {
  return createPublicKey({
    key: Buffer.concat([derHead, Buffer.from(hex, 'hex')]),
    format: 'der',
    type: 'spki',
  });
}

/** Whether Discord signed this body at about this time; both instants in milliseconds. */
export function isSigned(
  request: { readonly headers: Headers; readonly body: string },
  key: KeyObject,
  time: { readonly now: number; readonly notBefore: number },
): boolean {
  const signature = request.headers.get('x-signature-ed25519') ?? '';
  const timestamp = request.headers.get('x-signature-timestamp') ?? '';
  if (!/^[0-9a-f]{128}$/iu.test(signature) || !/^\d{1,12}$/u.test(timestamp)) return false;
  const at = Number(timestamp) * 1000;
  if (Math.abs(time.now - at) > deadlines.signature || at < time.notBefore) return false;
  return verify(null, Buffer.from(timestamp + request.body), key, Buffer.from(signature, 'hex'));
}

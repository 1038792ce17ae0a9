import { createCipheriv, randomBytes } from 'node:crypto';

const key = randomBytes(32);
const nonce = Buffer.alloc(12);

/**
 * GMAC of an answer's bytes (NIST SP 800-38D) with a key that lives as long as this thread: equal only for the same bytes,
 * whoever makes them, in a quarter of the time of SHA-256. To be kept in memory only: the nonce is always the same.
 */
export function answerDigest(body: Uint8Array): string {
  const mac = createCipheriv('aes-256-gcm', key, nonce);
  mac.setAAD(body);
  mac.final();
  return mac.getAuthTag().toString('base64');
}

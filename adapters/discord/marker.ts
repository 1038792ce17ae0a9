import { createHash } from 'node:crypto';

/**
 * Two component ids derived from a message's key. Components carry a 32-bit number of our choice that nobody sees and
 * that the history gives back: 62 bits by which a message is found again.
 */
export function markerOf(key: string): readonly [number, number] {
  const hash = createHash('sha256').update(key).digest();
  // Below 2^31, and far above the numbers that Discord gives to components without one.
  return [(hash.readUInt32BE(0) >>> 1) | 0x1000_0000, (hash.readUInt32BE(4) >>> 1) | 0x1000_0000];
}

/** At most 25 characters; the same key always gives the same nonce. */
export function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 25);
}

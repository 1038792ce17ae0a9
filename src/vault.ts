import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import * as problems from './problems/secrets.js';
import type { SealedPlace, Vault } from './secrets.js';

/** 32 random bytes. The id stands in the open beside what it sealed. */
export interface SealingKey {
  readonly id: string;
  readonly secret: Uint8Array;
}

/** The newest key is the last one: it seals; every key opens. The fingerprint key stays when keys change. */
export interface KeyRing {
  readonly keys: readonly SealingKey[];
  readonly fingerprintKey: Uint8Array;
}

export interface RotatingVault extends Vault {
  /** True for what was sealed with an older key than the newest. */
  needsReseal(sealed: string): boolean;
}

interface Sealed {
  readonly keyId: string;
  readonly bytes: Buffer;
}

const version = 'v1';
const nonceLength = 12;
const tagLength = 16;
const sealPurpose = 'tallyman seal v1';
const fingerprintPurpose = 'tallyman fingerprint v1';

/** How every text begins that this key sealed. */
export function sealMark(keyId: string): string {
  return `${version}.${keyId}.`;
}

/** Sealed texts read `v1.<key id>.<nonce, ciphertext and tag in base64url>`. Opening throws a `ProblemError` (`secrets.…`). */
export function createVault(ring: KeyRing): RotatingVault {
  const subkeys = new Map(ring.keys.map((key) => [key.id, subkey(key.secret, sealPurpose)]));
  const newest = ring.keys.at(-1)?.id ?? '';
  const fingerprintKey = subkey(ring.fingerprintKey, fingerprintPurpose);

  function keyOf(id: string): Uint8Array {
    const key = subkeys.get(id);
    if (!key) throw problems.keyMissing(id);
    return key;
  }

  return {
    seal(text, place) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', keyOf(newest), nonce, { authTagLength: tagLength });
      cipher.setAAD(boundTo(newest, place));
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${sealMark(newest)}${sealed.toString('base64url')}`;
    },
    open(sealed, place) {
      const { keyId, bytes } = parse(sealed);
      const nonce = bytes.subarray(0, nonceLength);
      const key = keyOf(keyId);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
      decipher.setAAD(boundTo(keyId, place));
      decipher.setAuthTag(bytes.subarray(-tagLength));
      try {
        const text = decipher.update(bytes.subarray(nonceLength, -tagLength));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        throw problems.cannotOpen();
      }
    },
    fingerprint: (text) => createHmac('sha256', fingerprintKey).update(text, 'utf8').digest('base64url'),
    // People paste them behind a command, where a first `-` would be the name of an option.
    randomId: () => randomBytes(16).toString('base64url').replace(/^-/, '_'),
    needsReseal: (sealed) => parse(sealed).keyId !== newest,
  };
}

function subkey(secret: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32));
}

/** JSON of an array, so that no two places share an encoding. */
function boundTo(keyId: string, place: SealedPlace): Buffer {
  const { workspace, table, row, column } = place;
  return Buffer.from(JSON.stringify([sealPurpose, keyId, workspace, table, row, column]), 'utf8');
}

function parse(sealed: string): Sealed {
  const [, keyId = '', text = ''] = /^v1\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/.exec(sealed) ?? [];
  const bytes = Buffer.from(text, 'base64url');
  // One spelling per sealed text: spare bits at the end of base64 must be zero.
  const isWhole = bytes.length >= nonceLength + tagLength && bytes.toString('base64url') === text;
  if (!isWhole) throw problems.cannotOpen();
  return { keyId, bytes };
}

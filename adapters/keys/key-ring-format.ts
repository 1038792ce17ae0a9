import { z } from 'zod';
import { keyFileMalformed } from '../../src/problems/secrets.js';
import type { KeyRing } from '../../src/vault.js';

const secretBytes = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64url')));

/** Oldest key first. */
const keyRingSchema = z.strictObject({
  version: z.literal(1),
  fingerprintKey: secretBytes,
  keys: z
    .array(z.strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/), secret: secretBytes }))
    .min(1)
    .refine((keys) => new Set(keys.map((key) => key.id)).size === keys.length),
});

/** Throws `secrets.key-file-malformed`, which names the part that is wrong and never its content. */
export function parseKeyRing(path: string, text: string): KeyRing {
  const json = parseJson(text);
  if (json === undefined) throw keyFileMalformed(path, 'it is not JSON');
  const result = keyRingSchema.safeParse(json);
  if (result.success) return { keys: result.data.keys, fingerprintKey: result.data.fingerprintKey };
  const part = result.error.issues[0]?.path.join('.') || 'its outer part';
  throw keyFileMalformed(path, `"${part}" is not as it should be`);
}

export function formatKeyRing(ring: KeyRing): string {
  const keys = ring.keys.map((key) => ({ id: key.id, secret: encode(key.secret) }));
  return `${JSON.stringify({ version: 1, fingerprintKey: encode(ring.fingerprintKey), keys }, null, 2)}\n`;
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

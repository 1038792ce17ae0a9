import type { Stores } from '../ports.js';
import { sealedTextsLost } from '../problems/operations.js';
import { ProblemError } from '../problems/problem.js';
import type { SealedText } from '../sealed-store.js';
import type { Vault } from '../secrets.js';
import { createVault, type KeyRing, sealMark } from '../vault.js';

/** The file that holds the keys. Each change is on the disk when it is answered, whole or not at all. */
export interface KeyFile {
  read(): Promise<KeyRing>;
  addKey(): Promise<KeyRing>;
  keepNewest(): Promise<KeyRing>;
}

export interface Rekeyed {
  readonly resealed: number;
  /** Texts that nobody could open any more and that were given up. */
  readonly forgotten: number;
  readonly keysDropped: number;
}

/** One transaction's worth: another process that writes waits for it. */
const batchSize = 200;

/**
 * Seals everything with a new key, then drops the old ones. Killed at any moment, all still opens, and the next run
 * goes on with the key that was added. Throws `operations.sealed-texts-lost` when something opens with no key, unless
 * `forgetLost`. No bot may be at work on the database.
 */
export async function rekey(stores: Stores, keyFile: KeyFile, forgetLost: boolean): Promise<Rekeyed> {
  const known = await keyFile.read();
  const forgotten = await forgetStrangers(stores, known, forgetLost);
  const wasInterrupted = known.keys.length > 1;
  const ring = wasInterrupted ? known : await keyFile.addKey();
  const vault = createVault(ring);
  const newest = sealMark(ring.keys.at(-1)?.id ?? '');
  const total = { resealed: 0, forgotten };
  let batch: Awaited<ReturnType<typeof resealSome>>;
  do {
    batch = await resealSome(stores, vault, newest, forgetLost);
    total.resealed += batch.resealed;
    total.forgotten += batch.forgotten;
  } while (batch.resealed + batch.forgotten > 0);
  if (batch.unreadable > 0) throw new ProblemError(sealedTextsLost(batch.unreadable));
  const kept = await keyFile.keepNewest();
  return { ...total, keysDropped: ring.keys.length - kept.keys.length };
}

/** Before a key is added, so that a missing key changes nothing. */
async function forgetStrangers(stores: Stores, ring: KeyRing, forgetLost: boolean): Promise<number> {
  const marks = ring.keys.map(({ id }) => sealMark(id));
  const strangers = await stores.sealed.withoutMarks(marks, Number.MAX_SAFE_INTEGER);
  if (strangers.length > 0 && !forgetLost) throw new ProblemError(sealedTextsLost(strangers.length));
  for (const text of strangers) await stores.sealed.forget(text);
  return strangers.length;
}

async function resealSome(stores: Stores, vault: Vault, newest: string, forgetLost: boolean) {
  return stores.transaction(async ({ sealed }) => {
    const count = { resealed: 0, forgotten: 0, unreadable: 0 };
    for (const text of await sealed.withoutMarks([newest], batchSize)) {
      const open = opened(vault, text);
      if (open !== null) {
        await sealed.replace(text, vault.seal(open, text.place));
        count.resealed += 1;
      } else if (forgetLost) {
        await sealed.forget(text);
        count.forgotten += 1;
      } else count.unreadable += 1;
    }
    return count;
  });
}

function opened(vault: Vault, { sealed, place }: SealedText): string | null {
  try {
    return vault.open(sealed, place);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Slots } from '../src/ports.js';
import { nameProblem } from './postgres-problems.js';

export interface PostgresSlots extends Slots {
  close(): Promise<void>;
}

/** Seconds: a machine that lost its power is known to be gone after half a minute, not after two hours. */
const keepAlive =
  'set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3';

/**
 * Places as advisory locks of one session, which the server lets go of when the process dies. A session that is lost is
 * opened again at the next use, and takes again what is still held: until then another process may have the same place.
 */
export function openSlots(
  url: string,
  schema: string,
  onIdleError: (error: Error) => void = () => {},
): PostgresSlots {
  const held = new Map<string, Set<number>>();
  let session: Promise<pg.Client> | null = null;
  let isOpen = true;
  let turn: Promise<unknown> = Promise.resolve();

  /** A session answers one question at a time. */
  function inTurn<T>(ask: () => Promise<T>): Promise<T> {
    const asked = turn.then(ask);
    turn = asked.catch(() => {});
    return asked;
  }

  function connected(): Promise<pg.Client> {
    session ??= connect().catch((error: unknown) => {
      session = null;
      return nameProblem(error);
    });
    return session;
  }

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true });
    const lost = (error: Error) => {
      onIdleError(error);
      session = null;
      if (isOpen && held.size > 0) connected().catch(onIdleError);
    };
    client.once('error', lost);
    await client.connect();
    client.on('error', () => {});
    await client.query(keepAlive);
    for (const [key, places] of held) {
      for (const place of places) await lockAgain(client, key, place);
    }
    return client;
  }

  async function lock(client: pg.Client, key: string, place: number): Promise<boolean> {
    const { rows } = await client.query<{ locked: boolean }>(
      'select pg_try_advisory_lock(hashtext($1), $2) as locked',
      [`${schema}:${key}`, place],
    );
    return rows[0]?.locked ?? false;
  }

  /** Who looked whether we are gone may hold our place for a moment. */
  async function lockAgain(client: pg.Client, key: string, place: number): Promise<void> {
    for (let tries = 0; tries < 20 && !(await lock(client, key, place)); tries += 1) await wait(50);
  }

  async function letGo(key: string, place: number): Promise<void> {
    forget(key, place);
    const client = await session?.catch(() => null);
    // A session that was lost holds nothing.
    const unlock = 'select pg_advisory_unlock(hashtext($1), $2)';
    await inTurn(async () => client?.query(unlock, [`${schema}:${key}`, place])).catch(() => {});
  }

  function forget(key: string, place: number): void {
    const own = held.get(key);
    own?.delete(place);
    if (own?.size === 0) held.delete(key);
  }

  return {
    async take(key, width) {
      const client = await connected();
      for (let place = 0; place < width; place += 1) {
        // A session may take its own lock twice, so a place of ours is never asked for.
        if (held.get(key)?.has(place)) continue;
        held.set(key, (held.get(key) ?? new Set<number>()).add(place));
        const isOurs = await inTurn(() => lock(client, key, place)).catch((error: unknown) => {
          forget(key, place);
          return nameProblem(error);
        });
        if (isOurs) return () => letGo(key, place);
        forget(key, place);
      }
      return null;
    },
    async close() {
      isOpen = false;
      const client = await session?.catch(() => null);
      session = null;
      await client?.end();
    },
  };
}

import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';
import { sql } from 'kysely';
import type { Connection } from './connection.js';
import type { PostgresSlots } from './postgres-slots.js';

interface RegisterOptions {
  readonly connection: Connection;
  readonly schema: string;
  readonly slots: PostgresSlots;
}

/** Who is at work: each pool of workers holds a place under its own name for as long as its process lives. */
export interface Register {
  /** `shown` resolves once the pool that is started with these events is known to be at work. */
  enter(): { readonly events: WorkerEvents; shown(): Promise<void> };
  /** Takes the pools of this process that have ended out again. */
  leave(): Promise<void>;
  /** Lets the jobs go whose pool is gone. */
  releaseDead(): Promise<number>;
}

export function createRegister({ connection: { db }, schema, slots }: RegisterOptions): Register {
  const own = new Map<string, Promise<() => Promise<void>>>();

  async function show(pool: string): Promise<() => Promise<void>> {
    const held = await slots.take(pool, 1);
    if (!held) throw new Error('another process goes by the name of this one');
    return held;
  }

  return {
    enter() {
      const events: WorkerEvents = new EventEmitter();
      let shown: Promise<unknown> = Promise.resolve();
      events.once('pool:create', ({ workerPool }) => {
        const place = show(workerPool.id);
        own.set(workerPool.id, place);
        shown = place;
        // Whoever asks for a job waits for it, and hears of it.
        place.catch(() => own.delete(workerPool.id));
      });
      return { events, shown: async () => void (await shown) };
    },
    async leave() {
      const places = [...own.values()];
      own.clear();
      for (const place of places) await place.then((letGo) => letGo());
    },
    async releaseDead() {
      const holders = await sql<{ pool: string }>`
        select distinct locked_by as pool from ${sql.id(schema, 'jobs')} where locked_by is not null`.execute(
        db,
      );
      let dead = 0;
      for (const { pool } of holders.rows) {
        if (own.has(pool)) continue;
        const letGo = await slots.take(pool, 1);
        if (!letGo) continue;
        await sql`select ${sql.id(schema, 'force_unlock_workers')}(array[${pool}])`.execute(db);
        await letGo();
        dead += 1;
      }
      return dead;
    },
  };
}

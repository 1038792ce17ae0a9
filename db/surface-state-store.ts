import type { SurfaceStateStore } from '../src/access/surface-state.js';
import type { Connection } from './connection.js';

export function surfaceStateStore({ db }: Connection): SurfaceStateStore {
  return {
    async get(key) {
      const row = await db
        .selectFrom('surfaceState')
        .select('value')
        .where('key', '=', key)
        .executeTakeFirst();
      return row?.value ?? null;
    },
    async set(key, value) {
      await db
        .insertInto('surfaceState')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
    },
  };
}

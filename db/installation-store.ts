import type { InstallationStore } from '../src/access/installation.js';
import type { Instant } from '../src/dates.js';
import { atomically, type Connection } from './connection.js';
import { hot } from './hot.js';

const addOnceKey = hot((db, key: string, expiresAt: Instant) =>
  db
    .insertInto('onceKeys')
    .values({ key, expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key'),
);

export function installationStore(connection: Connection): InstallationStore {
  const { db } = connection;
  return {
    async save(installation) {
      const { workspace, ...changed } = installation;
      await db
        .insertInto('installations')
        .values(installation)
        .onConflict((conflict) => conflict.column('workspace').doUpdateSet(changed))
        .execute();
    },
    async get(workspace) {
      const found = db.selectFrom('installations').selectAll().where('workspace', '=', workspace);
      return (await found.executeTakeFirst()) ?? null;
    },
    list: () => db.selectFrom('installations').selectAll().orderBy('workspace').execute(),
    async remove(workspace) {
      const removed = db.deleteFrom('installations').where('workspace', '=', workspace);
      return (await removed.executeTakeFirstOrThrow()).numDeletedRows > 0n;
    },
    async markOnce(key, expiresAt) {
      // A power cut that takes the mark back takes back all that was done after it, too.
      const added = await atomically(connection, (inside) => addOnceKey(inside, key, expiresAt), 'soon');
      return added.length > 0;
    },
    async takeOnce(key, now) {
      const taken = await db
        .deleteFrom('onceKeys')
        .where('key', '=', key)
        .where('expiresAt', '>', now)
        .executeTakeFirstOrThrow();
      return taken.numDeletedRows > 0n;
    },
    async removeExpired(now) {
      const removed = db.deleteFrom('onceKeys').where('expiresAt', '<=', now);
      return Number((await removed.executeTakeFirstOrThrow()).numDeletedRows);
    },
    async confirmShared(workspace, channelId, confirmedBy, confirmedAt) {
      await db
        .insertInto('sharedChannels')
        .values({ workspace, channelId, confirmedBy, confirmedAt })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async isSharedConfirmed(workspace, channelId) {
      const found = await db
        .selectFrom('sharedChannels')
        .select('channelId')
        .where('workspace', '=', workspace)
        .where('channelId', '=', channelId)
        .executeTakeFirst();
      return found !== undefined;
    },
  };
}

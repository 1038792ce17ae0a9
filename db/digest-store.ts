import type { DigestSchedule, DigestStore } from '../src/digest/schedule.js';
import { plain } from './columns.js';
import type { Connection } from './connection.js';

export function digestStore({ db }: Connection): DigestStore {
  const allSchedules = db.selectFrom('digestSchedules').selectAll().orderBy('id');
  return {
    async setSchedule(schedule): Promise<DigestSchedule> {
      const { workspace, channelId, every, ...replaced } = schedule;
      const row = await db
        .insertInto('digestSchedules')
        .values(schedule)
        .onConflict((conflict) => conflict.columns(['workspace', 'channelId', 'every']).doUpdateSet(replaced))
        .returningAll()
        .executeTakeFirstOrThrow();
      return plain(row);
    },
    async schedules(workspace) {
      const rows = await allSchedules.where('workspace', '=', workspace).execute();
      return rows.map(plain);
    },
    async allSchedules() {
      const rows = await allSchedules.execute();
      return rows.map(plain);
    },
    async removeSchedule(id) {
      await db.deleteFrom('digestSchedules').where('id', '=', BigInt(id)).execute();
    },
    async recordRun(run) {
      const added = await db
        .insertInto('digestRuns')
        .values(run)
        .onConflict((conflict) => conflict.doNothing())
        .returning('localDate')
        .executeTakeFirst();
      return added !== undefined;
    },
    async lastRun(workspace, channelId, kind) {
      const row = await db
        .selectFrom('digestRuns')
        .selectAll()
        .where('workspace', '=', workspace)
        .where('channelId', '=', channelId)
        .where('kind', '=', kind)
        .orderBy('localDate', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ?? null;
    },
  };
}

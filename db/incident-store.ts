import type { Selectable } from 'kysely';
import type {
  Incident,
  IncidentKind,
  IncidentState,
  IncidentStore,
  Receipt,
} from '../src/incidents/incident.js';
import type { Problem } from '../src/problems/problem.js';
import { plain } from './columns.js';
import { atomically, type Connection, locksRows } from './connection.js';
import { hot } from './hot.js';
import { literal } from './literal.js';
import { nextNumber } from './next-number.js';
import type { Schema } from './schema.js';

function toIncident(row: Selectable<Schema['incidents']>): Incident {
  const { problem, receipt, ...rest } = plain(row);
  return {
    ...rest,
    problem: JSON.parse(problem) as Problem,
    receipt: receipt === null ? null : (JSON.parse(receipt) as Receipt),
  };
}

/** Named one by one: an index can be searched for what is, and not for what is not. */
const openStates = ['open', 'acknowledged', 'snoozed'] as const satisfies readonly IncidentState[];

const openOf = hot((db, offerId: bigint) =>
  db
    .selectFrom('incidents')
    .selectAll()
    .where('state', '<>', literal('recovered'))
    .where('offerId', '=', offerId)
    .orderBy('id'),
);

const openAbout = hot((db, workspace: string, kind: IncidentKind, subject: string) =>
  db
    .selectFrom('incidents')
    .selectAll()
    .where('state', '<>', literal('recovered'))
    .where('workspace', '=', workspace)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .orderBy('id'),
);

export function incidentStore(connection: Connection): IncidentStore {
  const { db } = connection;
  // Made when they are asked for: every transaction makes a store.
  const all = () => db.selectFrom('incidents').selectAll();
  const unrecovered = () => all().where('state', 'in', openStates).orderBy('id');

  return {
    open(incident) {
      return atomically(connection, async (inside) => {
        const store = incidentStore(inside);
        const known = await store.openAt(incident.workspace, incident.kind, incident.subject);
        if (known) return { incident: known, opened: false };
        const added = await inside.db
          .insertInto('incidents')
          .values({
            ...incident,
            problem: JSON.stringify(incident.problem),
            number: await nextNumber(inside, incident.workspace, 'incident'),
            state: 'open',
            tries: 1,
            lastSeenAt: incident.openedAt,
          })
          .onConflict((conflict) => conflict.doNothing())
          .returningAll()
          .executeTakeFirst();
        if (added) return { incident: toIncident(added), opened: true };
        // Another process opened it a moment ago.
        const theirs = await store.openAt(incident.workspace, incident.kind, incident.subject);
        if (!theirs) throw new Error('the incident was not stored');
        return { incident: theirs, opened: false };
      });
    },
    async get(id) {
      const row = await all().where('id', '=', BigInt(id)).executeTakeFirst();
      return row ? toIncident(row) : null;
    },
    async findByNumber(workspace, number) {
      const row = await all()
        .where('workspace', '=', workspace)
        .where('number', '=', BigInt(number))
        .executeTakeFirst();
      return row ? toIncident(row) : null;
    },
    async listOpen(workspace) {
      const rows = await unrecovered().where('workspace', '=', workspace).execute();
      return rows.map(toIncident);
    },
    async openFor(offerId) {
      return (await openOf(connection, BigInt(offerId))).map(toIncident);
    },
    async openAt(workspace, kind, subject) {
      const [row] = await openAbout(connection, workspace, kind, subject);
      return row ? toIncident(row) : null;
    },
    async latest(workspace, limit) {
      const rows = await all()
        .where('workspace', '=', workspace)
        .orderBy('number', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toIncident);
    },
    async lastRecovered(workspace, kind, subject) {
      const row = await all()
        .where('workspace', '=', workspace)
        .where('kind', '=', kind)
        .where('subject', '=', subject)
        .where('state', '=', 'recovered')
        .orderBy('recoveredAt', 'desc')
        .orderBy('id', 'desc')
        .executeTakeFirst();
      return row ? toIncident(row) : null;
    },
    async allOpen() {
      const rows = await unrecovered()
        .$if(locksRows(connection), (query) => query.forUpdate())
        .execute();
      return rows.map(toIncident);
    },
    async change(id, { problem, receipt, ...change }) {
      const set = {
        ...change,
        ...(problem === undefined ? {} : { problem: JSON.stringify(problem) }),
        ...(receipt === undefined ? {} : { receipt: receipt && JSON.stringify(receipt) }),
      };
      if (Object.keys(set).length === 0) return;
      await db.updateTable('incidents').set(set).where('id', '=', BigInt(id)).execute();
    },
  };
}

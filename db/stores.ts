import type { Stores } from '../src/ports.js';
import { actionStore } from './action-store.js';
import { auditStore } from './audit-store.js';
import { backlogStore } from './backlog-store.js';
import { type Connection, guarded } from './connection.js';
import { digestStore } from './digest-store.js';
import { figureStore } from './figure-store.js';
import { incidentStore } from './incident-store.js';
import { installationStore } from './installation-store.js';
import { jobsOn } from './jobs-on.js';
import { offerStore } from './offer-store.js';
import { oldRecordStore } from './old-record-store.js';
import { outboxStore } from './outbox-store.js';
import { restoreStore } from './restore-store.js';
import { runStore } from './run-store.js';
import { sealedStore } from './sealed-store.js';
import { surfaceStateStore } from './surface-state-store.js';
import { workspaceStore } from './workspace-store.js';

/** All stores on one connection. Each is made when it is first used: most transactions use a few. */
export function storesOn(connection: Connection): Stores {
  const lazily = <Store>(make: (connection: Connection) => Store) => {
    let made: Store | null = null;
    return () => {
      made ??= make(connection);
      return made;
    };
  };
  const workspaces = lazily(workspaceStore);
  const offers = lazily(offerStore);
  const figures = lazily(figureStore);
  const runs = lazily(runStore);
  const incidents = lazily(incidentStore);
  const outbox = lazily(outboxStore);
  const digests = lazily(digestStore);
  const actions = lazily(actionStore);
  const audit = lazily(auditStore);
  const jobs = lazily(jobsOn);
  const installations = lazily(installationStore);
  const surfaceState = lazily(surfaceStateStore);
  const sealed = lazily(sealedStore);
  const restores = lazily(restoreStore);
  const backlog = lazily(backlogStore);
  const oldRecords = lazily(oldRecordStore);
  return {
    get workspaces() {
      return workspaces();
    },
    get offers() {
      return offers();
    },
    get figures() {
      return figures();
    },
    get runs() {
      return runs();
    },
    get incidents() {
      return incidents();
    },
    get outbox() {
      return outbox();
    },
    get digests() {
      return digests();
    },
    get actions() {
      return actions();
    },
    get audit() {
      return audit();
    },
    get jobs() {
      return jobs();
    },
    get installations() {
      return installations();
    },
    get surfaceState() {
      return surfaceState();
    },
    get sealed() {
      return sealed();
    },
    get restores() {
      return restores();
    },
    get backlog() {
      return backlog();
    },
    get oldRecords() {
      return oldRecords();
    },
    transaction: (work, durability = 'at once') =>
      guarded(connection, (inside) => work(storesOn(inside)), durability),
  };
}

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
import { outboxStore } from './outbox-store.js';
import { restoreStore } from './restore-store.js';
import { runStore } from './run-store.js';
import { sealedStore } from './sealed-store.js';
import { surfaceStateStore } from './surface-state-store.js';
import { workspaceStore } from './workspace-store.js';

/** All stores on one connection. */
export function storesOn(connection: Connection): Stores {
  return {
    workspaces: workspaceStore(connection),
    offers: offerStore(connection),
    figures: figureStore(connection),
    runs: runStore(connection),
    incidents: incidentStore(connection),
    outbox: outboxStore(connection),
    digests: digestStore(connection),
    actions: actionStore(connection),
    audit: auditStore(connection),
    jobs: jobsOn(connection),
    installations: installationStore(connection),
    surfaceState: surfaceStateStore(connection),
    sealed: sealedStore(connection),
    restores: restoreStore(connection),
    backlog: backlogStore(connection),
    transaction: (work, durability = 'at once') =>
      guarded(connection, (inside) => work(storesOn(inside)), durability),
  };
}

import type { Instant } from '../dates.js';
import { passedAlertsCard } from '../incidents/notice-cards.js';
import { sayCard } from '../incidents/telling.js';
import type { Core, Stores } from '../ports.js';
import type { OutboxRow } from './outbox.js';

/** Beyond this a message would be too long to be read. */
const mostFolded = 20;

/**
 * After a long silence of the chat product (or quiet hours) several alerts may wait that have already recovered and
 * were never said. They become one message. Answers whether this row was folded.
 */
export async function foldPassedAlerts(core: Core, row: OutboxRow, now: Instant): Promise<boolean> {
  if (!(await isPassed(core.stores, row))) return false;
  return core.stores.transaction(async (stores) => {
    const workspace = await stores.workspaces.get(row.workspace);
    const waiting = await stores.outbox.waitingAt(row.workspace, row.target, now);
    const passed = new Map([[row.subject, row]]);
    for (const other of waiting) {
      const known = passed.has(other.subject);
      if (!known && (passed.size === mostFolded || !(await isPassed(stores, other)))) continue;
      passed.set(other.subject, other);
    }
    if (!workspace || passed.size < 2) return false;
    const overtaken = waiting.filter((other) => passed.has(other.subject)).map((other) => other.id);
    await stores.outbox.drop([row.id, ...overtaken]);
    const card = passedAlertsCard([...passed.values()].map((one) => one.card.title));
    const telling = { stores, vault: core.vault };
    await sayCard(telling, workspace, row.target, `passed:${row.id}`, card, now);
    return true;
  });
}

/** True for the message of an incident that has recovered and that was never said at this target. */
async function isPassed(stores: Stores, row: OutboxRow): Promise<boolean> {
  const id = /^incident:(\d+)(?::dm)?$/.exec(row.subject)?.[1];
  if (id === undefined) return false;
  const incident = await stores.incidents.get(Number(id));
  if (incident?.state !== 'recovered') return false;
  return (await stores.outbox.messageOf(row.workspace, row.target, row.subject)) === null;
}

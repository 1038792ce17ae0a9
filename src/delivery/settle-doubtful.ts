import { addMilliseconds, type Instant } from '../dates.js';
import type { Core } from '../ports.js';
import { recordArrival, recordRefusal, recordUncertainty } from './delivery-incident.js';
import type { Messenger, OutboxRow } from './outbox.js';
import { asDeliveryError, messengerFor, outgoing } from './outgoing.js';
import { pausedUntil, pauseUntil } from './pauses.js';
import { withDeadline } from './with-deadline.js';

/** Long enough for a message on its way to show up, and for a slow process to have given up on it. */
const quarantineMs = 60_000;
/** How far the far side's clock may be behind ours. */
const clockSlackMs = 2 * 60_000;

/**
 * Looks for the message of one row whose fate is unknown (its answer was lost, or its process died): closes the row
 * when the message is there, gives it back to be sent when it is not, asks a person when nobody can tell.
 */
export async function settleDoubtful(core: Core): Promise<boolean> {
  const now = core.clock.now();
  const { outbox } = core.stores;
  for (const row of await outbox.doubtful(addMilliseconds(now, -quarantineMs))) {
    const messenger = await messengerFor(core, row.workspace);
    if (!messenger || (await pausedUntil(core, messenger, row.workspace, now)) !== null) continue;
    if (!(await outbox.retake(row, now))) continue;
    await settle(core, messenger, { ...row, sendingAt: now }, now);
    return true;
  }
  return false;
}

async function settle(core: Core, messenger: Messenger, row: OutboxRow, now: Instant): Promise<void> {
  const { outbox } = core.stores;
  if ((await outbox.messageOf(row.workspace, row.target, row.subject)) !== null) {
    // An edit may be made twice.
    await outbox.postpone(row, now);
    return;
  }
  const found = await look(core, messenger, row);
  if (found === null) return;
  if (found === 'absent') await outbox.postpone(row, core.clock.now());
  else if (found === 'unreadable') await recordUncertainty(core, row, core.clock.now());
  else await recordArrival(core, row, found, core.clock.now());
}

/** `null`: the far side could not be asked; the row waits for another quarantine, or is refused for good. */
async function look(core: Core, messenger: Messenger, row: OutboxRow): Promise<string | null> {
  try {
    const since = addMilliseconds(row.notBefore, -clockSlackMs);
    return await withDeadline(messenger.find(outgoing(row), since));
  } catch (thrown) {
    const error = asDeliveryError(thrown);
    // What it tells us to wait begins when it tells so.
    const now = core.clock.now();
    if (error.retryAfterMs !== undefined) {
      await pauseUntil(core, messenger, row.workspace, addMilliseconds(now, error.retryAfterMs));
    }
    if (error.outcome === 'permanent') await recordRefusal(core, row, error.reason, now);
    core.log.warn({ row: row.id, reason: error.reason }, 'a doubtful message could not be looked for');
    return null;
  }
}

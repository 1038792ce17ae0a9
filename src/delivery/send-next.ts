import { addMilliseconds, type Instant } from '../dates.js';
import type { Core } from '../ports.js';
import { isPlaceRefused, recordArrival, recordRefusal } from './delivery-incident.js';
import { foldPassedAlerts } from './fold-passed-alerts.js';
import type { DeliveryError, Messenger, OutboxRow } from './outbox.js';
import { asDeliveryError, messengerFor, outgoing } from './outgoing.js';
import { pausedUntil, pauseUntil } from './pauses.js';
import { refusalScope } from './refusal-scope.js';
import { settleDoubtful } from './settle-doubtful.js';
import { withDeadline } from './with-deadline.js';

const longestWaitMs = 10 * 60_000;
/**
 * A process that slept between taking a row and sending it must not send before it has taken it anew: another may be
 * looking for it by now. This and the deadline of a call together stay within the quarantine.
 */
const freshMs = 30_000;
const heldMs = 15 * 60_000;
/** A row is given up after so many tries in so long a time: age alone says nothing, since we may have been off ourselves. */
const giveUpAfterMs = 3 * 86_400_000;
const giveUpAfterTries = 100;

/**
 * One step of the sender: settles one row of doubtful fate, or delivers the oldest due row of the outbox.
 * Answers whether there was anything to do. Failures of the far side are recorded, never thrown.
 */
export async function sendNext(core: Core): Promise<boolean> {
  if (await settleDoubtful(core)) return true;
  const row = await core.stores.outbox.claim(core.clock.now());
  if (!row) return false;
  const now = core.clock.now();
  const messenger = await messengerFor(core, row.workspace);
  if (!messenger) {
    await core.stores.outbox.giveBack(row, addMilliseconds(now, heldMs));
    return true;
  }
  const paused = await pausedUntil(core, messenger, row.workspace, now);
  if (paused !== null) {
    await core.stores.outbox.giveBack(row, paused);
    return true;
  }
  if (await isPlaceRefused(core.stores, row, now)) {
    await core.stores.outbox.giveBack(row, addMilliseconds(now, heldMs));
    return true;
  }
  if (!(await foldPassedAlerts(core, row, now))) await deliver(core, messenger, row);
  return true;
}

async function deliver(core: Core, messenger: Messenger, row: OutboxRow): Promise<void> {
  const { outbox } = core.stores;
  const posted = await outbox.messageOf(row.workspace, row.target, row.subject);
  const mine = await stillOurs(core, row);
  if (!mine) return;
  let messageId: string;
  try {
    if (posted === null)
      messageId = await withDeadline(messenger.send(outgoing(mine), () => isFresh(core, mine)));
    else {
      await withDeadline(messenger.edit(outgoing(row), posted));
      messageId = posted;
    }
  } catch (error) {
    await recordFailure(core, messenger, mine, asDeliveryError(error), posted !== null);
    return;
  }
  core.metrics?.deliveryEnded('sent');
  await recordArrival(core, row, messageId, core.clock.now());
}

/** The row, taken anew if it was taken too long ago; `null` when another process has it by now. */
async function stillOurs(core: Core, row: OutboxRow): Promise<OutboxRow | null> {
  if (isFresh(core, row)) return row;
  const now = core.clock.now();
  return (await core.stores.outbox.retake(row, now)) ? { ...row, sendingAt: now } : null;
}

function isFresh({ clock }: Core, { sendingAt }: OutboxRow): boolean {
  return sendingAt === null || clock.now() <= addMilliseconds(sendingAt, freshMs);
}

async function recordFailure(
  core: Core,
  messenger: Messenger,
  row: OutboxRow,
  error: DeliveryError,
  isEdit: boolean,
): Promise<void> {
  const now = core.clock.now();
  const { outcome, reason, retryAfterMs } = error;
  core.log.warn({ row: row.id, attempt: row.attempt, outcome, reason }, 'a message was not delivered');
  core.metrics?.deliveryEnded(outcome);
  if (retryAfterMs !== undefined) {
    await pauseUntil(core, messenger, row.workspace, addMilliseconds(now, retryAfterMs));
  }
  // The row stays `sending`: only after a quarantine, and a look, may it be sent again. What is under way may still
  // arrive a while after its connection broke, so the quarantine begins now and not when the row was taken.
  if (outcome === 'doubtful' && !isEdit) {
    await core.stores.outbox.retake(row, now);
    return;
  }
  // Somebody deleted the message, or it is too old to change: nothing is lost that anybody wants.
  if (outcome === 'permanent' && isEdit && refusalScope(reason) === 'message') {
    await core.stores.outbox.failed(row.id, now);
    return;
  }
  if (outcome === 'permanent' || isHopeless(row, error, now)) {
    await recordRefusal(core, row, reason, now);
    return;
  }
  await core.stores.outbox.postpone(row, nextTry(row.attempt, now, retryAfterMs));
}

/** Being told to wait is no refusal, and neither is a network that fails: such a row is kept for as long as it takes. */
function isHopeless(row: OutboxRow, { outcome, retryAfterMs }: DeliveryError, now: Instant): boolean {
  if (outcome !== 'refused' || retryAfterMs !== undefined || row.attempt < giveUpAfterTries) return false;
  return row.createdAt < addMilliseconds(now, -giveUpAfterMs);
}

/** 5 s, 10 s, 20 s … up to ten minutes, and never earlier than the far side said. */
export function nextTry(attempt: number, now: Instant, retryAfterMs = 0): Instant {
  const growing = Math.min(longestWaitMs, 5000 * 2 ** Math.min(attempt - 1, 20));
  return addMilliseconds(now, Math.max(growing, retryAfterMs));
}

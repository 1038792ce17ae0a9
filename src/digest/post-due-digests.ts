import type { Card } from '../card.js';
import type { Core, Stores } from '../ports.js';
import { postCard } from '../reports/post-card.js';
import { buildDigest } from './build-digest.js';
import { type DueDigest, dueDigests, runKind } from './due.js';
import { digestPeriod } from './period.js';
import type { DigestRun, DigestSchedule } from './schedule.js';

/**
 * Posts every digest that is due and missing; answers how many. One that fails is logged, holds up no other and is
 * tried again at the next call.
 */
export async function postDueDigests(core: Core): Promise<number> {
  const states = [];
  for (const schedule of await core.stores.digests.allSchedules()) {
    states.push({ schedule, lastRun: await lastRunOf(core.stores, schedule) });
  }
  let posted = 0;
  const restoredAt = await core.stores.restores.latest();
  for (const due of dueDigests(states, core.clock.now(), restoredAt)) {
    const { workspace, channelId } = due.schedule;
    try {
      if (await postDigest(core, due)) posted += 1;
    } catch (error) {
      core.log.error(
        { workspace, channelId, kind: due.kind, localDate: due.localDate, error },
        'digest failed',
      );
    }
  }
  return posted;
}

/** Run key and message are written together or not at all. False when this date was posted before. */
async function postDigest(core: Core, due: DueDigest): Promise<boolean> {
  const { schedule, kind, localDate } = due;
  const { workspace, channelId, channelName } = schedule;
  const now = core.clock.now();
  return core.stores.transaction(async (stores) => {
    const lastRun = await lastRunOf(stores, schedule);
    const isNew = await stores.digests.recordRun({ kind, workspace, channelId, localDate, postedAt: now });
    if (!isNew) return false;
    const card = await digestOf(stores, due, lastRun, now);
    await postCard(stores, {
      workspace,
      channel: { id: channelId, name: channelName },
      subject: `${kind}:${localDate}`,
      card,
      files: [],
      now,
    });
    return true;
  });
}

async function digestOf(
  stores: Stores,
  due: DueDigest,
  lastRun: DigestRun | null,
  now: string,
): Promise<Card> {
  const { schedule, localDate } = due;
  const offers = await stores.offers.list(schedule.workspace);
  const toldTo = lastRun ? digestPeriod(schedule.every, lastRun.localDate).to : null;
  return buildDigest(
    { stores },
    {
      workspace: schedule.workspace,
      channelName: schedule.channelName,
      offers: offers.filter((offer) => offer.channelId === schedule.channelId),
      period: digestPeriod(schedule.every, localDate),
      zone: schedule.timeZone,
      now,
      since: lastRun && toldTo ? { at: lastRun.postedAt, toldTo } : null,
      late: due.late ? { dueAt: due.dueAt, skipped: due.skipped } : null,
    },
  );
}

export function lastRunOf(
  stores: Stores,
  schedule: Pick<DigestSchedule, 'workspace' | 'channelId' | 'every'>,
): Promise<DigestRun | null> {
  return stores.digests.lastRun(schedule.workspace, schedule.channelId, runKind(schedule));
}

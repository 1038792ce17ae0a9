import { addDays, type Day, dayIn, type Instant, readableDay, readableDuration } from '../dates.js';
import { ftdDrop, sourceSilent } from '../problems/incident.js';
import type { DayRecord, FtdCount } from '../sync/figure-store.js';
import { recoverIncident } from './close-incident.js';
import { type FtdSeries, fullAfterDays, historyDays, judgeFtds } from './ftd-drop.js';
import type { IncidentKind } from './incident.js';
import { openIncident, tellFirst } from './open-incident.js';
import type { GoodRun, WatchedRun } from './report-recovery.js';
import { findSilence, mayBeSilent } from './source-silence.js';
import type { Telling } from './telling.js';

const silenceHistoryDays = 60;

/** What is looked at after a good run; `null` where nothing can have changed since the last one. */
export interface Seen {
  readonly days: readonly DayRecord[] | null;
  readonly ftds: readonly FtdCount[] | null;
}

export async function readSeen(telling: Telling, run: GoodRun): Promise<Seen> {
  // The same figures were judged on the same day by the run before.
  const isJudged = run.sameSince && dayIn('UTC', run.sameSince) === dayIn('UTC', run.at);
  const [days, ftds] = await Promise.all([
    isJudged && !mayBeSilent(run.newest, run.at) ? null : readDays(telling, run),
    isJudged ? null : readFtds(telling, run),
  ]);
  return { days, ftds };
}

function readDays({ stores }: Telling, { offer, at }: GoodRun): Promise<readonly DayRecord[]> {
  const today = dayIn('UTC', at);
  return stores.figures.days(offer.id, addDays(today, -silenceHistoryDays), today);
}

/**
 * Looks at what a good run brought: whether the source has gone silent, and whether a full day's FTD are too rare to
 * be chance. Judged only after a good run, so a source that cannot be read is never called silent.
 */
export async function watchFigures(telling: Telling, run: WatchedRun, seen: Seen): Promise<void> {
  if (seen.days === null && !run.hasOpen) return;
  const days = seen.days ?? (await readDays(telling, run));
  await watchSilence(telling, run, days);
  const judged = seen.ftds ?? (run.hasOpen ? await readFtds(telling, run) : null);
  if (judged) await watchFtds(telling, run, days, judged);
}

async function watchSilence(telling: Telling, run: WatchedRun, days: readonly DayRecord[]): Promise<void> {
  const { offer, at } = run;
  const silence = findSilence(days, at);
  if (!silence) return settle(telling, run, 'source-silent');
  const usual = readableDuration(Math.max(silence.usualMs, 3_600_000));
  await raise(telling, run, 'source-silent', sourceSilent(offer.name, readableDay(silence.lastDay), usual));
}

/** The last day whose FTD are all there. */
function fullDay(at: Instant): Day {
  return addDays(dayIn('UTC', at), -fullAfterDays);
}

function readFtds({ stores }: Telling, { offer, at }: GoodRun): Promise<readonly FtdCount[]> {
  const day = fullDay(at);
  return stores.figures.ftds(offer.id, addDays(day, -historyDays), day);
}

async function watchFtds(
  telling: Telling,
  run: WatchedRun,
  days: readonly DayRecord[],
  ftds: readonly FtdCount[],
): Promise<void> {
  const { offer } = run;
  const day = fullDay(run.at);
  const judged = judgeFtds(seriesOf(ftds, day, days), day);
  if (judged.drop) {
    const { campaign, ftds, usual, chance } = judged.drop;
    const onceIn = roundedTo2(1 / chance);
    const problem = ftdDrop({ offer: offer.name, campaign, day: readableDay(day), ftds, usual, onceIn });
    await raise(telling, run, 'ftd-drop', problem);
  } else if (judged.usual) await settle(telling, run, 'ftd-drop');
}

/** FTD by day, of the whole offer and of each campaign. A reported day without a row is a day with none. */
function seriesOf(counts: readonly FtdCount[], day: Day, days: readonly DayRecord[]): FtdSeries[] {
  const from = addDays(day, -historyDays);
  const reported = days.filter((one) => one.state === 'reported' && one.day >= from && one.day <= day);
  if (counts.every((count) => count.ftds === null)) return [];
  const campaigns = [...new Set(counts.map((count) => count.campaign))];
  const names = campaigns.length > 1 ? ['', ...campaigns.filter((name) => name !== '')] : [''];
  const none = reported.map((one) => [one.day, 0] as const);
  const series = new Map(names.map((name) => [name, new Map<Day, number>(none)]));
  for (const { day: on, campaign, ftds } of counts) {
    for (const name of new Set(['', campaign])) {
      const known = series.get(name)?.get(on);
      if (known !== undefined) series.get(name)?.set(on, known + (ftds ?? 0));
    }
  }
  return [...series].map(([campaign, ftds]) => ({ campaign, ftds }));
}

async function raise(
  telling: Telling,
  { offer, at }: WatchedRun,
  kind: IncidentKind,
  problem: ReturnType<typeof ftdDrop>,
): Promise<void> {
  const { incident, how } = await openIncident(telling, {
    workspace: offer.workspace,
    kind,
    subject: `offer:${offer.id}`,
    offerId: offer.id,
    problem,
    at,
    tries: 1,
  });
  if (how === 'opened') await tellFirst(telling, incident, at);
}

async function settle(telling: Telling, run: WatchedRun, kind: IncidentKind): Promise<void> {
  const { offer, at } = run;
  if (!run.hasOpen) return;
  const known = await telling.stores.incidents.openAt(offer.workspace, kind, `offer:${offer.id}`);
  if (known) await recoverIncident(telling, known, at);
}

/** 4,137 → 4,100: more digits would claim more than is known. */
function roundedTo2(number: number): number {
  return Number(Math.min(number, 1e9).toPrecision(2));
}

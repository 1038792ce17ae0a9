import { expect } from 'vitest';
import { addDays, daysBetween } from '../../src/dates.js';
import { figureFields } from '../../src/figures.js';
import type { PlatformId } from '../../src/platforms/platform.js';
import { asBookRows } from '../sandbox/expected-rows.js';
import { startProgramme } from '../sandbox/programme.js';
import { randomFrom } from '../sandbox/random.js';
import { changeBooks, randomBooks, randomWait } from './random-books.js';
import { randomReport } from './random-report.js';
import { openReader, type Reader } from './reader.js';
import {
  bookFigures,
  createDayBook,
  noteReading,
  replay,
  rowsOf,
  storedFigures,
  sumsOf,
} from './stored-history.js';

/** A failure is final, so that its problem is told. */
const lastTry = 2;
const start = '2026-11-19T08:20:00.000Z';
/** Histories under way at a time, so that one reads while another waits for its server. */
const lanes = 3;

/** Figures of all histories of a test. */
export interface Seen {
  /** Those whose last reading was good. */
  histories: number;
  /** Those whose last reading was refused, because nothing tells thousands from decimals. */
  undecided: number;
  readings: number;
  /** Readings that ended in a named problem; what was stored must then be as it was. */
  refused: number;
  rows: number;
  changes: number;
  mostPages: number;
}

/** Lives through so many random histories of one platform, in a database of their own. */
export async function liveThroughHistories(platform: PlatformId, histories: number): Promise<Seen> {
  const seen: Seen = {
    histories: 0,
    undecided: 0,
    readings: 0,
    refused: 0,
    rows: 0,
    changes: 0,
    mostPages: 0,
  };
  let next = 0;
  async function lane(): Promise<void> {
    const reader = await openReader(start);
    try {
      while (seen.histories < histories) {
        next += 1;
        const isWhole = await liveThrough(reader, platform, next, seen);
        if (isWhole) seen.histories += 1;
        else seen.undecided += 1;
      }
    } finally {
      await reader.close();
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return seen;
}

/** Lives through one history, and compares what is stored with the books after each reading. True when the last was good. */
async function liveThrough(reader: Reader, platform: PlatformId, seed: number, seen: Seen): Promise<boolean> {
  const random = randomFrom('history', platform, seed);
  reader.clock.set(start);
  const { core, clock } = reader;
  const to = addDays('2026-11-19', random.whole(-20, 0));
  const from = addDays(to, -random.whole(2, 11));
  const days = daysBetween(from, to);
  const books = randomBooks(random, days);
  const programme = await startProgramme({ now: clock.now, books, seed });
  try {
    const report = randomReport(platform, random, programme, books.brands());
    for (const name of report.variations) programme.faults.set(name);
    if (report.pages > 1) programme.faults.set('small-pages', { pages: report.pages });
    const offer = await reader.addOffer(report.platform, report.access, report.currency);
    const must = createDayBook();
    const readings = random.whole(2, 3);
    for (let reading = 1; reading <= readings; reading += 1) {
      const about = `history ${seed}, reading ${reading}: ${report.format}`;
      const since = reading < readings && random.chance(0.3) ? addDays(to, -2) : from;
      const before = await core.stores.figures.rows(offer.id, from, to);
      const outcome = await reader.read(offer, since, to, lastTry);
      seen.readings += 1;
      if (outcome.kind === 'good') {
        const window = { from: since, to, now: clock.now(), ratesDay: clock.now().slice(0, 10) };
        noteReading(must, daysBetween(since, to), report.expectedRows(window));
      } else {
        seen.refused += 1;
        expect(JSON.stringify(outcome), about).toContain('nothing in the file tells thousands from decimals');
        expect(await core.stores.figures.rows(offer.id, from, to), about).toEqual(before);
      }
      const stored = await core.stores.figures.rows(offer.id, from, to);
      expect(asBookRows(stored), about).toEqual(rowsOf(must));
      const changes = await core.stores.figures.changes(offer.id, from, to);
      expect(replay(must.first, changes), about).toEqual(storedFigures(stored));
      if (reading === readings) {
        const sums = await core.stores.figures.sums({ offerIds: [offer.id], from, to, by: [] });
        const flat = sums.flatMap(({ currency, figures }) =>
          figureFields.flatMap((field) => {
            const value = figures[field];
            return value === null ? [] : [[`${currency} ${field}`, BigInt(value)] as const];
          }),
        );
        expect(new Map(flat), about).toEqual(sumsOf(bookFigures(rowsOf(must))));
        seen.rows += stored.length;
        seen.changes += changes.length;
      }
      const happenings = random.whole(1, 6);
      for (let one = 0; one < happenings; one += 1) changeBooks(random, books, days, clock.now());
      clock.set(randomWait(random, clock.now()));
    }
    const runs = await core.stores.runs.latest(offer.id, 10);
    seen.mostPages = Math.max(seen.mostPages, ...runs.map((run) => run.pages));
    return runs[0]?.state === 'good';
  } finally {
    await programme.close();
  }
}

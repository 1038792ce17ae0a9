import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestNowCommand } from '../../commands/digest/now.js';
import { offerList } from '../../commands/offer/list.js';
import { report } from '../../commands/report.js';
import { BetterSqlite } from '../../db/better-sqlite.js';
import { openDatabase } from '../../db/open.js';
import { addDays } from '../../src/dates.js';
import { caller, runCommand, testCore } from '../digest/core.js';
import { bareDigest, bareList, bareReport } from './bare-queries.js';
import { fillDatabase, readNow, rowsOfOffer, yesterday } from './read-load.js';
import { type Line, line, median } from './table.js';

/**
 * Digest, report and list of all offers, cards and all, against the one bare statement that reads their figures; and the
 * sums alone, which tells the reading from what is made of it.
 */
export async function benchRead(rows: number, rounds: number): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-read-'));
  const file = join(folder, 'tallyman.db');
  const offers = Math.ceil(rows / rowsOfOffer);
  await fillDatabase(file, offers);
  const { stores, close } = await openDatabase(file);
  const core = testCore(stores, readNow);
  const handle = new BetterSqlite(file, { readonly: true });
  const offerIds = (await stores.offers.list('slack:T1')).map(({ id }) => id);
  const month = { from: addDays(yesterday, -29), to: yesterday };
  const pairs = {
    'sums of the report': [
      () => stores.figures.sums({ offerIds, ...month, by: ['offer'] }),
      () => bareReport(handle),
    ],
    digest: [() => runCommand(digestNowCommand, core, caller()), () => bareDigest(handle)],
    report: [
      () => runCommand(report, core, caller(), { range: '30d', by: 'offer' }),
      () => bareReport(handle),
    ],
    list: [() => runCommand(offerList, core, caller()), () => bareList(handle)],
  } as const;
  const lines: Line[] = [];
  const plain: Line[] = [];
  for (const [name, [ours, bare]] of Object.entries(pairs)) {
    const times = { ours: [] as number[], bare: [] as number[] };
    // The first round only warms up.
    for (let round = 0; round <= rounds; round += 1) {
      const [bareMs, oursMs] = [await timeOf(bare), await timeOf(ours)];
      if (round > 0) {
        times.bare.push(bareMs);
        times.ours.push(oursMs);
      }
    }
    const [oursMs, bareMs] = [median(times.ours), median(times.bare)];
    lines.push(line(`${name} of ${offers} offers`, 'the bare query', oursMs / bareMs, 1.5));
    plain.push(line(`${name}, in ms`, '', oursMs), line(`bare query of the ${name}, in ms`, '', bareMs));
  }
  handle.close();
  await close();
  rmSync(folder, { recursive: true, force: true });
  return [...lines, ...plain, line('rows', '', offers * rowsOfOffer)];
}

async function timeOf(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

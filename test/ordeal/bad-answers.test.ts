import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromInstant, type Instant } from '../../src/dates.js';
import type { Offer } from '../../src/offers/offer.js';
import type { PlatformId } from '../../src/platforms/platform.js';
import {
  byteFaults,
  contentFaults,
  type FaultName,
  type FaultSettings,
  replacements,
  wireFaults,
} from '../sandbox/faults.js';
import { type Programme, startProgramme } from '../sandbox/programme.js';
import { openReader, type Reader } from './reader.js';

const now = '2026-11-19T08:20:00.000Z';
const known = { from: '2026-10-01', to: '2026-10-07' };
/** Three days more than are stored: they must not come in by half. */
const asked = { from: '2026-09-28', to: '2026-10-07' };
/** For those who never finish; all others have the usual minute. */
const shortDeadlineMs = 300;
const usualMs = 10_000;

/** How a run ends: `good` where the answer is right all the same, else the problem's code; and how often it was tried. */
type Ending = readonly [code: string, tries: 1 | 3];

const good: Ending = ['good', 1];
const passing: Ending = ['probe.unreadable', 3];
const lasting: Ending = ['probe.unreadable', 1];

const endings: Readonly<Record<string, Ending | Readonly<Record<PlatformId, Ending>>>> = {
  'status-401': ['probe.token-refused', 1],
  'status-403': ['probe.forbidden', 1],
  'login-redirect': ['probe.token-refused', 1],
  'login-page': ['probe.login-page', 1],
  'json-error': ['probe.token-refused', 1],
  'status-404': ['probe.not-found', 1],
  'status-429': ['probe.rate-limited', 3],
  'status-500': ['probe.server-error', 3],
  'status-502': ['probe.server-error', 3],
  'status-503': ['probe.server-error', 3],
  'foreign-redirect': ['probe.redirected', 1],
  'redirect-loop': ['probe.redirected', 1],
  hang: ['probe.timed-out', 3],
  drip: ['probe.timed-out', 3],
  reset: ['probe.unreachable', 3],
  'content-length-too-long': passing,
  'content-length-too-short': passing,
  'cut-body': passing,
  'empty-body': passing,
  'gzip-bomb': ['probe.too-large', 1],
  'gzip-in-gzip': passing,
  'huge-body': ['probe.too-large', 1],
  // UTF-16 is seen for what it is; Latin-1 is a file's own old encoding, but JSON has none but UTF-8.
  'wrong-charset': good,
  'latin1-body': { affilka: passing, referon: good },
  'deep-json': lasting,
  // A row that is repeated cell by cell counts once.
  'duplicate-rows': good,
  'totals-among-rows': good,
  'column-missing': ['incident.report-drifted', 1],
  'brand-grouping-gone': ['incident.report-drifted', 1],
  'mixed-currencies': lasting,
  'numbers-in-words': lasting,
  'other-date-format': lasting,
  // Days that were there keep their figures, and new ones are absent.
  'empty-report': good,
  'repeated-page': { affilka: passing, referon: good },
  'endless-pages': { affilka: passing, referon: good },
  'rows-outside-window': good,
};

const everyFault: readonly FaultName[] = [...replacements, ...wireFaults, ...byteFaults, ...contentFaults];
const endless: readonly FaultName[] = ['hang', 'drip'];
let patient: Reader;
let impatient: Reader;
let programme: Programme;

beforeAll(async () => {
  patient = await openReader(now);
  impatient = await openReader(now, shortDeadlineMs);
  // The pause between two tries is not waited for here, so a try may meet the one that was given up just before.
  programme = await startProgramme({ now: () => now, perPage: 30, simultaneousPerToken: 4 });
});
afterAll(async () => {
  await programme.close();
  await patient.close();
  await impatient.close();
});

async function addRead(reader: Reader, platform: PlatformId) {
  const token = programme.issueToken(platform);
  const url =
    platform === 'affilka'
      ? programme.urls.affilkaReportUrl({ token })
      : programme.urls.referonExportUrl({ token });
  const offer = await reader.addOffer(platform, { url }, platform === 'referon' ? 'EUR' : null);
  expect((await reader.read(offer, known.from, known.to)).kind).toBe('good');
  return { offer, token };
}

interface Tries {
  readonly code: string;
  readonly at: readonly Instant[];
}

/** Reads as the queue does: again at the instant that was answered, until it is over. */
async function readToTheEnd(reader: Reader, offer: Offer): Promise<Tries> {
  const at: Instant[] = [];
  for (let attempt = 0; attempt < 5; attempt += 1) {
    at.push(reader.clock.now());
    const outcome = await reader.read(offer, asked.from, asked.to, attempt);
    if (outcome.kind !== 'retry') {
      return { code: outcome.kind === 'failed' ? outcome.problem.code : outcome.kind, at };
    }
    reader.clock.set(outcome.at);
  }
  throw new Error('it was tried for ever');
}

const table = (['affilka', 'referon'] as const).flatMap((platform) =>
  everyFault.map((fault) => {
    const found = endings[fault];
    if (!found) throw new Error(`no ending for ${fault}`);
    const [code, tries] = 'affilka' in found ? found[platform] : found;
    return { platform, fault, code, tries };
  }),
);

test.each(table)('$platform: $fault ends as $code after $tries', async ({ platform, fault, code, tries }) => {
  const reader = endless.includes(fault) ? impatient : patient;
  const { offer, token } = await addRead(reader, platform);
  const { figures } = reader.core.stores;
  const rows = await figures.rows(offer.id, asked.from, asked.to);
  const days = await figures.days(offer.id, known.from, known.to);
  const before = programme.requests.total;
  programme.faults.set(fault, { token });
  const started = Date.now();

  const ended = await readToTheEnd(reader, offer);

  const took = Date.now() - started;
  programme.faults.clear();
  expect([ended.code, ended.at.length]).toEqual([code, tries]);
  expect(took).toBeLessThan(endless.includes(fault) ? tries * shortDeadlineMs + 2_000 : usualMs);
  const requests = programme.requests.total - before;
  expect(requests).toBeGreaterThanOrEqual(tries);
  expect(requests).toBeLessThanOrEqual(mostRequests(fault) * tries);
  expect(await figures.rows(offer.id, known.from, known.to)).toEqual(rows);
  const states = await figures.days(offer.id, known.from, known.to);
  expect(states.map((day) => day.state)).toEqual(days.map(() => 'reported'));
  const added = await figures.days(offer.id, asked.from, '2026-09-30');
  if (code !== 'good') {
    expect(added.map((day) => day.state)).toEqual(['failed', 'failed', 'failed']);
    expect(await figures.days(offer.id, known.from, known.to)).toEqual(days);
    expect(await figures.changes(offer.id, asked.from, asked.to)).toEqual([]);
    expect((await reader.core.stores.runs.latest(offer.id, 1))[0]?.problemCode).toBe(code);
  } else {
    const isEmpty = fault === 'empty-report';
    expect(added.map((day) => day.state)).toEqual(added.map(() => (isEmpty ? 'absent' : 'reported')));
  }
});

/** Whole readings have several pages, and pages that do not fit together are read three times. */
function mostRequests(fault: FaultName): number {
  return (contentFaults as readonly string[]).includes(fault) ? 40 : 5;
}

const hour = 3_600_000;
const told: readonly (readonly [FaultName, FaultSettings['retryAfter'], number])[] = [
  ['status-429', 7, 60_000],
  ['status-429', 900, 900_000],
  ['status-429', 'Thu, 19 Nov 2026 20:00:00 GMT', 0],
  ['status-503', 3 * 3600, 3 * hour],
  ['status-503', 'soon', 60_000],
];

test.each(told)('%s with Retry-After %s is never tried earlier', async (fault, retryAfter, waitMs) => {
  patient.clock.set(now);
  const { offer, token } = await addRead(patient, 'affilka');
  programme.faults.set(fault, { token, ...(retryAfter === undefined ? {} : { retryAfter }) });
  const { at } = await readToTheEnd(patient, offer);
  programme.faults.clear();
  const [first = '', second = ''] = at;
  const earliest = waitMs > 0 ? fromInstant(first) + waitMs : Date.parse(String(retryAfter));
  expect(fromInstant(second)).toBe(earliest);
});

test('a wait that was asked for holds back the schedule too, after the last try as well', async () => {
  patient.clock.set(now);
  const { offer, token } = await addRead(patient, 'affilka');
  programme.faults.set('status-429', { token, retryAfter: 3 * 3600 });
  const { at } = await readToTheEnd(patient, offer);
  programme.faults.clear();
  const last = at.at(-1) ?? '';
  const next = (await patient.core.stores.offers.get(offer.id))?.nextSyncAt ?? '';
  expect(at).toHaveLength(3);
  expect(fromInstant(next)).toBeGreaterThanOrEqual(fromInstant(last) + 3 * hour);
});

test('the whole table of bad answers was gone through', () => {
  const named = table.filter(({ code }) => code !== 'good').length;
  console.log(
    `${table.length} bad answers: ${named} end in a named problem, ${table.length - named} are read right`,
  );
  expect(new Set(table.map(({ fault }) => fault)).size).toBe(everyFault.length);
});

import fc from 'fast-check';
import { parseAffilka } from '../../src/platforms/affilka/parse.js';
import type { ReportPage } from '../../src/platforms/platform.js';
import { parseReferon } from '../../src/platforms/referon/parse.js';
import { ProblemError } from '../../src/problems/problem.js';
import { listRows } from '../../src/source-rows.js';
import { affilkaTruth } from './affilka-truth.js';
import { type BaseReport, baseReport } from './base-reports.js';
import { mutate } from './mutate.js';
import { randomSource } from './random-source.js';
import { referonTruth } from './referon-truth.js';
import { difference, sumsOf } from './sums.js';
import type { Truth } from './truth.js';

const from = '2026-11-16';
const to = '2026-11-20';
const longestMs = 1000;

export interface Tally {
  reports: number;
  refused: number;
  equal: number;
  unjudged: number;
  slowestMs: number;
  readonly failures: {
    readonly kind: 'crash' | 'hang' | 'wrong';
    readonly what: string;
    readonly text: string;
  }[];
  readonly unsure: Map<string, number>;
}

export function newTally(): Tally {
  return { reports: 0, refused: 0, equal: 0, unjudged: 0, slowestMs: 0, failures: [], unsure: new Map() };
}

async function parse(base: BaseReport, body: Uint8Array): Promise<ReportPage> {
  const query = { from, to, page: 1, ratesDate: to };
  return base.platform === 'affilka'
    ? parseAffilka(body, { query, currency: null })
    : parseReferon(body, { query, currency: base.currency });
}

export function truthOf(base: BaseReport, text: string): Truth {
  return base.platform === 'affilka'
    ? affilkaTruth(text, from, to)
    : referonTruth(text, { from, to, stated: base.currency });
}

/** Parses one text; `null` when all is well, else what is wrong. */
export async function tryReport(base: BaseReport, text: string, tally: Tally): Promise<string | null> {
  const body = new TextEncoder().encode(text);
  const start = performance.now();
  let page: ReportPage | null = null;
  let crash: unknown = null;
  try {
    page = await parse(base, body);
  } catch (error) {
    if (!(error instanceof ProblemError)) crash = error;
  }
  let took = performance.now() - start;
  if (took > longestMs) {
    // A busy machine may hold anybody up once.
    const again = performance.now();
    await parse(base, body).catch(() => null);
    took = performance.now() - again;
  }
  tally.reports += 1;
  tally.slowestMs = Math.max(tally.slowestMs, took);
  const fail = (kind: 'crash' | 'hang' | 'wrong', what: string) => {
    tally.failures.push({ kind, what, text });
    return `${kind}: ${what}`;
  };
  if (crash !== null) return fail('crash', String(crash));
  if (took > longestMs) return fail('hang', `${Math.round(took)} ms`);
  if (page === null) {
    tally.refused += 1;
    return null;
  }
  const truth = truthOf(base, new TextDecoder().decode(body));
  if (truth.kind === 'unsure') {
    tally.unjudged += 1;
    const why = truth.why.replace(/\s*["\d].*$/, '');
    tally.unsure.set(why, (tally.unsure.get(why) ?? 0) + 1);
    return null;
  }
  if (truth.kind === 'none')
    return fail('wrong', `read ${page.rows.length} rows of what says nothing certain: ${truth.why}`);
  const wrong = difference(sumsOf(listRows(page.rows)), truth.sums);
  if (wrong) return fail('wrong', wrong);
  tally.equal += 1;
  return null;
}

/** One mutated report by its seed. */
export function mutated(seed: number): { readonly base: BaseReport; readonly text: string } {
  const random = randomSource(seed);
  const base = baseReport(random);
  return { base, text: mutate(base.text, random) };
}

/** Mutated reports one after the other; fast-check chooses the seeds, and a failing one tells its seed. */
export async function fuzzReports(runs: number, seed: number, stopAtFirst: boolean): Promise<Tally> {
  const tally = newTally();
  const property = fc.asyncProperty(fc.noShrink(fc.integer({ min: 1, max: 0x7fffffff })), async (one) => {
    const { base, text } = mutated(one);
    const wrong = await tryReport(base, text, tally);
    if (wrong && stopAtFirst) throw new Error(`seed ${one}: ${wrong}\n${text}`);
  });
  await fc.assert(property, { numRuns: runs, seed, endOnFailure: true });
  return tally;
}

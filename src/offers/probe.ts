import { addDays, type Day, dayIn } from '../dates.js';
import type { Platform, PlatformId, ReportAccess } from '../platforms/platform.js';
import type { Core } from '../ports.js';
import * as probe from '../problems/probe.js';
import { type Finding, type Problem, ProblemError } from '../problems/problem.js';
import { readReport, type WholeReport } from '../sync/read-report.js';
import type { Window } from '../sync/windows.js';
import { columnsNotEnabled } from './attributes.js';
import { wantedFields } from './wanted-fields.js';

const probedDays = 7;

/** What the live check of a URL found. `report` is `null` when it could not be read at all. */
export interface ProbeResult {
  readonly window: Window;
  readonly report: WholeReport | null;
  /** What stopped the reading. */
  readonly failure: Problem | null;
  readonly findings: readonly Finding[];
}

/** What is to be looked at, as data. */
export interface ProbeRequest {
  readonly platform: PlatformId;
  readonly access: ReportAccess;
  readonly currency: string | null;
}

export type Prober = (request: ProbeRequest) => Promise<ProbeResult>;

/** Reads the last seven complete days and says what stands against the report. Throws only for faults of our own. */
export async function probeReport(
  core: Core,
  platform: Platform,
  access: ReportAccess,
  currency: string | null,
): Promise<ProbeResult> {
  if (core.prober) return core.prober({ platform: platform.id, access, currency });
  const now = core.clock.now();
  const to = addDays(dayIn('UTC', now), -1);
  const window = { from: addDays(to, 1 - probedDays), to };
  try {
    const report = await readReport(core, {
      platform,
      access,
      tokenFingerprint: core.vault.fingerprint(platform.secretOf(access) ?? access.url),
      currency,
      window,
      now,
    });
    const denied = await columnsNotEnabled(core, platform, access);
    return { window, report, failure: null, findings: findingsOf(platform, report, denied) };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code.startsWith('own.')) throw error;
    return { window, report: null, failure: error.problem, findings: [] };
  }
}

function findingsOf(platform: Platform, report: WholeReport, denied: readonly string[]): Finding[] {
  if (report.sourceRows === 0) return [probe.empty()];
  const { shape, rows } = report;
  const currencies = [...new Set(rows.dimensions.map(({ currency }) => currency))].sort();
  const named = currencies.filter((code) => code !== 'N/A');
  const absent = wantedFields(platform)
    .filter((field) => !shape.columns.includes(field))
    .map((field) => platform.columnNames[field] ?? field);
  const ungrouped = (['brand', 'campaign'] as const).filter((group) => !shape.groups.includes(group));
  const findings: Finding[] = [];
  if (ungrouped.length > 0) findings.push(probe.groupingAbsent(ungrouped));
  if (absent.length > 0) findings.push(probe.columnAbsent(absent, denied));
  if (shape.brands.length > 1) findings.push(probe.severalBrands(shape.brands));
  if (named.length > 1) findings.push(probe.mixedCurrencies(named));
  if (named.length < currencies.length) findings.push(probe.currencyUnknown());
  return findings;
}

/** The days of a window that have rows. */
export function daysWithRows(report: WholeReport): readonly Day[] {
  return [...report.rows.days].sort();
}

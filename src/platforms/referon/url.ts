import { firstValueOf, valuesOf } from '../../links/query.js';
import type { ReportAccess } from '../platform.js';

const exportPath = /^(?:\/[\w-]+)*\/statistic-service\/report-preset\/export$/;

export function isExport(url: URL): boolean {
  return exportPath.test(url.pathname);
}

/** The preset's id; `null` also for what is no id (`PRESET`, `{id}`). */
export function presetIn(url: string): string | null {
  const id = firstValueOf(url, 'id');
  return id !== null && /^(?=.*\d)[\w-]+$/.test(id) ? id : null;
}

export function tokenIn(access: ReportAccess): string | null {
  return firstValueOf(access.url, 'token');
}

export function asksForDownload(url: string): boolean {
  const values = valuesOf(url, 'download');
  return values.length > 0 && values.every((value) => value === 'true');
}

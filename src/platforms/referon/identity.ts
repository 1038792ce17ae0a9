import type { ReportAccess } from '../platform.js';
import { presetIn } from './url.js';

/** Host and preset: a renewed token is still the same report. */
export function identityOfReferon(access: ReportAccess): string {
  return JSON.stringify(['referon', new URL(access.url).host, presetIn(access.url)]);
}

export function reportNameOfReferon(access: ReportAccess): string | null {
  const preset = presetIn(access.url);
  return preset === null ? null : `preset ${preset}`;
}

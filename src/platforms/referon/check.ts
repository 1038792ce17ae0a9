import type { Day } from '../../dates.js';
import { firstValueOf, valuesOf } from '../../links/query.js';
import { isPlaceholder } from '../../links/token.js';
import { tokenMissing, tokenPlaceholder } from '../../problems/link.js';
import type { Finding } from '../../problems/problem.js';
import {
  downloadFlagMissing,
  presetIdMissing,
  referonDatesInvalid,
  referonDatesMissing,
  referonTokenSteps,
} from '../../problems/referon.js';
import type { ReportAccess } from '../platform.js';
import { windowFault } from '../window-fault.js';
import { asksForDownload, presetIn, tokenIn } from './url.js';

function checkToken(access: ReportAccess): Finding[] {
  const token = tokenIn(access);
  if (token === null) return [tokenMissing('ReferOn', referonTokenSteps)];
  return isPlaceholder(token) ? [tokenPlaceholder('ReferOn', referonTokenSteps)] : [];
}

/** Every finding of a ReferOn export link, in the order a person would mend them. */
export function checkReferon(access: ReportAccess, today: Day): readonly Finding[] {
  const { url } = access;
  const missing = ['from', 'to'].filter((key) => firstValueOf(url, key) === null);
  const fault = windowFault(valuesOf(url, 'from'), valuesOf(url, 'to'), today);
  return [
    ...(presetIn(url) === null ? [presetIdMissing()] : []),
    ...checkToken(access),
    ...(fault === null ? [] : [referonDatesInvalid(fault)]),
    ...(asksForDownload(url) ? [] : [downloadFlagMissing()]),
    ...(missing.length > 0 ? [referonDatesMissing(missing)] : []),
  ];
}

import type { Day } from '../../dates.js';
import { firstValueOf, valuesOf } from '../../links/query.js';
import { isPlaceholder } from '../../links/token.js';
import {
  affilkaDatesInvalid,
  affilkaDatesMissing,
  affilkaTokenSteps,
  columnMissing,
  groupByMissing,
  noConversion,
  pageNotOne,
  periodNotCustom,
  playerGrouping,
} from '../../problems/affilka.js';
import { tokenMissing, tokenPlaceholder, xmlFeed } from '../../problems/link.js';
import type { Finding } from '../../problems/problem.js';
import type { ReportAccess } from '../platform.js';
import { windowFault } from '../window-fault.js';
import {
  asksForConversion,
  isXml,
  missingFrom,
  missingGroups,
  pageFault,
  periodFault,
  similarKey,
  tokenIn,
  wantedColumns,
} from './url.js';

function checkToken(access: ReportAccess): Finding[] {
  const token = tokenIn(access);
  if (token === null) return [tokenMissing('Affilka', affilkaTokenSteps)];
  return isPlaceholder(token) ? [tokenPlaceholder('Affilka', affilkaTokenSteps)] : [];
}

function checkGroups(url: string): Finding[] {
  const findings: Finding[] = [];
  const missing = missingGroups(url);
  if (valuesOf(url, 'group_by[]').includes('player')) findings.push(playerGrouping());
  if (missing.length > 0) findings.push(groupByMissing(missing, similarKey(url, 'group_by[]')));
  return findings;
}

function checkDates(url: string, today: Day): Finding[] {
  const findings: Finding[] = [];
  const missing = ['from', 'to'].filter((key) => firstValueOf(url, key) === null);
  const fault = windowFault(valuesOf(url, 'from'), valuesOf(url, 'to'), today);
  if (missing.length > 0) findings.push(affilkaDatesMissing(missing));
  if (fault !== null) findings.push(affilkaDatesInvalid(fault));
  return findings;
}

function checkWindow(url: string): Finding[] {
  const period = periodFault(url);
  const page = pageFault(url);
  return [
    ...(period === null ? [] : [periodNotCustom(period.wrong)]),
    ...(page === null ? [] : [pageNotOne(page.wrong)]),
  ];
}

/** Every finding of an Affilka report link, in the order a person would mend them. */
export function checkAffilka(access: ReportAccess, today: Day): readonly Finding[] {
  const { url } = access;
  const columns = missingFrom(url, 'columns[]', wantedColumns);
  return [
    ...(isXml(url) ? [xmlFeed()] : []),
    ...checkToken(access),
    ...checkGroups(url),
    ...checkDates(url, today),
    ...checkWindow(url),
    ...(columns.length > 0 ? [columnMissing(columns, similarKey(url, 'columns[]'))] : []),
    ...(asksForConversion(url) ? [] : [noConversion()]),
  ];
}

import type { Day } from '../../dates.js';
import {
  addParameter,
  firstValueOf,
  removeParameter,
  replacePathEnd,
  setParameter,
  valuesOf,
} from '../../links/query.js';
import { inWords } from '../../problems/in-words.js';
import type { Mended, ReportAccess } from '../platform.js';
import { lastCompleteWeek, windowFault } from '../window-fault.js';
import { isXml, missingFrom, missingGroups, pageFault, periodFault, wantedColumns } from './url.js';

/** One repair: the URL as it was when there is nothing to mend. */
type Repair = (url: string, today: Day) => { readonly url: string; readonly change: string };

const useJson: Repair = (url) => ({
  url: isXml(url) ? replacePathEnd(url, '/report.xml', '/report.json') : url,
  change: 'Changed report.xml to report.json.',
});

const dropPlayers: Repair = (url) => ({
  url: removeParameter(url, 'group_by[]', 'player'),
  change: 'Took group_by[]=player out.',
});

// The Group by tab offers one period at a time, and both come back under one name: a month may not stay beside the day.
const daysForMonths: Repair = (url) => {
  const groups = valuesOf(url, 'group_by[]');
  const replaces = groups.includes('month') && !groups.includes('day');
  const days = replaces ? addParameter(url, 'group_by[]', 'day') : url;
  return {
    url: removeParameter(days, 'group_by[]', 'month'),
    change: replaces ? 'Replaced group_by[]=month by group_by[]=day.' : 'Took group_by[]=month out.',
  };
};

function addMissing(url: string, key: string, values: readonly string[]): string {
  return values.reduce((current, value) => addParameter(current, key, value), url);
}

const splitFully: Repair = (url) => {
  const missing = missingGroups(url);
  return {
    url: addMissing(url, 'group_by[]', missing),
    change: `Added ${inWords(missing.map((group) => `group_by[]=${group}`))}.`,
  };
};

const setDates: Repair = (url, today) => {
  const complete = firstValueOf(url, 'from') !== null && firstValueOf(url, 'to') !== null;
  const fault = windowFault(valuesOf(url, 'from'), valuesOf(url, 'to'), today);
  const week = lastCompleteWeek(today);
  return {
    url: complete && fault === null ? url : setParameter(setParameter(url, 'from', week.from), 'to', week.to),
    change: `Set the dates to ${week.from} – ${week.to}.`,
  };
};

const setPeriod: Repair = (url) => ({
  url: periodFault(url) === null ? url : setParameter(url, 'period', 'custom'),
  change: 'Set period to custom.',
});

const setPage: Repair = (url) => ({
  url: pageFault(url) === null ? url : setParameter(url, 'page', '1'),
  change: 'Set page to 1.',
});

const askForColumns: Repair = (url) => {
  const missing = missingFrom(url, 'columns[]', wantedColumns);
  const noun = missing.length === 1 ? 'column' : 'columns';
  return { url: addMissing(url, 'columns[]', missing), change: `Added the ${noun} ${inWords(missing)}.` };
};

const repairs: readonly Repair[] = [
  useJson,
  dropPlayers,
  daysForMonths,
  splitFully,
  setDates,
  setPeriod,
  setPage,
  askForColumns,
];

/** Mends all that an Affilka URL decides by itself. Token, filters and conversion stay the person's. */
export function mendAffilka(access: ReportAccess, today: Day): Mended {
  const changes: string[] = [];
  const url = repairs.reduce((current, repair) => {
    const repaired = repair(current, today);
    if (repaired.url !== current) changes.push(repaired.change);
    return repaired.url;
  }, access.url);
  return { url, changes };
}

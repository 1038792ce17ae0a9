import { type FigureField, figureFields } from '../figures.js';
import { ProblemError } from '../problems/problem.js';
import { groupUnknown, metricUnknown } from '../problems/report.js';
import type { GroupKey } from '../sync/figure-store.js';

const groupKeys: readonly GroupKey[] = ['day', 'month', 'offer', 'brand', 'campaign'];

/** The name of a figure in files and options: `ftd_amount`. */
export function fileName(field: FigureField): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `offer,brand` or `offers, brands` as keys, in the order people read them, without repetition. */
export function parseGrouping(text: string): GroupKey[] {
  const asked = words(text).map((word) => {
    const key = groupKeys.find((candidate) => candidate === word || `${candidate}s` === word);
    if (!key) throw new ProblemError(groupUnknown(word));
    return key;
  });
  // A day lies in one month: splitting by both says nothing more.
  return groupKeys.filter((key) => asked.includes(key) && !(key === 'month' && asked.includes('day')));
}

const otherNames: Readonly<Record<string, FigureField>> = {
  ftd: 'ftds',
  registration: 'registrations',
  regs: 'registrations',
  deposit: 'deposits',
  click: 'clicks',
  cpa: 'cpaIncome',
};

/** `ftds,ngr` as figures, in the order people read them. */
export function parseMetrics(text: string): FigureField[] {
  const asked = words(text).map((word) => {
    const plain = word.replace(/[-_]/g, '');
    const field = otherNames[plain] ?? figureFields.find((candidate) => candidate.toLowerCase() === plain);
    if (!field) throw new ProblemError(metricUnknown(word));
    return field;
  });
  return figureFields.filter((field) => asked.includes(field));
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,;+]+/)
    .filter((word) => word !== '');
}

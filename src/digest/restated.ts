import { type Day, readableSpan } from '../dates.js';
import { currencyLabel, figureLabels } from '../reports/figure-labels.js';
import { signedValue } from '../reports/figure-value.js';
import type { ChangeSum } from '../sync/figure-store.js';
import type { DigestInput } from './digest-input.js';
import { type MonthField, monthFields } from './month-to-date.js';

const namesShown = 3;

/** What was restated in days that people had already been told: `12–14 Nov: −2 FTD, NGR −640.00 (Bella)`, a line a currency. */
export function restatedTexts(input: DigestInput): string[] {
  const { since } = input;
  if (since === null) return [];
  const told = since.changes.filter((change) => change.day <= since.toldTo && change.difference !== 0n);
  const currencies = [...new Set(told.map((change) => change.currency))].sort();
  return currencies.flatMap((currency) => {
    const changes = told.filter((change) => change.currency === currency && isTold(change));
    const moved = monthFields.flatMap((field) => restatedField(changes, field, currency));
    if (moved.length === 0) return [];
    const days = changes.map((change) => change.day).sort();
    const several = currencies.length > 1 ? `${currencyLabel(currency)} ` : '';
    return [`${several}${span(days)}: ${moved.join(', ')} (${namesOf(input, changes)})`];
  });
}

function isTold(change: ChangeSum): boolean {
  return (monthFields as readonly string[]).includes(change.field);
}

function restatedField(changes: readonly ChangeSum[], field: MonthField, currency: string): string[] {
  const own = changes.filter((change) => change.field === field);
  if (own.length === 0) return [];
  const sum = own.reduce((total, change) => total + change.difference, 0n);
  const text = signedValue(sum, field, currency);
  if (sum === 0n) return [`${figureLabels[field]} moved between days`];
  return field === 'ftds' ? [`${text} FTD`] : [`${labelInside(field)} ${text}`];
}

function labelInside(field: MonthField): string {
  return field === 'commission' ? 'commission' : figureLabels[field];
}

function span(days: readonly Day[]): string {
  return readableSpan(days[0] ?? '', days.at(-1) ?? '');
}

function namesOf(input: DigestInput, changes: readonly ChangeSum[]): string {
  const ids = [...new Set(changes.map((change) => change.offerId))];
  const names = ids.flatMap((id) => input.offers.find((offer) => offer.id === id)?.name ?? []).sort();
  const more = names.length - namesShown;
  return names.slice(0, namesShown).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Days that had been missing when people were last told, and are there now: `Royal 17–18 Nov`. */
export function arrivedTexts(input: DigestInput): string[] {
  const { since } = input;
  if (since === null) return [];
  const told = input.offers.filter((offer) => offer.createdAt <= since.at);
  return told.flatMap((offer) => {
    const days = input.records.get(offer.id)?.firstReportedAfter(since.at, since.toldTo) ?? [];
    return days.length === 0 ? [] : [`${offer.name} ${span(days)}`];
  });
}

import { countFields, type FigureField, figureFields, moneyFields } from '../../figures.js';
import { noFigureColumn, noKnownHeading, repeatedHeading } from '../../problems/unreadable-report.js';
import {
  countKnownHeadings,
  currencyHeadings,
  dateHeadings,
  fieldHeadings,
  finerHeadings,
  type GroupColumn,
  groupHeadings,
  isKnownHeading,
  otherFigures,
  plainHeading,
  widerCampaign,
} from './headings.js';

/** Where each thing we read stands in the table; -1 where the report lacks it. */
export interface Columns {
  readonly day: number;
  readonly currency: number;
  readonly groups: Readonly<Record<GroupColumn, number>>;
  readonly fields: Readonly<Record<FigureField, number>>;
  /** Groupings finer than ours. */
  readonly finer: readonly number[];
  /** Figures that are not read. */
  readonly others: readonly number[];
  /** Columns with a heading that we do not know; one of them may hold the days. */
  readonly unknown: readonly number[];
}

function refuseRepeats(headings: readonly string[]): void {
  const seen = new Set<string>();
  for (const heading of headings) {
    const plain = plainHeading(heading) || heading.trim();
    if (plain !== '' && seen.has(plain)) throw repeatedHeading(heading);
    seen.add(plain);
  }
}

/** Finds the columns by their headings. Throws where a heading is repeated, none is known or none is a figure. */
export function findColumns(headings: readonly string[]): Columns {
  if (countKnownHeadings(headings) === 0) throw noKnownHeading();
  refuseRepeats(headings);
  const plain = headings.map(plainHeading);
  const find = (names: readonly string[]) => {
    const name = names.find((candidate) => plain.includes(candidate));
    return name === undefined ? -1 : plain.indexOf(name);
  };
  const places = (test: (heading: string) => boolean) =>
    plain.flatMap((heading, index) => (test(heading) ? [index] : []));
  const item = { id: find(groupHeadings.campaignId), name: find(groupHeadings.campaign) };
  const wider = item.id < 0 && item.name < 0;
  const groups = {
    brandId: find(groupHeadings.brandId),
    brand: find(groupHeadings.brand),
    campaignId: wider ? find(widerCampaign.campaignId) : item.id,
    campaign: wider ? find(widerCampaign.campaign) : item.name,
  };
  const fields = Object.fromEntries(
    figureFields.map((field) => [field, find(fieldHeadings[field])]),
  ) as Record<FigureField, number>;
  if (figureFields.every((field) => fields[field] < 0)) throw noFigureColumn();
  const taken = new Set([...Object.values(groups), ...Object.values(fields)]);
  return {
    day: find(dateHeadings),
    currency: find(currencyHeadings),
    groups,
    fields,
    finer: places((heading) => finerHeadings.has(heading)).filter((index) => !taken.has(index)),
    others: places((heading) => otherFigures.has(heading)).filter((index) => !taken.has(index)),
    unknown: places((heading) => heading === '' || !isKnownHeading(heading)),
  };
}

/** The columns of figures that are read, counts apart from money. */
export function figureColumns(columns: Columns): { counts: readonly number[]; money: readonly number[] } {
  const placesOf = (fields: readonly FigureField[]) =>
    fields.map((field) => columns.fields[field]).filter((index) => index >= 0);
  return { counts: placesOf(countFields), money: placesOf(moneyFields) };
}

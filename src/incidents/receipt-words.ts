import type { Block } from '../card.js';
import { readableSpan } from '../dates.js';
import { readableAmount } from '../money.js';
import type { Incident, Receipt } from './incident.js';

/** `2 days read again, FTD +3, NGR +210.40 EUR since it stopped`. */
export function receiptLine(receipt: Receipt): string {
  const days = receipt.days.length;
  const read = `${days} ${days === 1 ? 'day' : 'days'} read again`;
  const ftds = receipt.changed.reduce((sum, one) => sum + one.ftds, 0);
  const money = receipt.changed.filter((one) => BigInt(one.ngr) !== 0n);
  if (ftds === 0 && money.length === 0) return `${read}, FTD and NGR as before`;
  const changes = [
    ...(ftds === 0 ? [] : [`FTD ${signedCount(ftds)}`]),
    ...money.map((one) => `NGR ${signedAmount(one.ngr, one.currency)} ${one.currency}`),
  ];
  return `${read}, ${changes.join(', ')} since it stopped`;
}

/** The receipt in full: the days, and what changed in each currency. */
export function receiptBlocks({ receipt }: Incident): Block[] {
  const first = receipt?.days[0];
  const last = receipt?.days.at(-1);
  if (!receipt || first === undefined || last === undefined) return [];
  const days: Block = { type: 'facts', facts: [{ label: 'Read again', value: readableSpan(first, last) }] };
  if (receipt.changed.length === 0) return [days];
  return [
    days,
    {
      type: 'table',
      columns: [{ label: 'Currency' }, { label: 'FTD', align: 'right' }, { label: 'NGR', align: 'right' }],
      rows: receipt.changed.map((one) => [
        one.currency,
        signedCount(one.ftds),
        signedAmount(one.ngr, one.currency),
      ]),
    },
  ];
}

function signedCount(count: number): string {
  if (count === 0) return '0';
  return count > 0 ? `+${count}` : `−${-count}`;
}

function signedAmount(units: string, currency: string): string {
  const value = BigInt(units);
  return `${value > 0n ? '+' : ''}${readableAmount(value, currency)}`;
}

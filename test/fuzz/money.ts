import fc from 'fast-check';
import { amountText, parseAmount, readableAmount, scaleOf } from '../../src/money.js';
import { readDecimal, toScale } from './exact-decimal.js';

const currencies = fc.constantFrom('EUR', 'JPY', 'KWD', 'BTC', 'USDT', 'N/A', 'XYZ', '__proto__');
const digits = fc.stringMatching(/^\d{0,25}$/);
const amounts = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', '-', '+'),
      digits,
      fc.option(digits),
      fc.option(fc.integer({ min: -30, max: 30 })),
    )
    .map(
      ([sign, whole, fraction, power]) =>
        `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${power === null ? '' : `e${power}`}`,
    ),
  fc.stringMatching(/^-?\d{1,6}\.\d{0,3}[05]0{0,3}$/),
  fc.string({ maxLength: 12 }),
);

/** Amounts are read exactly, written exactly, and shown rounded to their own decimals. */
export function fuzzMoney(runs: number, seed: number): number {
  const property = fc.property(amounts, currencies, (text, currency) => {
    const units = parseAmount(text, currency);
    const decimal = readDecimal(text);
    if (units === null) {
      const exact = decimal && toScale(decimal, scaleOf(currency));
      const isOutOfReach = exact === null || exact > 2n ** 63n - 1n || exact < -(2n ** 63n) + 1n;
      const isUnusual = /e/i.test(text) || text === '.' || text.length > 100;
      if (!isOutOfReach && !isUnusual) throw new Error(`${text} ${currency} is refused`);
      return;
    }
    if (!decimal || toScale(decimal, scaleOf(currency)) !== units) {
      throw new Error(`${text} ${currency} is read as ${units}`);
    }
    const written = amountText(units, currency);
    if (parseAmount(written, currency) !== units)
      throw new Error(`${units} ${currency} is written ${written}`);
    const shown = readDecimal(readableAmount(units, currency).replaceAll(',', '').replace('−', '-'));
    const apart = shown && toScale(shown, scaleOf(currency)) - units;
    const half = 10n ** BigInt(scaleOf(currency)) / 2n;
    if (apart === null || apart > half || apart < -half) throw new Error(`${written} is shown wrong`);
  });
  fc.assert(property, { numRuns: runs, seed });
  return runs;
}

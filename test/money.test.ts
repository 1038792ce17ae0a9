import { Big } from 'big.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountText, exponentOf, knowsExponent, parseAmount, readableAmount, scaleOf } from '../src/money.js';

const currencies = ['EUR', 'IDR', 'JPY', 'KWD', 'BTC', 'USDT', 'N/A'];

describe('reading amounts', () => {
  test.each([
    ['417.11', 'EUR', 4_171_100n],
    ['-1204', 'EUR', -12_040_000n],
    ['+3.5', 'EUR', 35_000n],
    ['.5', 'EUR', 5_000n],
    ['5.', 'EUR', 50_000n],
    ['0012.50', 'EUR', 125_000n],
    ['123456789012.34', 'IDR', 1_234_567_890_123_400n],
    ['900000000000000', 'IDR', 9_000_000_000_000_000_000n],
    ['0.00000001', 'BTC', 1n],
    ['20999999.97690000', 'BTC', 2_099_999_997_690_000n],
    ['12.345', 'KWD', 123_450n],
    ['1500', 'JPY', 15_000_000n],
    ['12.123456', 'USDT', 1_212_345_600n],
    ['1.5e3', 'EUR', 15_000_000n],
    ['-2.5E-2', 'EUR', -250n],
    ['1e-7', 'BTC', 10n],
  ])('reads %s %s exactly', (text, currency, units) => {
    expect(parseAmount(text, currency)).toBe(units);
  });

  test('reads minus nothing as plain zero', () => {
    expect(parseAmount('-0', 'EUR')).toBe(0n);
    expect(parseAmount('-0.00', 'BTC')).toBe(0n);
    expect(amountText(0n, 'EUR')).toBe('0.00');
  });

  test.each([
    ['0.00005', 0n],
    ['0.00015', 2n],
    ['0.00025', 2n],
    ['0.000250000001', 3n],
    ['0.00024999', 2n],
    ['-0.00015', -2n],
    ['-0.00025', -2n],
    ['0.30000000000000004', 3_000n],
    ['99.99995', 1_000_000n],
  ])('rounds %s beyond the scale half to even', (text, units) => {
    expect(parseAmount(text, 'EUR')).toBe(units);
  });

  test.each([
    '',
    '-',
    '.',
    '+.',
    '1,5',
    '1 000',
    '1_0',
    '0x10',
    'NaN',
    'Infinity',
    '1e',
    '1e9999',
    '٣',
    '1.2.3',
  ])('refuses %j', (text) => {
    expect(parseAmount(text, 'EUR')).toBeNull();
  });

  test('refuses what is out of the reach of a 64-bit integer', () => {
    expect(parseAmount('922337203685477.5807', 'EUR')).toBe(2n ** 63n - 1n);
    expect(parseAmount('922337203685477.5808', 'EUR')).toBeNull();
    expect(parseAmount('-922337203685477.5808', 'EUR')).toBeNull();
    expect(parseAmount('92233720369', 'BTC')).toBeNull();
    expect(parseAmount('1e400', 'EUR')).toBeNull();
    expect(parseAmount('9'.repeat(1_000_000), 'EUR')).toBeNull();
  });
});

describe('currencies', () => {
  test('know their decimals, and a hostile code is an ordinary one', () => {
    expect(['EUR', 'JPY', 'KWD', 'BTC', 'USDT'].map(exponentOf)).toEqual([2, 0, 3, 8, 2]);
    expect(['constructor', '__proto__', 'toString'].map(exponentOf)).toEqual([2, 2, 2]);
    expect(['EUR', 'IDR', 'BTC', 'USDT', '__proto__'].map(scaleOf)).toEqual([4, 4, 8, 8, 4]);
  });

  test('say where the size of a cent is not known', () => {
    expect(['EUR', 'JPY', 'BTC', 'USDT'].every(knowsExponent)).toBe(true);
    expect(['N/A', 'mBTC', 'POINTS', ''].some(knowsExponent)).toBe(false);
  });
});

describe('writing amounts', () => {
  test('keeps every digit and at least the decimals of the currency', () => {
    expect(amountText(-12_045_000n, 'EUR')).toBe('-1204.50');
    expect(amountText(1n, 'EUR')).toBe('0.0001');
    expect(amountText(15_000_000n, 'JPY')).toBe('1500');
    expect(amountText(1n, 'BTC')).toBe('0.00000001');
  });

  test('marks thousands and shows no minus before a rounded zero', () => {
    expect(readableAmount(-12_040_000n, 'EUR')).toBe('−1,204.00');
    expect(readableAmount(1_234_567_890_123_400n, 'IDR')).toBe('123,456,789,012.34');
    expect(readableAmount(-1n, 'EUR')).toBe('0.00');
  });
});

describe('properties', () => {
  const reach = 2n ** 62n;
  const units = fc.bigInt({ min: -reach, max: reach });
  const currency = fc.constantFrom(...currencies);

  test('reading what was written gives the same units', () => {
    fc.assert(
      fc.property(units, currency, (value, code) => {
        expect(parseAmount(amountText(value, code), code)).toBe(value);
      }),
    );
  });

  test('the sum of what was read is what is read from the sum', () => {
    fc.assert(
      fc.property(fc.array(units, { maxLength: 2 }), currency, (values, code) => {
        const texts = values.map((value) => amountText(value / 4n, code));
        const sum = texts.reduce((total, text) => total.plus(text), new Big(0));
        const read = texts.reduce((total, text) => total + (parseAmount(text, code) ?? 0n), 0n);
        expect(parseAmount(sum.toFixed(), code)).toBe(read);
      }),
    );
  });

  test('any decimal is rounded as the exact library rounds it', () => {
    const digits = fc.stringMatching(/^-?\d{1,10}\.\d{1,14}$/);
    fc.assert(
      fc.property(digits, currency, (text, code) => {
        const scaled = new Big(text).times(new Big(10).pow(scaleOf(code))).round(0, Big.roundHalfEven);
        expect(parseAmount(text, code)).toBe(BigInt(scaled.toFixed(0)));
      }),
    );
  });
});

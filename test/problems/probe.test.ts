import { describe, expect, test } from 'vitest';
import * as probe from '../../src/problems/probe.js';
import { shownValue } from '../../src/problems/shown-value.js';

const steps = ['Open the report.'];
const host = 'primetime.partners';
const all = [
  probe.tokenRefused(host, 'Affilka', steps),
  probe.forbidden(host, 'Affilka', steps),
  probe.loginPage(null, 'ReferOn', steps),
  probe.notFound(host),
  probe.rateLimited(host),
  probe.serverError(host, 502),
  probe.timedOut(host),
  probe.unreachable(host),
  probe.unreadable('Row 3 is "x", which is not a row.'),
  probe.tooLarge('8 MiB'),
  probe.empty(),
  probe.columnAbsent(['ngr']),
  probe.groupingAbsent(['day']),
  probe.severalBrands(['Lucky', 'Bella']),
  probe.mixedCurrencies(['EUR', 'USD']),
  probe.currencyUnknown(),
];

describe('the problems of a live check', () => {
  test('have the codes of the catalogue, once each', () => {
    expect(all.map((finding) => finding.code)).toEqual(
      [
        ...[
          'token-refused',
          'forbidden',
          'login-page',
          'not-found',
          'rate-limited',
          'server-error',
          'timed-out',
        ],
        ...['unreachable', 'unreadable', 'too-large', 'empty', 'column-absent', 'grouping-absent'],
        ...['several-brands', 'mixed-currencies', 'currency-unknown'],
      ].map((name) => `probe.${name}`),
    );
  });

  test.each(all.map((finding) => [finding.code, finding] as const))(
    '%s is told in whole sentences',
    (_, finding) => {
      expect(finding.what).toMatch(/^[A-Za-z].*\.$/);
      expect(finding.why).toMatch(/\.$/);
      expect(finding.fix.length).toBeGreaterThan(0);
      for (const step of finding.fix) expect(step).toMatch(/^[A-Z][a-z]+[ :].*\.$/);
      expect(finding.mendable).toBe(false);
    },
  );

  test('stop an offer where no figures can be read, and warn where they can', () => {
    const warnings = all.filter((finding) => finding.severity === 'warning').map((finding) => finding.code);
    expect(warnings).toEqual([
      'probe.empty',
      'probe.column-absent',
      'probe.several-brands',
      'probe.mixed-currencies',
      'probe.currency-unknown',
    ]);
  });

  test('carry on the sentence with its reason', () => {
    expect(probe.unreadable('The file is cut').what).toBe('The report cannot be read: the file is cut.');
    expect(probe.unreadable('XML came.').what).toBe('The report cannot be read: XML came.');
  });

  test('name the first eight of a long list', () => {
    const names = Array.from({ length: 11 }, (_, index) => `b${index}`);
    expect(probe.severalBrands(names).what).toBe(
      'The report holds 11 brands: b0, b1, b2, b3, b4, b5, b6, b7 and 3 more.',
    );
  });
});

describe('a value shown in a message', () => {
  test.each([
    ['plain', '"plain"'],
    ['a\u0000b\u202ec\u200bd\r\n e', '"abcd e"'],
    ['x'.repeat(41), `"${'x'.repeat(40)}…"`],
    ['😀'.repeat(41), `"${'😀'.repeat(40)}…"`],
    ['see HTTPS://x.example', 'a link'],
    ['id=1&token=test-token-1', 'a link'],
    ['', 'nothing'],
    [undefined, 'nothing'],
    [null, '"null"'],
    [12, '"12"'],
    [[1], 'a list'],
    [{ a: 1 }, 'an object'],
  ])('%j is %s', (value, shown) => {
    expect(shownValue(value)).toBe(shown);
  });
});

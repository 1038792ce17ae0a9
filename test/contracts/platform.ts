import { describe, expect, test } from 'vitest';
import type { Day } from '../../src/dates.js';
import { checkLink } from '../../src/links/check-link.js';
import type { Platform, ReportAccess } from '../../src/platforms/platform.js';

/** A day on which the examples' dates lie in the past. */
export const contractDay: Day = '2026-05-10';

/** What every platform must do; its own tests say the rest. */
export function platformContract(platform: Platform): void {
  const check = (url: string) =>
    checkLink(url, { today: contractDay, allowPrivateHost: () => false, platforms: [platform] });
  const codesOf = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code).sort();
  const reports = platform.examples.filter(({ url }) => platform.recognises(new URL(url)));

  describe(`the ${platform.label} platform`, () => {
    test.each(platform.examples)('gives exactly its codes for $name', ({ url, codes }) => {
      expect(codesOf(check(url).findings)).toEqual([...codes].sort());
    });

    test('has examples of a good link and of links to mend', () => {
      expect(reports.some(({ codes }) => codes.length === 0)).toBe(true);
      expect(reports.some(({ url }) => check(url).mended !== null)).toBe(true);
    });

    test.each(reports)('mends $name once and for all', ({ url }) => {
      const once = platform.mend({ url }, contractDay);
      const twice = platform.mend({ url: once.url }, contractDay);
      expect(twice).toEqual({ url: once.url, changes: [] });
      expect(check(once.url).findings.filter((finding) => finding.mendable)).toEqual([]);
    });

    test.each(reports)('says what it changed in $name, and nothing when nothing is wrong', ({ url }) => {
      const { url: mended, changes } = platform.mend({ url }, contractDay);
      const mendable = check(url).findings.filter((finding) => finding.mendable);
      expect(changes.length > 0).toBe(mendable.length > 0);
      expect(mended === url).toBe(changes.length === 0);
    });

    test.each(reports)('keeps the token of $name as it was', ({ url }) => {
      const raw = /[?&](token=[^&]*)/.exec(url)?.[1] ?? '';
      const mended = platform.mend({ url }, contractDay).url;
      expect(mended).toContain(raw);
      expect(platform.secretOf({ url: mended })).toBe(platform.secretOf({ url }));
    });

    test.each(platform.examples)('judges $name alike on another host', ({ url, codes }) => {
      const elsewhere = url.replace(/^https:\/\/[^/]+/, 'https://reports.nord-casino.example');
      expect(codesOf(check(elsewhere).findings)).toEqual([...codes].sort());
      expect(check(elsewhere).platform).toBe(check(url).platform);
    });

    test('gives every finding a reason and steps, and does not show the token', () => {
      for (const { url } of platform.examples) {
        const access: ReportAccess = { url };
        const token = platform.recognises(new URL(url)) ? platform.secretOf(access) : null;
        for (const finding of check(url).findings) {
          expect(finding.what).toMatch(/\.$/);
          expect(finding.why).toMatch(/\.$/);
          expect(finding.fix.length).toBeGreaterThan(0);
          for (const step of finding.fix) expect(step).toMatch(/^[A-Z].*\.$/);
          if (token !== null) expect(JSON.stringify(finding)).not.toContain(token);
        }
      }
    });

    test('asks for the window it is given and leaves the token in place', () => {
      const [good] = reports;
      const query = { from: '2026-03-01', to: '2026-03-07', page: 2, ratesDate: '2026-03-08' };
      const request = platform.request({ url: good?.url ?? '' }, query);
      const asked = new URL(request.url).searchParams;
      expect([asked.get('from'), asked.get('to')]).toEqual(['2026-03-01', '2026-03-07']);
      expect(request.url).toContain(/[?&](token=[^&]*)/.exec(good?.url ?? '')?.[1] ?? 'no token');
    });

    test('sees one report behind two windows, and two reports on two hosts', () => {
      const url = reports[0]?.url ?? '';
      const later = platform.request(
        { url },
        { from: '2026-05-01', to: '2026-05-02', page: 1, ratesDate: '2026-05-03' },
      );
      const elsewhere = url.replace(/^https:\/\/[^/]+/, 'https://reports.nord-casino.example');
      expect(platform.identityOf({ url: later.url })).toBe(platform.identityOf({ url }));
      expect(platform.identityOf({ url: elsewhere })).not.toBe(platform.identityOf({ url }));
    });

    test('shows only the last four characters of a token', () => {
      const url = reports[0]?.url ?? '';
      expect(platform.tokenOf({ url })).toBe(platform.secretOf({ url })?.slice(-4));
    });
  });
}

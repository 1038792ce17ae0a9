import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkLink } from '../../src/links/check-link.js';
import { cleanPasted } from '../../src/links/clean.js';
import { lintPostback } from '../../src/links/postback.js';
import { addParameter, removeParameter, setParameter, valuesOf } from '../../src/links/query.js';
import { platforms } from '../../src/platforms/index.js';
import { affilkaLink, referonLink, rows, tableDay } from './pasted-table.js';

const input = { today: tableDay, allowPrivateHost: () => false, platforms };

/** Token characters as programmes make them: hexadecimal, base64 in both alphabets, percent-encoded. */
const tokenText = fc
  .array(fc.constantFrom(...'abcdefXYZ0189-_+/=~', '%2B', '%2F', '%3D', '.x'), {
    minLength: 4,
    maxLength: 40,
  })
  .map((parts) => `test-token-${parts.join('')}e7`);

const hostText = fc
  .tuple(fc.stringMatching(/^[a-z][a-z0-9-]{0,12}[a-z0-9]$/), fc.constantFrom('example', 'test', 'partners'))
  .map(([name, suffix]) => `${name}.bella.${suffix}`)
  // xn-- must be followed by valid Punycode, or it is no host.
  .filter((host) => URL.canParse(`https://${host}`));

/** A report link with some of its pairs dropped, doubled, spoilt and shuffled, among parameters that are none of ours. */
const reportLink = fc
  .record({
    base: fc.constantFrom(affilkaLink, referonLink, affilkaLink.replaceAll('%5B%5D', '[]')),
    host: hostText,
    token: tokenText,
    keep: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 }),
    strangers: fc.array(
      fc.tuple(fc.stringMatching(/^u_[a-z]{1,6}$/), fc.stringMatching(/^[\w%+*!~/:;,@$()'-]{0,12}$/)),
      { maxLength: 4 },
    ),
  })
  .map(({ base, host, token, keep, strangers }) => {
    const [before = '', query = ''] = base.split('?');
    const pairs = query
      .replace(/token=[^&]*/, 'token=HERE')
      .split('&')
      .flatMap((pair, index) => {
        const fate = pair.startsWith('token=') ? 9 : (keep[index] ?? 9);
        if (fate === 0) return [];
        if (fate === 1) return [pair, pair];
        return [fate === 2 ? `${pair}9` : pair];
      });
    const raw = strangers.map(([key, value]) => `${key}=${value.replaceAll(/%(?![0-9a-f]{2})/gi, '')}`);
    const url = `${before.replace(/\/\/[^/]+/, `//${host}`)}?${[...raw, ...pairs].join('&')}`;
    return { url: url.replace('HERE', () => token), token, strangers: raw, host };
  });

test('mending is done once and for all', () => {
  fc.assert(
    fc.property(reportLink, ({ url }) => {
      for (const platform of platforms.filter((candidate) => candidate.recognises(new URL(url)))) {
        const once = platform.mend({ url }, tableDay);
        expect(platform.mend({ url: once.url }, tableDay)).toEqual({ url: once.url, changes: [] });
        expect(platform.check({ url: once.url }, tableDay).filter(({ mendable }) => mendable)).toEqual([]);
      }
    }),
  );
});

test('mending and asking leave the token and strange parameters byte for byte', () => {
  const query = { from: '2026-03-01', to: '2026-03-07', page: 4, ratesDate: '2026-03-08' };
  fc.assert(
    fc.property(reportLink, ({ url, token, strangers }) => {
      const [platform] = platforms.filter((candidate) => candidate.recognises(new URL(url)));
      const mended = platform?.mend({ url }, tableDay).url ?? '';
      const asked = platform?.request({ url: mended }, query).url ?? '';
      for (const text of [mended, asked]) {
        const pairs = text.slice(text.indexOf('?') + 1).split('&');
        expect(pairs).toContain(`token=${token}`);
        expect(pairs.filter((pair) => pair.startsWith('u_'))).toEqual(strangers);
      }
    }),
  );
});

test('a link is judged alike on every host', () => {
  fc.assert(
    fc.property(fc.constantFrom(...rows), hostText, (row, host) => {
      const url = cleanPasted(row.pasted)?.url ?? '';
      fc.pre(
        /^https:\/\/[a-z0-9.-]+\.example(?=\/)/.test(url) && !row.codes.includes('link.private-address'),
      );
      const elsewhere = url.replace(/^https:\/\/[^/]+/, `https://${host}`);
      const codes = (text: string) => checkLink(text, input).findings.map(({ code }) => code);
      expect(codes(elsewhere)).toEqual(codes(url));
    }),
  );
});

test('cleaning what is clean changes nothing', () => {
  const pasted = fc.oneof(
    fc.constantFrom(...rows.map((row) => row.pasted)),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc
      .array(
        fc.constantFrom(
          ...[
            'https://',
            'a.example',
            '/x',
            '?',
            '&',
            '&amp;',
            '&lt;',
            '<',
            '>',
            '|',
            '"',
            '“',
            '…',
            '..',
            '.',
            ',',
            ' ',
            '\n',
            '\u200b',
            '%20',
            '%C2%A0',
            '¤cy',
            '(',
            ')',
            '[',
            ']',
            'k=v',
            '=',
            '`',
            '*',
            '%255B%255D',
            'http:/',
          ],
        ),
        { maxLength: 14 },
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(pasted, (text) => {
      const cleaned = cleanPasted(text);
      if (cleaned !== null) expect(cleanPasted(cleaned.url)).toEqual({ url: cleaned.url, changes: [] });
    }),
    { numRuns: 1000 },
  );
});

test('a link comes out of whatever stands around it as it was', () => {
  const around: readonly (readonly [string, string])[] = [
    ['<', '>'],
    ['"', '"'],
    ['“', '”'],
    ['(', ')'],
    ['[report](', ')'],
    ['', '.'],
    ['', '|'],
    ['Here it is: ', ', thanks'],
    ['\u200b\u00a0', '\ufeff'],
    ['\n\n', '\n\nBen'],
  ];
  fc.assert(
    fc.property(reportLink, fc.constantFrom(...around), ({ url }, [before, after]) => {
      // A lone bracket or quote inside the link cannot be told from the one that closes it.
      fc.pre(!/[()']/.test(url));
      expect(cleanPasted(`${before}${url}${after}`)?.url).toBe(url);
    }),
  );
});

test('any text at all gets an answer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      for (const pasted of [
        text,
        `https://${text}`,
        `${affilkaLink}&${text}`,
        `https://a.example/?${text}`,
      ]) {
        const { findings, platform } = checkLink(pasted, input);
        expect(platform !== null || findings.length > 0).toBe(true);
        lintPostback(pasted, 'affilka', text);
      }
    }),
    { numRuns: 300 },
  );
});

test('setting a parameter gives it that one value and keeps every other pair', () => {
  const pair = fc.stringMatching(/^[a-z]{1,3}(?:\[\]|%5B%5D)?(?:=[\w%+=/-]{0,6})?$/);
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 8 }), fc.constantFrom('page', 'ab[]'), (pairs, key) => {
      const url = `https://a.example/x?${pairs.join('&')}`;
      const set = setParameter(url, key, '1');
      expect(valuesOf(set, key)).toEqual(['1']);
      expect(removeParameter(set, key)).toBe(
        valuesOf(url, key).length > 0
          ? removeParameter(url, key)
          : removeParameter(addParameter(url, key, '1'), key),
      );
    }),
  );
});

import { expect, test } from 'vitest';
import { referon } from '../../../src/platforms/referon/referon.js';
import { referonLink } from '../../links/pasted-table.js';

const query = { from: '2026-03-01', to: '2026-03-07', page: 1, ratesDate: '2026-03-08' };

test('sets the dates and leaves the rest byte for byte', () => {
  expect(referon.request({ url: referonLink }, query)).toEqual({
    url: referonLink.replace('2026-04-01', '2026-03-01').replace('2026-04-13', '2026-03-07'),
    headers: {},
  });
});

test('adds the dates that a preset without a custom range lacks', () => {
  const url = referonLink.replace('&from=2026-04-01&to=2026-04-13', '');
  expect(referon.request({ url }, query).url).toBe(`${url}&from=2026-03-01&to=2026-03-07`);
});

test('sees the same report behind a renewed token, and another behind another preset', () => {
  const identity = referon.identityOf({ url: referonLink });
  expect(referon.identityOf({ url: referonLink.replace('fDFmZM8B', 'renewed') })).toBe(identity);
  expect(referon.identityOf({ url: referonLink.replace('42159', '42160') })).not.toBe(identity);
});

test('names the preset and the end of the token, which it reads with its signs', () => {
  expect(referon.reportNameOf({ url: referonLink })).toBe('preset 42159');
  expect(referon.secretOf({ url: referonLink })).toBe('test-token-fDFmZM8B/Qx+Zz9==');
});

test('mends dates and download in one go', () => {
  const { url, changes } = referon.mend(
    { url: referonLink.replace('to=2026-04-13', 'to=2026-02-13').replace('=true', '=1') },
    '2026-05-10',
  );
  expect(url).toBe(referonLink.replace('2026-04-01', '2026-05-03').replace('2026-04-13', '2026-05-09'));
  expect(changes).toEqual(['Set the dates to 2026-05-03 – 2026-05-09.', 'Set download to true.']);
});

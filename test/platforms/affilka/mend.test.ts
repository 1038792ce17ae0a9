import { expect, test } from 'vitest';
import { affilka } from '../../../src/platforms/affilka/affilka.js';
import { affilkaLink, customerLink } from '../../links/pasted-table.js';

const today = '2026-05-10';

function mend(url: string) {
  return affilka.mend({ url }, today);
}

test('puts the last seven complete days in where dates are missing or wrong', () => {
  const { url, changes } = mend(affilkaLink.replace('to=2026-04-21', 'to=2026-04-31'));
  expect(url).toBe(
    affilkaLink.replace('from=2026-04-01', 'from=2026-05-03').replace('to=2026-04-21', 'to=2026-05-09'),
  );
  expect(changes).toEqual(['Set the dates to 2026-05-03 – 2026-05-09.']);
});

test('takes players out and says so', () => {
  const { url, changes } = mend(affilkaLink.replace('&name=', '&group_by%5B%5D=player&name='));
  expect(url).toBe(affilkaLink);
  expect(changes).toEqual(['Took group_by[]=player out.']);
});

test('keeps the country of players, which is no personal data', () => {
  const url = affilkaLink.replace('&name=', '&group_by%5B%5D=player_country&name=');
  expect(mend(url)).toEqual({ url, changes: [] });
});

test('replaces months by days', () => {
  const { url, changes } = mend(affilkaLink.replace('group_by%5B%5D=day', 'group_by%5B%5D=month'));
  expect(new URL(url).searchParams.getAll('group_by[]')).toEqual(['brand', 'campaign', 'day']);
  expect(changes).toEqual(['Replaced group_by[]=month by group_by[]=day.']);
});

test('leaves conversion to the person', () => {
  const url = affilkaLink.replace(/exchange_rates_date.*?EUR&/, '');
  expect(mend(url)).toEqual({ url, changes: [] });
});

test('adds neither page nor period to a customer API link', () => {
  const url = customerLink.replace('&page=1', '').replace('&period=custom', '');
  expect(affilka.mend({ url, token: 'test-token-9' }, today)).toEqual({ url, changes: [] });
});

test('builds a whole link from the bare address and a token', () => {
  const { url, changes } = mend(
    'https://primetime.example/api/client/partner/report.json?token=test-token-00ff',
  );
  expect(affilka.check({ url }, today).map(({ code }) => code)).toEqual(['affilka.no-conversion']);
  expect(changes).toHaveLength(5);
});

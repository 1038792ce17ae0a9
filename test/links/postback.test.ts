import { describe, expect, test } from 'vitest';
import { lintPostback } from '../../src/links/postback.js';
import { variable } from '../../src/problems/postback.js';

const v = variable;
const track = 'https://track.example/affiliate';
const promo = 'https://casinorefer.example/e4567do';

interface Row {
  readonly postback: string;
  readonly link?: string;
  readonly codes: readonly string[];
  readonly corrected?: string;
}

const rows: readonly Row[] = [
  { postback: `${track}?currency=${v('currency')}&p=${v('promo_id')}&a=${v('amount')}`, codes: [] },
  { postback: `${track}?id=${v('publisherID')}`, link: `${promo}?publisherID=12345`, codes: [] },
  { postback: `${track}?id=${v('publisherID')}`, link: `${promo}?publisherID={SOMETHING}`, codes: [] },
  { postback: `${track}?r=${v('visit_id')}`, link: `${promo}?visit_id=#reqid#`, codes: [] },
  { postback: `${track}?r=${v('sub')}`, link: `${promo}?visit_id=#reqid#&sub=1`, codes: [] },
  { postback: `<${track}?a=${v('amount')}|label>`, codes: [] },
  {
    postback: `${track}?a={visit_id}`,
    codes: ['postback.wrong-brackets'],
    corrected: `${track}?a=${v('visit_id')}`,
  },
  {
    postback: `${track}?b=$[visit_id]`,
    codes: ['postback.wrong-brackets'],
    corrected: `${track}?b=${v('visit_id')}`,
  },
  {
    postback: `${track}?b=[visit_id]`,
    codes: ['postback.wrong-brackets'],
    corrected: `${track}?b=${v('visit_id')}`,
  },
  {
    postback: `${track}?b=$(amount)`,
    codes: ['postback.wrong-brackets'],
    corrected: `${track}?b=${v('amount')}`,
  },
  {
    postback: `${track}?b={{amount}}`,
    codes: ['postback.wrong-brackets'],
    corrected: `${track}?b=${v('amount')}`,
  },
  {
    postback: `${track}?b=#amount#`,
    codes: ['postback.wrong-brackets'],
    corrected: `${track}?b=${v('amount')}`,
  },
  {
    postback: `${track}?b=<amount>`,
    codes: ['postback.wrong-brackets'],
    corrected: `${track}?b=${v('amount')}`,
  },
  {
    postback: `${track}?b=$amount`,
    codes: ['postback.wrong-brackets'],
    corrected: `${track}?b=${v('amount')}`,
  },
  {
    postback: `${track}?b=%24%7Bamount%7D`,
    codes: ['postback.wrong-brackets'],
    corrected: `${track}?b=${v('amount')}`,
  },
  {
    postback: `${track}?b=\${amount&c=1`,
    codes: ['postback.wrong-brackets'],
    corrected: `${track}?b=${v('amount')}&c=1`,
  },
  {
    postback: `${track}?b=\${amount]`,
    codes: ['postback.wrong-brackets'],
    corrected: `${track}?b=${v('amount')}`,
  },
  {
    postback: `${track}?b=\${ amount }`,
    codes: ['postback.wrong-brackets'],
    corrected: `${track}?b=${v('amount')}`,
  },
  {
    postback: `${track}/c=${v('clickID')}`,
    link: `${promo}?clickID=1`,
    codes: ['postback.path-for-query'],
    corrected: `${track}?c=${v('clickID')}`,
  },
  {
    postback: `${track}?a=${v('amount')}?b=${v('visit_id')}`,
    codes: ['postback.second-question-mark'],
    corrected: `${track}?a=${v('amount')}&b=${v('visit_id')}`,
  },
  {
    postback: `${track}?a=${v('amount')}¤cy=${v('currency')}`,
    codes: ['postback.currency-mangled'],
    corrected: `${track}?a=${v('amount')}&currency=${v('currency')}`,
  },
  {
    postback: `${track}?¤cy=${v('currency')}`,
    codes: ['postback.currency-mangled'],
    corrected: `${track}?currency=${v('currency')}`,
  },
  {
    postback: `${track}?a=${v('amount')}&amp;b=${v('visit_id')}`,
    codes: ['postback.html-entity'],
    corrected: `${track}?a=${v('amount')}&b=${v('visit_id')}`,
  },
  { postback: `${track}?goal=reg`, codes: ['postback.no-variables'] },
  { postback: track, codes: ['postback.no-variables'] },
  { postback: `${track}?a=${v('amount')} &b=1`, codes: ['postback.spaces'] },
  { postback: `${track}?a=${v('amount')}&b=%zz`, codes: ['postback.corrupted-encoding'] },
  { postback: `${track}?id=${v('clickID')}`, codes: ['postback.needs-tracking-link'] },
  {
    postback: `${track}?id=${v('publisherID')}`,
    link: `${promo}?btag=1`,
    codes: ['postback.not-on-tracking-link'],
  },
  { postback: `${track}?id=${v('publisherID')}`, link: promo, codes: ['postback.not-on-tracking-link'] },
  {
    postback: `${track}?id=${v('clickID')}`,
    link: `${promo}?clickid=1`,
    codes: ['postback.not-on-tracking-link'],
  },
  {
    postback: `${track}?id=${v('visitId')}`,
    link: `${promo}?btag=1`,
    codes: ['postback.variable-misspelt'],
    corrected: `${track}?id=${v('visit_id')}`,
  },
  {
    postback: `${track}?t=${v('transactionid')}`,
    link: `${promo}?transactionid=%/n/h3D1021df233`,
    codes: ['postback.corrupted-encoding'],
  },
  { postback: `${track}?a=${v('amount')}`, link: 'my link', codes: ['postback.not-a-url'] },
  { postback: 'my postback', codes: ['postback.not-a-url'] },
  { postback: `http://track.example?a=${v('amount')}`, codes: ['postback.not-https'] },
  {
    postback: `http://track.example/pb/x={a}`,
    codes: [
      'postback.path-for-query',
      'postback.wrong-brackets',
      'postback.needs-tracking-link',
      'postback.not-https',
    ],
    corrected: `http://track.example/pb?x=${v('a')}`,
  },
];

test.each(rows)('finds $codes in $postback', ({ postback, link, codes, corrected }) => {
  const checked = lintPostback(postback, 'affilka', link);
  expect(checked.findings.map(({ code }) => code)).toEqual(codes);
  expect(checked.corrected).toBe(corrected ?? null);
});

test.each(rows.filter(({ corrected }) => corrected !== undefined))(
  'finds nothing more to correct in $corrected',
  ({ corrected = '', link }) => {
    const again = lintPostback(corrected, 'affilka', link);
    expect(again.corrected).toBeNull();
    expect(again.findings.filter(({ mendable }) => mendable)).toEqual([]);
  },
);

describe('the words of a finding', () => {
  test('name the keys that the tracking link has', () => {
    const [finding] = lintPostback(`${track}?b=${v('publisherID')}`, 'affilka', `${promo}?btag=1`).findings;
    expect(finding?.why).toContain('has only btag');
  });

  test('point at capital letters', () => {
    const [finding] = lintPostback(`${track}?b=${v('clickID')}`, 'affilka', `${promo}?clickid=1`).findings;
    expect(finding?.fix[0]).toBe('Compare capital and small letters: the tracking link says clickid.');
  });

  test('suggest the variable of Affilka that a name resembles', () => {
    const [finding] = lintPostback(`${track}?b=${v('campaignId')}`).findings;
    expect(finding?.fix[0]).toBe(`Write ${v('campaign_id')} if you mean Affilka's own variable.`);
  });
});

describe("ReferOn, whose variables' spelling is not public", () => {
  test.each(['{clickid}', '[clickid]', '%clickid%', v('clickid'), 'none'])(
    'is not told how to write %s',
    (value) => {
      const { findings, corrected } = lintPostback(`${track}?id=${value}`, 'referon', `${promo}?btag=1`);
      expect(findings.map(({ code }) => code)).toEqual(['postback.syntax-unknown']);
      expect(corrected).toBeNull();
    },
  );

  test('still gets its address checked', () => {
    const { findings, corrected } = lintPostback('http://track.example/pb/id={clickid}', 'referon');
    expect(findings.map(({ code }) => code)).toEqual([
      'postback.path-for-query',
      'postback.syntax-unknown',
      'postback.not-https',
    ]);
    expect(corrected).toBe('http://track.example/pb?id={clickid}');
  });
});

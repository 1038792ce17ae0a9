import { expect, test } from 'vitest';
import { postbackCard } from '../../src/links/postback-card.js';
import { variable } from '../../src/problems/postback.js';

test('gives each fault with its remedy, then the URL put right', () => {
  const card = postbackCard('https://track.example/pb?a={amount}', null, 'affilka');
  expect([card.tone, card.problems]).toEqual(['bad', ['postback.wrong-brackets']]);
  expect(card.blocks).toContainEqual({
    type: 'code',
    text: `https://track.example/pb?a=${variable('amount')}`,
  });
});

test('says which variables come back when nothing is wrong', () => {
  const postback = `https://track.example/pb?a=${variable('amount')}&c=${variable('clickid')}`;
  const card = postbackCard(postback, 'https://go.example/e45?clickid=abc', 'affilka');
  expect([card.tone, card.problems]).toEqual(['good', []]);
  expect(JSON.stringify(card.blocks)).toContain('amount, clickid.');
});

test('warns without stopping', () => {
  const card = postbackCard(`http://track.example/pb?a=${variable('amount')}`, null, 'affilka');
  expect([card.tone, card.problems]).toEqual(['warning', ['postback.not-https']]);
});

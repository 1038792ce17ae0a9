import { describe, expect, test } from 'vitest';
import type { DrawnCard } from '../../src/card.js';
import type { Dispatch } from '../../src/dispatch.js';
import { hostileNames } from '../support/hostile-names.js';
import type { ChatDriver } from './chat-driver.js';
import { plannedDispatch } from './planned-dispatch.js';

/** A name wherever a card can hold one. */
function cardAbout(name: string): DrawnCard {
  return {
    title: `About ${name}`,
    tone: 'plain',
    blocks: [
      { type: 'text', text: name },
      { type: 'text', text: name, muted: true },
      { type: 'facts', facts: [{ label: name, value: name }] },
      { type: 'table', columns: [{ label: name }, { label: 'FTD' }], rows: [[name, '18']], more: name },
      { type: 'steps', title: name, code: 'probe.empty', text: name, steps: [name] },
      { type: 'code', text: name },
      {
        type: 'link',
        label: name,
        url: `https://docs.test/${encodeURIComponent(name.slice(0, 20).replace(/\p{Cs}/gu, ''))}`,
      },
      { type: 'actions', actions: [{ id: 'button-1', label: name }] },
      { type: 'text', text: 'The end of it.' },
    ],
    details: [{ type: 'text', text: name }],
  };
}

/** Names as reports, people and channels carry them. */
export function testNames(name: string, open: (dispatch: Dispatch) => Promise<ChatDriver>): void {
  describe(`${name} with hostile names`, () => {
    test('every hostile name is shown as harmless text, and the rest of the card with it', async () => {
      const dispatch = plannedDispatch();
      const driver = await open(dispatch);

      // Long ones are a matter of sizes: there, something has to go.
      for (const hostile of hostileNames.filter((one) => one.name.length < 1_000)) {
        dispatch.answers.set('report', { card: cardAbout(hostile.name) });
        const before = driver.privately().length;
        await driver.type('/report');

        const shown = driver.privately().slice(before).join('\n');
        expect(shown, hostile.what).toContain('About');
        expect(shown, hostile.what).toContain('probe.empty');
        expect(shown, hostile.what).toContain('18');
      }

      expect(driver.actedOn().filter((acted) => !acted.includes('https://docs.test/'))).toEqual([]);
      expect(driver.refused()).toEqual([]);
    });
  });
}

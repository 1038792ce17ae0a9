import { describe, expect, test } from 'vitest';
import type { Action, Card } from '../../src/card.js';
import type { Dispatch } from '../../src/dispatch.js';
import type { ChatDriver } from './chat-driver.js';
import { recordingDispatch } from './recording-dispatch.js';

const actions: readonly Action[] = [
  { label: 'Show the list', style: 'primary', command: 'digest list', options: {} },
  { label: 'Remove all the same', style: 'danger', command: 'offer remove', options: { offer: '1' } },
  { label: 'Snooze', command: 'alert snooze', options: { incident: '3' }, form: true },
];

const card: Card = {
  title: 'Three choices',
  tone: 'warning',
  blocks: [
    { type: 'link', label: 'How to renew', url: 'https://docs.test/renew' },
    { type: 'actions', actions },
  ],
};

/** Each kind of thing that can be pressed. */
export function testActions(name: string, open: (dispatch: Dispatch) => Promise<ChatDriver>): void {
  describe(`${name} with buttons`, () => {
    test('runs a command, confirms, opens a form, and shows where a link leads', async () => {
      const { dispatch, calls, answers, addOffer } = await recordingDispatch();
      const driver = await open(dispatch);
      await addOffer(driver.workspace);
      answers.set('offer list', card);
      await driver.type('/offer list');
      expect(driver.privately().join('\n')).toMatch(/How to renew/);
      expect(driver.sent()).toContain('https://docs.test/renew');

      await driver.press('Show the list');
      await driver.type('/offer list');
      await driver.press('Remove all the same');
      await driver.type('/offer list');
      await driver.press('Snooze');
      await driver.submit(driver.hasForms ? { for: '4h' } : { incident: '', for: '4h' });

      expect(calls.filter(({ command }) => command !== 'offer list')).toMatchObject([
        { command: 'digest list', options: {} },
        { command: 'offer remove', options: { offer: '1' } },
        { command: 'alert snooze', options: { incident: 3, for: 14_400_000 } },
      ]);
      expect(driver.refused()).toEqual([]);
    });

    test('a button counts for whoever presses it', async () => {
      const { dispatch, calls, answers } = await recordingDispatch();
      const driver = await open(dispatch);
      answers.set('offer list', card);
      const drawn = { title: 'Meanwhile', tone: 'plain', blocks: [] } as const;
      await driver.type('/offer list', 'bob');
      await driver.messenger.send({
        workspace: driver.workspace,
        target: driver.target('bob'),
        key: 'out-1',
        card: drawn,
        files: [],
      });

      await driver.press('Show the list', 'bob');

      expect(calls.at(-1)?.caller.user.id).toBe(driver.target('bob').id);
      expect(calls.at(-1)?.caller.workspace).toBe(driver.workspace);
    });
  });
}

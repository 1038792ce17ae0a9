import { describe, expect, test } from 'vitest';
import type { Block, Button, DrawnCard } from '../../src/card.js';
import type { OutgoingMessage } from '../../src/delivery/outbox.js';
import type { Dispatch } from '../../src/dispatch.js';
import { everyBlock } from '../terminal/example-cards.js';
import { type ChatDriver, casino, type Person } from './chat-driver.js';
import { plannedDispatch } from './planned-dispatch.js';
import { testActions } from './surface-actions.js';
import { testFiles } from './surface-files.js';
import { testForms } from './surface-forms.js';
import { testNames } from './surface-names.js';
import { testSecrets } from './surface-secrets.js';
import { testSizes } from './surface-sizes.js';

const key = 'out-17';

function message(driver: ChatDriver, to: Person | typeof casino, card: DrawnCard): OutgoingMessage {
  return { workspace: driver.workspace, target: driver.target(to), key, card, files: [] };
}

function plain(title: string, ...blocks: Block<Button>[]): DrawnCard {
  return { title, tone: 'plain', blocks };
}

/** What every chat surface must do. `open` starts the surface on a dispatch, with an empty far side. */
export function testChatSurface(name: string, open: (dispatch: Dispatch) => Promise<ChatDriver>): void {
  async function start() {
    const dispatch = plannedDispatch();
    return { dispatch, driver: await open(dispatch) };
  }

  describe(`${name} as a chat surface`, () => {
    test('runs a typed command with its options and shows the answer to the caller alone', async () => {
      const { dispatch, driver } = await start();

      await driver.type('/report range:7d by:brand');

      expect(dispatch.calls).toMatchObject([
        { command: 'report', options: { range: '7d', by: 'brand' }, caller: { workspace: driver.workspace } },
      ]);
      expect(driver.privately().join('\n')).toContain('Answer of report');
      expect(driver.privately('bob')).toEqual([]);
      expect(driver.publicly()).toEqual([]);
    });

    test('says who asks, and that a guest is one', async (context) => {
      const { dispatch, driver } = await start();

      await driver.type('/offer list', 'bob');
      await driver.type('/offer list', 'guest');

      const [bob, guest] = dispatch.calls.map(({ caller }) => caller);
      expect(bob?.isGuest).toBe(false);
      expect(bob?.user.id).toBe(driver.target('bob').id);
      expect(bob?.channel.id).toBe(driver.target(casino).id);
      if (!driver.hasGuests) return context.skip(`${name} knows no guests`);
      expect(guest?.isGuest).toBe(true);
    });

    test('shows a problem with its code and its fix', async () => {
      const { driver } = await start();

      await driver.type('/offer shwo 3');

      const shown = driver.privately().join('\n');
      expect(shown).toMatch(/command\./);
      expect(shown).toMatch(/offer show/);
    });

    test('runs what a button stands for', async () => {
      const { dispatch, driver } = await start();
      const actions: Button[] = [{ id: 'button-fix', label: 'Fix these and go on', style: 'primary' }];
      dispatch.answers.set('offer list', { card: plain('Two to mend', { type: 'actions', actions }) });
      await driver.type('/offer list');

      await driver.press('Fix these and go on');

      expect(dispatch.calls.map(({ command }) => command)).toEqual(['offer list', 'press button-fix']);
      expect(driver.privately().join('\n')).toContain('Answer of press button-fix');
    });

    test('posts a public answer where everyone reads it', async () => {
      const { dispatch, driver } = await start();
      dispatch.answers.set('digest list', { private: false, card: plain('One digest') });

      await driver.type('/digest list');

      const read = driver.hasAudience ? driver.publicly().map(({ text }) => text) : driver.privately();
      expect(read).toEqual([expect.stringContaining('One digest')]);
    });

    test('hands the files of a private answer to the caller alone', async () => {
      const { dispatch, driver } = await start();
      const content = new TextEncoder().encode('day,ftds\n2026-11-19,18\n');
      dispatch.answers.set('report', { files: [{ name: 'report.csv', mediaType: 'text/csv', content }] });

      await driver.type('/report');

      expect(driver.files()).toEqual([{ name: 'report.csv', content: 'day,ftds\n2026-11-19,18\n' }]);
      expect(driver.files('bob')).toEqual([]);
      expect(driver.publicly()).toEqual([]);
    });

    test('posts to a channel, edits the same message and finds it again by its key', async () => {
      const { driver } = await start();
      const since = '2000-01-01T00:00:00.000Z';
      expect(await driver.messenger.find(message(driver, casino, plain('Royal')), since)).toBe('absent');

      const id = await driver.messenger.send(message(driver, casino, plain('Royal has stopped')));
      await driver.messenger.edit(message(driver, casino, plain('Royal is back')), id);

      const posted = driver.publicly();
      expect(posted).toHaveLength(1);
      expect(posted[0]?.text).toContain('Royal is back');
      expect(posted[0]?.text).not.toContain('has stopped');
      expect(await driver.messenger.find(message(driver, casino, plain('Royal')), since)).toBe(id);
    });

    test('sends a direct message to its person alone', async () => {
      const { driver } = await start();

      await driver.messenger.send(message(driver, 'ann', plain('Your token is refused')));

      expect(driver.privately('ann').join('\n')).toContain('Your token is refused');
      expect(driver.privately('bob')).toEqual([]);
      expect(driver.publicly()).toEqual([]);
    });

    test('draws every kind of block, in an answer and in a post', async () => {
      const { dispatch, driver } = await start();
      dispatch.answers.set('report', { card: everyBlock });

      await driver.type('/report');
      await driver.messenger.send(message(driver, casino, everyBlock));

      const posted = driver.publicly().map(({ text }) => text);
      for (const words of readable) {
        expect(driver.privately().join('\n'), `privately: ${words}`).toMatch(words);
        expect(posted.join('\n'), `publicly: ${words}`).toMatch(words);
      }
    });

    test('a hostile name mentions nobody and links nowhere', async () => {
      const { dispatch, driver } = await start();
      const card = hostileCard();
      dispatch.answers.set('report', { card });

      await driver.type('/report');
      await driver.messenger.send(message(driver, casino, card));
      await driver.messenger.send({ ...message(driver, 'ann', card), key: 'out-18' });

      expect(driver.actedOn()).toEqual([]);
    });
  });

  testForms(name, open);
  testActions(name, open);
  testFiles(name, open);
  testNames(name, open);
  testSecrets(name, open);
  testSizes(name, open);
}

/** One piece of each block of `everyBlock`, its details included. */
const readable = [
  /12 of 13 offers in/,
  /47 FTD \(\+6\)/,
  /Provisional: the last two days may still grow\./,
  /Last good sync/,
  /19 Nov 07:10/,
  /幸運の星カジノ/,
  /−1,204\.00/,
  /FTD between 0 and 18 a day|FTD and NGR, 30 days/,
  /\/report range:7d by:brand as:csv/,
  /How to renew a token/,
  /probe\.token-refused/,
  /Press Regenerate/,
  /Replace URL/,
  /Restated since yesterday/,
];

const hostile =
  '<!channel> @everyone @here <@U0ANN> <#C0CASINO> <https://evil.test|click> [click](https://evil.test) *b* `c` ||d||';

function hostileCard(): DrawnCard {
  return {
    title: `T ${hostile}`,
    tone: 'plain',
    blocks: [
      { type: 'text', text: hostile },
      { type: 'text', text: hostile, muted: true },
      { type: 'facts', facts: [{ label: hostile, value: hostile }] },
      {
        type: 'table',
        columns: [{ label: hostile }, { label: 'FTD' }],
        rows: [[hostile, '1']],
        more: hostile,
      },
      { type: 'table', columns: [{ label: hostile }], rows: [[hostile]] },
      { type: 'steps', title: hostile, code: 'probe.empty', text: hostile, steps: [hostile] },
      { type: 'code', text: hostile },
      { type: 'actions', actions: [{ id: 'button-1', label: hostile }] },
    ],
    details: [{ type: 'text', text: hostile }],
  };
}

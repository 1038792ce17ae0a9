import { describe, expect, test } from 'vitest';
import type { Block, Button, DrawnCard } from '../../src/card.js';
import type { Messenger, OutgoingMessage } from '../../src/delivery/outbox.js';
import type { Dispatch } from '../../src/dispatch.js';
import { everyBlock } from '../terminal/example-cards.js';
import { plannedDispatch } from './planned-dispatch.js';

/** The people and places that every driver knows. `guest` is a guest of the surface, `ann` a member. */
export type Person = 'ann' | 'bob' | 'guest';
export const casino = '#casino';

export interface ShownForm {
  readonly title: string;
  /** `value` is what stands in the field when the form opens. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

export interface ShownFile {
  readonly name: string;
  readonly content: string;
}

export interface PostedText {
  readonly id: string;
  readonly text: string;
}

/**
 * A chat product's far side as a test sees it: people type and press, and everything is read back as the plain text
 * that a person would read. Every call resolves once the surface has done all that follows from it.
 */
export interface ChatDriver {
  readonly workspace: string;
  readonly messenger: Messenger;
  /** False for a surface that asks line by line: its form tests are left out. */
  readonly hasForms: boolean;
  /** Types `/offer list` in the channel. */
  type(line: string, as?: Person): Promise<void>;
  /** The form that is open before a person. */
  form(as?: Person): ShownForm | null;
  submit(values: Readonly<Record<string, string>>, as?: Person): Promise<void>;
  /** Presses the newest button with this label that the person can see. */
  press(label: string, as?: Person): Promise<void>;
  /** What only this person saw, oldest first: ephemeral answers, direct messages. */
  privately(as?: Person): readonly string[];
  /** Messages of the channel as they stand now, threads included. */
  publicly(): readonly PostedText[];
  /** Files that this person was given privately. */
  files(as?: Person): readonly ShownFile[];
  /** Mentions and masked links that the product would act on, over everything shown. */
  actedOn(): readonly string[];
  /** The surface's own id of a person or the channel, for a message's target. */
  target(of: Person | typeof casino): OutgoingMessage['target'];
}

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

    test('says who asks, and that a guest is one', async () => {
      const { dispatch, driver } = await start();

      await driver.type('/offer list', 'bob');
      await driver.type('/offer list', 'guest');

      const [bob, guest] = dispatch.calls.map(({ caller }) => caller);
      expect(bob?.isGuest).toBe(false);
      expect(bob?.user.id).toBe(driver.target('bob').id);
      expect(bob?.channel.id).toBe(driver.target(casino).id);
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

      expect(driver.publicly().map(({ text }) => text)).toEqual([expect.stringContaining('One digest')]);
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

      for (const words of readable) {
        expect(driver.privately().join('\n'), `privately: ${words}`).toContain(words);
        expect(
          driver
            .publicly()
            .map(({ text }) => text)
            .join('\n'),
          `publicly: ${words}`,
        ).toContain(words);
      }
    });

    test('a card far beyond every limit arrives readable and says what was left out', async () => {
      const { dispatch, driver } = await start();
      const card = enormousCard();
      dispatch.answers.set('report', { card });

      await driver.type('/report');
      await driver.messenger.send(message(driver, casino, card));

      for (const shown of [driver.privately().join('\n'), driver.publicly()[0]?.text ?? '']) {
        expect(shown).toContain('An enormous answer');
        expect(shown).toContain('Offer 1');
        expect(shown).toMatch(/\d+ more|…/);
        expect(shown).toContain('/report as:csv');
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

  describe(`${name} with forms`, () => {
    test('opens a form for a command with its option missing, and runs what is filled in', async (context) => {
      const { dispatch, driver } = await start();
      if (!driver.hasForms) return context.skip(`${name} has no forms`);

      await driver.type('/offer add');
      expect(driver.form()?.fields.map((field) => field.name)).toContain('url');
      await driver.submit({ url: 'https://site.test/report?token=test-token-12345678', name: 'Lucky Star' });

      expect(dispatch.calls).toMatchObject([
        {
          command: 'offer add',
          options: { url: 'https://site.test/report?token=test-token-12345678', name: 'Lucky Star' },
        },
      ]);
      expect(driver.form()).toBeNull();
      expect(driver.privately().join('\n')).toContain('Answer of offer add');
      expect(driver.privately().join('\n')).not.toContain('test-token-12345678');
      expect(driver.publicly()).toEqual([]);
    });

    test('a button may open a form, filled in but for what is secret', async (context) => {
      const { dispatch, driver } = await start();
      if (!driver.hasForms) return context.skip(`${name} has no forms`);
      dispatch.filledIn.set('name', 'Lucky Star');
      const actions: Button[] = [{ id: 'form:offer add', label: 'Replace URL' }];
      await driver.messenger.send(message(driver, 'ann', plain('Royal', { type: 'actions', actions })));

      await driver.press('Replace URL');

      const fields = driver.form()?.fields ?? [];
      expect(fields.find((field) => field.name === 'name')?.value).toBe('Lucky Star');
      expect(fields.find((field) => field.name === 'url')?.value).toBe('');
    });
  });
}

/** One piece of each block of `everyBlock`, its details included. */
const readable = [
  '12 of 13 offers in',
  '47 FTD (+6)',
  'Provisional: the last two days may still grow.',
  'Last good sync',
  '19 Nov 07:10',
  '幸運の星カジノ',
  '−1,204.00',
  'FTD between 0 and 18 a day',
  '/report range:7d by:brand as:csv',
  'How to renew a token',
  'probe.token-refused',
  'Press Regenerate',
  'Replace URL',
  'Restated since yesterday',
];

/** Every block at about ten times what chat products take. */
export function enormousCard(): DrawnCard {
  const long = 'A sentence that goes on and on about FTD and NGR. '.repeat(800);
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));
  return {
    title: `An enormous answer ${long}`,
    tone: 'warning',
    blocks: [
      {
        type: 'table',
        columns: many(40, (index) => ({
          label: index === 0 ? 'Offer' : `Figure ${index}`,
          align: 'right' as const,
        })),
        rows: many(1000, (row) => many(40, (column) => (column === 0 ? `Offer ${row + 1}` : '1,000,000.25'))),
        more: '/report as:csv',
      },
      { type: 'text', text: long },
      { type: 'text', text: long, muted: true },
      { type: 'facts', facts: many(200, (index) => ({ label: `Fact ${index} ${long}`, value: long })) },
      { type: 'steps', title: long, code: 'probe.empty', text: long, steps: many(100, () => long) },
      { type: 'code', text: long },
      { type: 'link', label: long, url: `https://docs.test/${'a'.repeat(40_000)}` },
      {
        type: 'actions',
        actions: many(250, (index) => ({ id: `button-${index}`, label: `Button ${index} ${long}` })),
      },
      ...many(500, (index) => ({ type: 'text' as const, text: `Paragraph ${index}` })),
    ],
  };
}

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

import { describe, expect, test } from 'vitest';
import type { Block, Button, DrawnCard } from '../../src/card.js';
import type { Dispatch } from '../../src/dispatch.js';
import { type ChatDriver, casino } from './chat-driver.js';
import { plannedDispatch } from './planned-dispatch.js';

/** What must be left of a card: its beginning, and a word on what is not there. */
interface Huge {
  readonly what: string;
  readonly card: DrawnCard;
  readonly shows: readonly RegExp[];
}

const sentence = 'A sentence that goes on and on about FTD and NGR. ';
const long = sentence.repeat(800);
const title = 'An enormous answer';

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function holding(what: string, blocks: readonly Block<Button>[], ...shows: RegExp[]): Huge {
  return { what, card: { title, tone: 'warning', blocks }, shows: [/An enormous answer/, ...shows] };
}

/** Says that something is missing, and how much of it or where it goes on. */
const cut = /\d+ (?:more|other)|…/;

const wide: Extract<Block<Button>, { type: 'table' }> = {
  type: 'table',
  columns: many(200, (index) => ({
    label: index === 0 ? 'Offer' : `Figure ${index}`,
    align: 'right' as const,
  })),
  rows: many(3, (row) => many(200, (column) => (column === 0 ? `Offer ${row + 1}` : '1,000,000.25'))),
  more: '/report as:csv',
};
const tall: Block<Button> = {
  type: 'table',
  columns: [{ label: 'Offer' }, { label: 'FTD', align: 'right' }],
  rows: many(1000, (row) => [`Offer ${row + 1}`, '18']),
  more: '/report as:csv',
};
const days = many(300, (index) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10));

/** Each kind of block at about ten times what chat products take, and all of them in one card. */
const hugeCards: readonly Huge[] = [
  {
    what: 'title',
    card: { title: `${title} ${long}`, tone: 'bad', blocks: [] },
    shows: [/An enormous/, cut],
  },
  holding('text', [{ type: 'text', text: long }], /A sentence/, cut),
  holding('muted text', [{ type: 'text', text: long, muted: true }], /A sentence/, cut),
  holding('text without a blank', [{ type: 'text', text: 'x'.repeat(130_000) }], /xxxx/, cut),
  holding(
    'many texts',
    many(500, (index) => ({ type: 'text', text: `Paragraph ${index}.` })),
    /Paragraph 0\./,
  ),
  holding(
    'facts',
    [{ type: 'facts', facts: many(250, (index) => ({ label: `Fact ${index}`, value: long })) }],
    /Fact 0/,
    cut,
  ),
  holding('one fact', [{ type: 'facts', facts: [{ label: long, value: long }] }], /A sentence/, cut),
  holding('rows', [tall], /Offer 1/, cut, /\/report as:csv/),
  holding('columns', [wide], /Offer 1/, /1,000,000\.25/),
  holding('cells', [{ ...tall, rows: [[long, long]] }], /A sentence/, cut),
  holding(
    'steps',
    [
      {
        type: 'steps',
        title: 'To mend it',
        code: 'probe.empty',
        steps: many(400, (index) => `Step ${index}`),
      },
    ],
    /To mend it/,
    /probe\.empty/,
    /Step 0/,
  ),
  holding(
    'one step',
    [{ type: 'steps', title: long, code: 'probe.empty', text: long, steps: [long] }],
    /A sentence/,
    cut,
  ),
  holding('code', [{ type: 'code', text: long }], /A sentence/, cut),
  holding('link', [{ type: 'link', label: 'Docs', url: `https://docs.test/${'a'.repeat(30_000)}` }], /Docs/),
  holding(
    'buttons',
    [{ type: 'actions', actions: many(250, (index) => ({ id: `b${index}`, label: `Button ${index}` })) }],
    /Button 0/,
  ),
  holding('a button', [{ type: 'actions', actions: [{ id: 'b', label: `Press ${long}` }] }], /Press/, cut),
  holding(
    'chart',
    [
      {
        type: 'chart',
        chart: {
          title: long,
          days,
          bars: { label: long, values: days.map((_, index) => index) },
          line: { label: long, values: days.map((_, index) => -index) },
        },
        alt: long,
      },
    ],
    /A sentence/,
  ),
];

/** All of them in one card. */
export const enormous: Huge = holding(
  'everything',
  [
    { ...wide, columns: wide.columns.slice(0, 40), rows: many(1000, (row) => many(40, () => `Cell ${row}`)) },
    ...hugeCards.flatMap(({ card }) => card.blocks),
  ].map(renamed),
  /Cell 0/,
  cut,
);

/** Ids of buttons are unique in a card. */
function renamed(block: Block<Button>, at: number): Block<Button> {
  if (block.type !== 'actions') return block;
  return { ...block, actions: block.actions.map((button) => ({ ...button, id: `${at}-${button.id}` })) };
}

/** Whatever the size, something readable arrives, whole at the first try, and says what is not there. */
export function testSizes(name: string, open: (dispatch: Dispatch) => Promise<ChatDriver>): void {
  // Chat products count what one program sends in a second: so many cards, and the next program.
  const groups = [hugeCards.slice(0, 6), hugeCards.slice(6, 12), [...hugeCards.slice(12), enormous]];

  describe(`${name} at ten times the limits`, () => {
    test.each(groups.map((group) => [group.map(({ what }) => what).join(', '), group] as const))(
      '%s: arrives readable in an answer and in a post, and says what was left out',
      async (_, group) => {
        const dispatch = plannedDispatch();
        const driver = await open(dispatch);

        for (const { what, card, shows } of group) {
          dispatch.answers.set('report', { card });
          const before = driver.privately().length;
          await driver.type('/report');
          const message = {
            workspace: driver.workspace,
            target: driver.target(casino),
            key: `out-${what}`,
            card: { ...card, details: card.blocks.filter(({ type }) => type !== 'actions') },
            files: [],
          };
          const id = await driver.messenger.send(message);
          if (card === enormous.card) await driver.messenger.edit(message, id);

          const answered = driver.privately().slice(before).join('\n');
          const posted = driver.publicly().at(-1)?.text ?? '';
          for (const words of shows) {
            expect(answered, `${what}, answered`).toMatch(words);
            expect(posted, `${what}, posted`).toMatch(words);
          }
        }
        expect(driver.refused()).toEqual([]);
        expect(dispatch.calls).toHaveLength(group.length);
      },
    );
  });
}

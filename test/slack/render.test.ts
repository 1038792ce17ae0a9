import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderCard, renderDetails, renderPlain } from '../../adapters/slack/render.js';
import { renderForm } from '../../adapters/slack/render-form.js';
import { commands } from '../../commands/index.js';
import type { Block, Button, DrawnCard } from '../../src/card.js';
import { fieldsOf } from '../../src/options.js';
import { enormous } from '../contracts/surface-sizes.js';
import { judgeOf } from '../specs/judge-of.js';
import { everyBlock, refusedUrl } from '../terminal/example-cards.js';
import { faultOfBlocks, faultOfView } from './server/check-blocks.js';
import { actedOn, readMessage } from './server/read-blocks.js';
import { emptyState, type Json } from './server/state.js';

const state = emptyState();

function faultOf(blocks: unknown, place: 'message' | 'home' = 'message'): string | null {
  return faultOfBlocks(state, blocks, place);
}

function read(card: DrawnCard): string {
  const { text, blocks } = renderCard(card);
  return readMessage({ text, blocks: blocks as unknown as Json[] });
}

describe('a card in Slack', () => {
  test('shows a refused URL verdict first, faults numbered with their codes and steps, then the choices', () => {
    expect(read(refusedUrl)).toBe(`\
❌ Not added yet: 3 things to mend in this Affilka URL (primetime.partners, token …5678)
1. The report is not split by brand.  affilka.group-by-missing
All casinos of this account would become one sum. I can add it: the URL decides this.
2. It starts on page 3.  affilka.page-not-one
Rows of pages 1 and 2 would be lost. I can set it.
1. Press "Fix these and go on"
3. The column "ngr" is not in the report, and the programme may not have enabled it for you.  affilka.column-missing
Without it the digest shows n/a.
1. Open Reports in the programme
2. Choose Columns and tick NGR
3. Press Export and copy the link of "JSON"; paste it here as it is, without shortening it
[Fix these and go on] [Paste another URL] [Why split by brand?]`);
  });

  test('every kind of block fits the limits, with details below and apart', () => {
    expect(faultOf(renderCard(everyBlock).blocks)).toBeNull();
    expect(faultOf(renderCard(everyBlock, { details: 'apart' }).blocks)).toBeNull();
    expect(faultOf(renderDetails(everyBlock)?.blocks)).toBeNull();
    expect(faultOf(renderCard(everyBlock, { place: 'view' }).blocks, 'home')).toBeNull();
  });

  test('a button holds its id and nothing else', () => {
    const { blocks } = renderCard(refusedUrl);
    const elements = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
    expect(
      elements.map((element) => (element.type === 'button' ? [element.action_id, element.value] : [])),
    ).toEqual([
      ['button-fix', 'button-fix'],
      ['button-other', 'button-other'],
      ['button-why', 'button-why'],
    ]);
  });

  test('counts the rows of a table that it was not given', () => {
    const table = { type: 'table', columns: [{ label: 'Offer' }], rows: [['Nord']], left: 24 } as const;
    const shown = read({ title: 'Offers', tone: 'plain', blocks: [{ ...table, more: '/offer export' }] });

    expect(shown).toContain('24 more rows: /offer export');
  });

  test('keeps its buttons when it is cut, and says how much went', () => {
    const { blocks } = renderCard(enormous.card);
    const shown = read(enormous.card);

    expect(faultOf(blocks)).toBeNull();
    expect(shown).toContain('[Button 0');
    expect(shown).toMatch(/… \d+ more parts have no room in one message\./);
    expect(shown).toMatch(/\d+ more rows: \/report as:csv · 20 more columns/);
    expect(faultOf(renderCard(enormous.card, { place: 'view' }).blocks, 'home')).toBeNull();
  });

  test('as plain text it still says what is the matter, and stays below what Slack cuts', () => {
    expect(renderPlain(refusedUrl)).toContain('affilka.column-missing');
    expect(renderPlain(enormous.card).length).toBeLessThan(40_000);
  });

  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.constantFrom(
      '',
      ' ',
      '\n',
      '<!channel>',
      '<@U1>',
      '<https://evil.test|x>',
      '&lt;',
      '\ud800',
      '\u202e\u200b',
    ),
    fc
      .constantFrom('x', '😀', '"', '&')
      .chain((unit) => fc.integer({ min: 1, max: 5_000 }).map((n) => unit.repeat(n))),
  );
  const button = fc.record({ id: fc.uuid(), label: nasty });
  const block: fc.Arbitrary<Block<Button>> = fc.oneof(
    fc.record({ type: fc.constant('text' as const), text: nasty, muted: fc.boolean() }),
    fc.record({
      type: fc.constant('facts' as const),
      facts: fc.array(fc.record({ label: nasty, value: nasty }), { maxLength: 60 }),
    }),
    fc.record({
      type: fc.constant('table' as const),
      columns: fc.array(fc.record({ label: nasty }), { maxLength: 25 }),
      rows: fc.array(fc.array(nasty, { maxLength: 25 }), { maxLength: 30 }),
      more: nasty,
    }),
    fc.record({
      type: fc.constant('steps' as const),
      title: nasty,
      code: nasty,
      text: nasty,
      steps: fc.array(nasty, { maxLength: 60 }),
    }),
    fc.record({ type: fc.constant('code' as const), text: nasty }),
    fc.record({ type: fc.constant('link' as const), label: nasty, url: nasty }),
    fc.record({ type: fc.constant('actions' as const), actions: fc.array(button, { maxLength: 40 }) }),
  );
  const card: fc.Arbitrary<DrawnCard> = fc.record({
    title: nasty,
    tone: fc.constantFrom('plain' as const, 'good' as const, 'warning' as const, 'bad' as const),
    blocks: fc.array(block, { maxLength: 80 }),
    details: fc.array(block, { maxLength: 3 }),
  });

  test('whatever a card holds, Slack takes it and acts on nothing in it', async () => {
    const judge = await judgeOf('slack');
    fc.assert(
      fc.property(card, (hostile) => {
        for (const options of [{}, { details: 'apart' as const }]) {
          const { text, blocks } = renderCard(hostile, options);
          expect(faultOf(blocks)).toBeNull();
          const body = { channel: 'C0CASINO', text, blocks };
          expect(judge?.({ endpoint: 'chat.postMessage', body }) ?? []).toEqual([]);
          expect(actedOn({ text, blocks: blocks as unknown as Json[] })).toEqual([]);
        }
        expect(faultOf(renderCard(hostile, { place: 'view' }).blocks, 'home')).toBeNull();
        expect(actedOn({ text: renderPlain(hostile), blocks: [] })).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a form in Slack', () => {
  test.each(commands.map((command) => [command.name, command] as const))(
    '/%s fits the limits',
    async (_, command) => {
      const judge = await judgeOf('slack');
      const fields = fieldsOf(command.options).map((field) => ({ ...field, value: 'x'.repeat(200) }));
      const form = {
        id: 'form',
        command: command.name,
        title: command.summary,
        submitLabel: 'Go on',
        fields,
      };
      const view = renderForm(form, 'sealed', { channelId: 'C0CASINO' });

      expect(faultOfView(state, view as unknown as Json, 'modal')).toBeNull();
      expect(judge?.({ endpoint: 'views.open', body: { trigger_id: '1.2', view } }) ?? []).toEqual([]);
    },
  );

  test('a secret says that it is not shown again, and is never filled in', () => {
    const [field] = fieldsOf(commands[0]?.options ?? expect.fail());
    const fields = [{ ...(field ?? expect.fail()), value: 'https://x.test?token=test-token-1' }];
    const view = renderForm({ id: 'f', command: 'offer add', title: 'T', submitLabel: 'Go', fields }, 's', {
      channelId: null,
    });

    expect(JSON.stringify(view)).toContain('not shown again');
    expect(JSON.stringify(view)).not.toContain('test-token');
  });
});

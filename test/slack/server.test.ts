import { describe, expect, test } from 'vitest';
import { faultOfBlocks, faultOfView, isOption } from './server/check-blocks.js';
import { emptyState, type Json } from './server/state.js';

const state = emptyState();
const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const words = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));
const button = (index: number, changes: Json = {}) => {
  return { type: 'button', action_id: `a${index}`, text: plain(75), ...changes };
};
const actions = (elements: Json[]) => ({ type: 'actions', elements });
const table = (rows: number, cells: number, length = 1) => ({
  type: 'table',
  rows: times(rows, () => times(cells, () => ({ type: 'raw_text', text: 'x'.repeat(length) }))),
});
const input = (element: Json, changes: Json = {}) => ({
  type: 'input',
  block_id: 'url',
  label: plain(10),
  element: { type: 'plain_text_input', action_id: 'url', ...element },
  ...changes,
});
const option = { text: plain(75), value: 'x'.repeat(150) };

describe('the pretend Slack refuses in a message', () => {
  test.each<[string, Json[], RegExp]>([
    ['51 blocks', times(51, () => ({ type: 'divider' })), /too many blocks/],
    ['a block that does not exist', [{ type: 'map' }], /no such block/],
    ['a key that a block has not', [{ type: 'divider', text: plain(1) }], /divider\.text/],
    ['a heading of 151', [{ type: 'header', text: plain(151) }], /header text/],
    ['a section of nothing', [{ type: 'section' }], /empty section/],
    ['a section of 3001', [{ type: 'section', text: words(3001) }], /section text/],
    ['11 fields', [{ type: 'section', fields: times(11, () => words(1)) }], /fields/],
    ['a field of 2001', [{ type: 'section', fields: [words(2001)] }], /fields/],
    ['11 parts of a context', [{ type: 'context', elements: times(11, () => words(1)) }], /context elements/],
    ['26 buttons', [actions(times(26, (index) => button(index)))], /actions/],
    ['a button of 76', [actions([button(1, { text: plain(76) })])], /button text/],
    ['a button value of 2001', [actions([button(1, { value: 'x'.repeat(2001) })])], /button value/],
    ['a button address of 3001', [actions([button(1, { url: 'x'.repeat(3001) })])], /button url/],
    ['one action_id twice', [actions([button(1), button(1)])], /action_id twice/],
    ['one block_id twice', times(2, () => ({ type: 'divider', block_id: 'b' })), /block_id b/],
    ['a block_id of 256', [{ type: 'divider', block_id: 'x'.repeat(256) }], /block_id/],
    ['101 rows', [table(101, 1)], /table rows/],
    ['21 cells', [table(1, 21)], /table cells/],
    ['two tables', [table(1, 1), table(1, 1)], /only one table/],
    ['a table of more than 10,000', [table(2, 1, 5001)], /table too long/],
    [
      'a picture that is not there',
      [{ type: 'image', alt_text: 'x', slack_file: { id: 'F1' } }],
      /image file/,
    ],
    ['a field to fill in', [input({})], /input outside a modal/],
    [
      'more than 13,200 in all',
      times(5, () => ({ type: 'section', text: words(3000) })),
      /msg_blocks_too_long/,
    ],
  ])('%s', (_, blocks, fault) => {
    expect(faultOfBlocks(state, blocks, 'message')).toMatch(fault);
  });

  test('nothing that keeps to the limits', () => {
    const blocks = [
      { type: 'header', text: plain(150) },
      { type: 'section', text: words(3000) },
      actions(times(25, (index) => button(index))),
    ];
    expect(faultOfBlocks(state, blocks, 'message')).toBeNull();
  });
});

describe('the pretend Slack refuses in a view', () => {
  const modal = { type: 'modal', title: plain(24), submit: plain(24), close: plain(24), blocks: [input({})] };

  test.each<[string, Json, RegExp]>([
    ['101 blocks', { ...modal, blocks: times(101, () => ({ type: 'divider' })) }, /too many blocks/],
    ['a title of 25', { ...modal, title: plain(25) }, /title/],
    ['a submit button of 25', { ...modal, submit: plain(25) }, /submit/],
    ['fields without a submit button', { ...modal, submit: undefined }, /submit/],
    ['a close button of 25', { ...modal, close: plain(25) }, /close/],
    ['hidden data of 3001', { ...modal, private_metadata: 'x'.repeat(3001) }, /private_metadata/],
    ['a callback_id of 256', { ...modal, callback_id: 'x'.repeat(256) }, /callback_id/],
    ['a table', { ...modal, blocks: [table(1, 1)] }, /table in a view/],
    ['a hint of 2001', { ...modal, blocks: [input({}, { hint: plain(2001) })] }, /hint/],
    ['a field that takes 3001', { ...modal, blocks: [input({ max_length: 3001 })] }, /max_length/],
    [
      '101 choices',
      { ...modal, blocks: [input({ type: 'static_select', options: times(101, () => option) })] },
      /options/,
    ],
    [
      'a choice of 76',
      { ...modal, blocks: [input({ type: 'static_select', options: [{ ...option, text: plain(76) }] })] },
      /option/,
    ],
  ])('%s', (_, view, fault) => {
    expect(faultOfView(state, view, 'modal')).toMatch(fault);
  });

  test('a choice whose value is longer than 150', () => {
    expect(isOption(option)).toBe(true);
    expect(isOption({ ...option, value: 'x'.repeat(151) })).toBe(false);
  });

  test('a form where Home is drawn', () => {
    expect(faultOfView(state, modal, 'modal')).toBeNull();
    expect(faultOfView(state, modal, 'home')).toBe('invalid_arguments');
  });
});

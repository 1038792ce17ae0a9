import { describe, expect, test } from 'vitest';
import { type Body, type Component, commandFaults, messageFaults, modalFaults } from './server/rules.js';

const flags = 1 << 15;

function texts(count: number, content = 'text'): Component[] {
  return Array.from({ length: count }, () => ({ type: 10, content }));
}

function row(...ids: string[]): Component {
  return { type: 1, components: ids.map((custom_id) => ({ type: 2, custom_id, label: 'Press' })) };
}

describe('the pretend Discord refuses', () => {
  test.each<[string, Body, RegExp]>([
    [
      'more than 40 components, nested ones counted',
      { flags, components: [{ type: 17, components: texts(40) }] },
      /41 components/,
    ],
    [
      'more than 4000 characters of text',
      { flags, components: texts(2, 'x'.repeat(2001)) },
      /4002 characters/,
    ],
    ['content beside components v2', { flags, content: 'words', components: texts(1) }, /content cannot/],
    [
      'embeds beside components v2',
      { flags, embeds: [{ description: 'words' }], components: texts(1) },
      /embeds cannot/,
    ],
    ['components v2 with nothing in them', { flags, components: [] }, /no components/],
    ['a text display without words', { flags, components: texts(1, ' ') }, /empty text display/],
    ['a button without words', { components: [{ type: 1, components: [{ type: 2, label: '' }] }] }, /label/],
    ['a custom_id of 101', { flags, components: [row('x'.repeat(101))] }, /1 to 100/],
    ['six rows', { components: Array.from({ length: 6 }, (_, index) => row(`${index}`)) }, /5 rows/],
    ['components v2 without their flag', { components: texts(1) }, /without the flag/],
    ['one custom_id twice', { flags, components: [row('a', 'a')] }, /twice/],
    ['a row of six', { flags, components: [row('a', 'b', 'c', 'd', 'e', 'f')] }, /row of 6/],
    [
      'a picture that is not there',
      { flags, components: [{ type: 13, file: { url: 'attachment://a.csv' } }] },
      /no attachment/,
    ],
    ['content of more than 2000', { content: 'x'.repeat(2001) }, /2000/],
    [
      'embeds of more than 6000 in all',
      { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
      /6000/,
    ],
    ['an empty field', { embeds: [{ fields: [{ name: 'FTD', value: ' ' }] }] }, /empty field/],
    ['nothing at all', {}, /empty message/],
  ])('%s', (_, body, fault) => {
    expect(messageFaults(body, [], null).join()).toMatch(fault);
  });

  test('a modal of six parts, and a title of 46', () => {
    const part = (index: number) => ({ type: 18, component: { type: 4, custom_id: `field-${index}` } });
    const modal = {
      custom_id: 'f',
      title: 'x'.repeat(46),
      components: Array.from({ length: 6 }, (_, index) => part(index)),
    };

    expect(modalFaults(modal).join()).toMatch(/45[\s\S]*6 parts/);
  });

  test('taking the flag of components v2 away', () => {
    expect(messageFaults({ content: 'words' }, [], { flags }).join()).toMatch(/cannot be taken away/);
  });

  test('a modal of nothing, and one with the same custom_id twice', () => {
    const field = { type: 18, component: { type: 4, custom_id: 'url' } };

    expect(modalFaults({ custom_id: 'f', title: 'Form', components: [] }).join()).toMatch(/0 parts/);
    expect(modalFaults({ custom_id: 'f', title: 'Form', components: [field, field] }).join()).toMatch(
      /twice/,
    );
  });

  test('more than a command may hold', () => {
    const long = { type: 3, description: 'x'.repeat(101) };
    const options = Array.from({ length: 26 }, (_, index) => ({ ...long, name: `option-${index}` }));
    const choices = Array.from({ length: 26 }, () => ({ name: 'x'.repeat(101), value: 'x'.repeat(300) }));
    const command = { name: 'offer', description: 'Offers' };

    const faults = commandFaults([
      { ...command, options },
      { ...command, choices },
    ]).join('\n');

    for (const fault of [/there twice/, /26 options/, /description of/, /26 choices/, /a choice of/, /8000/])
      expect(faults).toMatch(fault);
  });

  test('upper case in a name, and what is required after what is not', () => {
    const options = [
      { type: 3, name: 'one', description: 'One' },
      { type: 3, name: 'two', description: 'Two', required: true },
    ];

    expect(commandFaults([{ name: 'Offer', description: 'Offers', options }]).join()).toMatch(
      /name Offer.*required/,
    );
  });
});

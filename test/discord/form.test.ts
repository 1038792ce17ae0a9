import { describe, expect, test } from 'vitest';
import { renderForm } from '../../adapters/discord/render-form.js';
import { commands } from '../../commands/index.js';
import type { Form } from '../../src/dispatch.js';
import { fieldsOf } from '../../src/options.js';
import { judgeOf } from '../specs/judge-of.js';
import { createLedger } from '../specs/ledger.js';
import { recordBody } from './server/record-body.js';
import { nested } from './server/rules.js';
import { createWorld } from './server/world.js';

function formOf(name: string, values: Readonly<Record<string, string>> = {}): Form {
  const command = commands.find((one) => one.name === name);
  if (!command) throw new Error(name);
  const fields = fieldsOf(command.options).map((field) => {
    const value = values[field.name];
    return value === undefined ? field : { ...field, value };
  });
  return { id: 'a'.repeat(22), command: name, title: command.summary, submitLabel: 'Go on', fields };
}

describe('a form', () => {
  test.each(commands.filter(({ options }) => fieldsOf(options).length > 0).map(({ name }) => name))(
    'of /%s keeps the rules of modals and fits the description',
    async (name) => {
      const ledger = createLedger(await judgeOf('discord'));
      const data = renderForm(formOf(name), '334455667788990011');

      const call = { method: 'POST', path: '/interactions/112233445566778800/token/callback' };
      recordBody(ledger, createWorld(), call, { json: { type: 9, data }, files: [], faults: [] });

      expect(ledger.verdict().wrong).toEqual([]);
    },
  );

  test('with more than five fields says which can be typed after the command', () => {
    const modal = renderForm(formOf('offer add'), null);
    const parts = nested((modal?.components ?? []) as never);

    expect(modal?.components).toHaveLength(5);
    expect(parts.map(({ custom_id }) => custom_id).filter(Boolean)).toEqual([
      'url',
      'name',
      'channel',
      'currency',
    ]);
    expect(parts.at(-1)?.content).toMatch(/after \/offer add: .*from.*fix/);
  });

  test('is never filled in where a secret goes', () => {
    const modal = renderForm(
      formOf('offer renew', { url: 'https://site.test/r?token=test-token-12345678' }),
      null,
    );

    expect(JSON.stringify(modal)).not.toContain('12345678');
  });
});

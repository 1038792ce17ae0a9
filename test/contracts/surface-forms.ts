import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.js';
import type { Dispatch } from '../../src/dispatch.js';
import { fieldsOf } from '../../src/options.js';
import type { ChatDriver } from './chat-driver.js';
import { recordingDispatch, sampleToken, sampleValue, wholeLine } from './recording-dispatch.js';

/** Every command and every form of the real list, as people meet them on a surface. */
export function testForms(name: string, open: (dispatch: Dispatch) => Promise<ChatDriver>): void {
  async function start() {
    const recording = await recordingDispatch();
    const driver = await open(recording.dispatch);
    await recording.addOffer(driver.workspace);
    return { ...recording, driver };
  }

  describe(`${name} with every command`, () => {
    test('each command arrives with every option that it has, and is answered', async () => {
      const { driver, calls } = await start();

      for (const command of commands) {
        await driver.type(wholeLine(command));

        const call = calls.at(-1);
        expect(call?.command).toBe(command.name);
        const names = fieldsOf(command.options).map((field) => field.name);
        expect(Object.keys(call?.options ?? {}).toSorted(), command.name).toEqual(names.toSorted());
        const read = [...driver.privately(), ...driver.publicly().map(({ text }) => text)].join('\n');
        expect(read).toContain(`Answer of ${command.name}`);
      }
      expect(driver.refused()).toEqual([]);
    });

    test('a fault of our own is a number and nothing else', async () => {
      const { driver, answers, logged } = await start();
      answers.set('offer list', new Error(`disk full at ${sampleToken}`));

      await driver.type('/offer list');

      const shown = driver.privately().join('\n');
      expect(shown).toContain('Something went wrong on our side.');
      expect(shown).toMatch(/[A-Za-z0-9_-]{8}/);
      expect(shown).not.toMatch(/disk|test-token/);
      expect(logged).toEqual(['command failed unexpectedly']);
    });
  });

  describe(`${name} with forms`, () => {
    const asking = commands.filter(({ options }) => fieldsOf(options).some(({ required }) => required));

    test('each command that lacks something asks for it, and runs with what is filled in', async () => {
      const { driver, calls } = await start();

      for (const command of asking) {
        const fields = fieldsOf(command.options);
        const required = fields.filter((field) => field.required);
        const before = calls.length;
        await driver.type(`/${command.name}`);
        const shown = driver.form()?.fields.map((field) => field.name) ?? [];
        const expected = driver.hasForms ? required : required.slice(0, 1);
        expect(shown, command.name).toEqual(expect.arrayContaining(expected.map((field) => field.name)));
        expect(calls).toHaveLength(before);

        await driver.submit(Object.fromEntries(required.map((field) => [field.name, sampleValue(field)])));

        expect(driver.form(), command.name).toBeNull();
        expect(calls.at(-1)?.command).toBe(command.name);
        expect(calls.at(-1)?.options, command.name).toMatchObject(
          Object.fromEntries(required.map((field) => [field.name, expect.anything()])),
        );
      }
      expect(driver.refused()).toEqual([]);
      expect(driver.sent()).not.toContain(sampleToken);
      expect(driver.publicly()).toEqual([]);
    });

    test('a value that cannot be read is said, and what was typed is kept', async () => {
      const { driver, calls } = await start();
      await driver.type('/alert snooze');

      await driver.submit({ incident: '3', for: '4 hours' });

      expect(calls).toEqual([]);
      const said = driver.form()?.errors ?? driver.privately();
      expect(said.join('\n')).toContain('is not a length of time; write it as 30m, 4h or 2d');
      if (!driver.form()) await driver.press('Correct it');
      await driver.submit(driver.hasForms ? { for: '4h' } : { incident: '', for: '4h' });
      expect(calls).toMatchObject([{ command: 'alert snooze', options: { incident: 3, for: 14_400_000 } }]);
    });

    test('a secret in a form that is corrected is kept and not shown again', async () => {
      const { driver, calls } = await start();
      await driver.type('/offer add');
      const url = `https://site.test/report?token=${sampleToken}`;

      await driver.submit({ url, name: 'Nord', currency: 'no currency' });

      if (!driver.form()) {
        await driver.press('Correct it');
        expect(driver.form()?.fields.map((field) => field.name)).not.toContain('url');
      }
      await driver.submit({ currency: 'EUR' });
      expect(calls).toMatchObject([{ options: { url, name: 'Nord', currency: 'EUR' } }]);
      expect(driver.sent()).not.toContain(sampleToken);
    });

    test('a button may open a form, filled in but for what is secret', async () => {
      const { driver, answers, calls } = await start();
      const url = `https://site.test/report?token=${sampleToken}`;
      const options = { name: 'Nord', url };
      answers.set('offer list', {
        title: 'Nord',
        tone: 'plain',
        blocks: [
          { type: 'actions', actions: [{ label: 'Replace URL', command: 'offer add', options, form: true }] },
        ],
      });
      await driver.type('/offer list');

      await driver.press('Replace URL');
      const fields = driver.form()?.fields ?? [];
      await driver.submit({});

      expect(fields.find((field) => field.name === 'name')?.value).toBe('Nord');
      expect(fields.find((field) => field.name === 'url')).toBeUndefined();
      expect(calls.at(-1)).toMatchObject({ command: 'offer add', options: { name: 'Nord', url } });
      expect(driver.sent()).not.toContain(sampleToken);
    });
  });
}

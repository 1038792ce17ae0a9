import { describe, expect, test } from 'vitest';
import type { Dispatch } from '../../src/dispatch.js';
import type { ChatDriver } from './chat-driver.js';
import { recordingDispatch, sampleToken } from './recording-dispatch.js';

const csv = `url,name,channel\nhttps://site.test/report?token=${sampleToken},Étoile,#casino\n`;

/** A list of report URLs as a file. */
export function testFiles(name: string, open: (dispatch: Dispatch) => Promise<ChatDriver>): void {
  async function start() {
    const recording = await recordingDispatch();
    return { ...recording, driver: await open(recording.dispatch) };
  }

  describe(`${name} with a chosen file`, () => {
    test('its lines arrive as if they had been typed, and are repeated nowhere', async () => {
      const { driver, calls } = await start();

      await driver.handOver('/offer import', { name: 'offers.csv', content: csv });
      await driver.handOver('/offer import', {
        name: 'offers.csv',
        content: Buffer.from(`\ufeff${csv}`, 'utf16le'),
      });

      expect(calls).toMatchObject([
        { command: 'offer import', options: { list: csv } },
        { command: 'offer import', options: { list: csv } },
      ]);
      expect(driver.privately().join('\n')).toContain('Answer of offer import');
      expect(driver.sent()).not.toContain(sampleToken);
      expect(driver.publicly()).toEqual([]);
      expect(driver.refused()).toEqual([]);
    });

    test('a spreadsheet, letters that are not Unicode, and a huge file are refused with the way out', async () => {
      const { driver, calls } = await start();
      const latin = Uint8Array.from([...csv].map((letter) => letter.charCodeAt(0)));
      const cases = [
        ['offers.csv', Uint8Array.from([80, 75, 3, 4, 0, 0, 8, 0]), 'CSV UTF-8'],
        ['offers.csv', latin, 'CSV UTF-8'],
        ['offers.csv', csv.repeat(30_000), 'larger than 1000 kB'],
      ] as const;

      for (const [file, content, words] of cases) {
        await driver.handOver('/offer import', { name: file, content });

        const said = driver.form()?.errors ?? driver.privately().slice(-1);
        expect(said.join('\n'), words).toContain(words);
      }

      expect(calls).toEqual([]);
    });
  });
}

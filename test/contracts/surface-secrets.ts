import { describe, expect, test } from 'vitest';
import type { Dispatch } from '../../src/dispatch.js';
import type { ChatDriver } from './chat-driver.js';
import { recordingDispatch, sampleToken } from './recording-dispatch.js';

const url = `https://site.test/report?token=${sampleToken}`;

/** A token that was typed where it had to be typed. */
export function testSecrets(name: string, open: (dispatch: Dispatch) => Promise<ChatDriver>): void {
  describe(`${name} with a secret`, () => {
    test('a token in a line is answered to its writer alone, and no more of it than its end leaves us', async () => {
      const { dispatch, calls, answers } = await recordingDispatch();
      const driver = await open(dispatch);
      for (const command of ['offer add', 'digest list']) {
        answers.set(command, { title: 'Token …5678', tone: 'good', blocks: [] });
      }

      await driver.type(`/offer add ${url} name:Nord`);
      await driver.type(`/offer check url:${url}`);
      await driver.type(`/offer ad ${url}`);
      await driver.type(`/offer add ${url} nmae:Nord`);
      await driver.type(`/offer renew 9 ${url}`);

      expect(calls.map(({ command }) => command)).toEqual(['offer add', 'offer check']);
      expect(driver.privately().join('\n')).toContain('…5678');
      expect(driver.sent()).not.toMatch(/test-token|2345678/);
      expect(driver.publicly()).toEqual([]);
      expect(driver.privately('bob')).toEqual([]);
    });
  });
}

import { describe, expect, test } from 'vitest';
import type { Stores } from '../../src/ports.js';

/** What a store of surface state must do on every database. */
export function testSurfaceState(open: () => Promise<Stores>): void {
  describe('surface state', () => {
    test('keeps the newest value of each key', async () => {
      const { surfaceState } = await open();

      await surfaceState.set('discord:commands:1', 'first');
      await surfaceState.set('discord:commands:1', 'second');
      await surfaceState.set('discord:commands:2', 'other');

      expect(await surfaceState.get('discord:commands:1')).toBe('second');
      expect(await surfaceState.get('discord:commands:2')).toBe('other');
      expect(await surfaceState.get('discord:commands:3')).toBeNull();
    });
  });
}

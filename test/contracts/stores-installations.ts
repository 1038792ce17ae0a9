import { describe, expect, test } from 'vitest';
import { addMilliseconds } from '../../src/dates.js';
import type { Stores } from '../../src/ports.js';
import { now } from '../support/stored.js';

const later = addMilliseconds(now, 60_000);
const team = { workspace: 'slack:T1', name: 'Team', sealed: 'sealed 1', installedAt: now };

/** What the store of installations must do. */
export function testInstallations(open: () => Promise<Stores>): void {
  describe('installations', () => {
    test('keeps one installation a workspace, the last one', async () => {
      const { installations } = await open();
      await installations.save(team);
      await installations.save({ ...team, sealed: 'sealed 2', installedAt: later });
      await installations.save({ ...team, workspace: 'slack:E1', name: 'Enterprise' });

      expect(await installations.get('slack:T1')).toEqual({
        ...team,
        sealed: 'sealed 2',
        installedAt: later,
      });
      expect(await installations.get('slack:T2')).toBeNull();
      expect((await installations.list()).map((one) => one.workspace)).toEqual(['slack:E1', 'slack:T1']);
      expect(await installations.remove('slack:T1')).toBe(true);
      expect(await installations.remove('slack:T1')).toBe(false);
      expect(await installations.get('slack:T1')).toBeNull();
    });

    test('marks a key once, whoever comes at the same time', async () => {
      const { installations } = await open();

      const marks = await Promise.all(
        Array.from({ length: 8 }, () => installations.markOnce('event:Ev1', later)),
      );

      expect(marks.filter(Boolean)).toHaveLength(1);
      expect(await installations.markOnce('event:Ev2', later)).toBe(true);
    });

    test('takes a key once and never after it expired', async () => {
      const { installations } = await open();
      await installations.markOnce('state:a', later);
      await installations.markOnce('state:b', later);

      expect(await installations.takeOnce('state:a', now)).toBe(true);
      expect(await installations.takeOnce('state:a', now)).toBe(false);
      expect(await installations.takeOnce('state:b', later)).toBe(false);
      expect(await installations.removeExpired(now)).toBe(0);
      expect(await installations.removeExpired(later)).toBe(1);
    });

    test('knows which shared channels were confirmed, in their own workspace only', async () => {
      const { installations } = await open();
      await installations.confirmShared('slack:T1', 'C1', 'U1', now);
      await installations.confirmShared('slack:T1', 'C1', 'U2', later);

      expect(await installations.isSharedConfirmed('slack:T1', 'C1')).toBe(true);
      expect(await installations.isSharedConfirmed('slack:T1', 'C2')).toBe(false);
      expect(await installations.isSharedConfirmed('slack:T2', 'C1')).toBe(false);
    });
  });
}

import { setTimeout as sleep } from 'node:timers/promises';

/** Keeps posts to one channel apart: Slack takes about one a second, and refuses a whole workspace's calls after more. */
export interface Pace {
  /** How long a post to this channel would wait now, in milliseconds. */
  busyMs(channelId: string): number;
  /** Takes the channel's next turn, and resolves when it has come. */
  turn(channelId: string): Promise<void>;
}

export interface PaceTime {
  /** Milliseconds that only grow. */
  now(): number;
  wait(milliseconds: number): Promise<unknown>;
}

const realTime: PaceTime = { now: () => performance.now(), wait: (milliseconds) => sleep(milliseconds) };

export function createPace(everyMs: number, { now, wait }: PaceTime = realTime): Pace {
  const nextTurns = new Map<string, number>();
  const busyMs = (channelId: string) => Math.max(0, (nextTurns.get(channelId) ?? 0) - now());
  return {
    busyMs,
    async turn(channelId) {
      for (const [known, at] of nextTurns) if (at <= now()) nextTurns.delete(known);
      const milliseconds = busyMs(channelId);
      nextTurns.set(channelId, now() + milliseconds + everyMs);
      if (milliseconds > 0) await wait(milliseconds);
    },
  };
}

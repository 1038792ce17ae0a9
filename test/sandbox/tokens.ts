import type { PlatformId } from '../../src/platforms/platform.js';
import { randomFrom } from './random.js';

export interface Tokens {
  /** A new token, made up from the seed and a counter. ReferOn's hold `+`, `/` and `=`. */
  issue(platform: PlatformId): string;
  /** From now on the token is refused. */
  expire(token: string): void;
  accepts(platform: PlatformId, token: string): boolean;
}

export function createTokens(seed: string): Tokens {
  const live = new Map<string, PlatformId>();
  let issued = 0;

  function hex(length: number): string {
    const random = randomFrom('token', seed, issued);
    return Array.from({ length }, () => random.whole(0, 15).toString(16)).join('');
  }

  return {
    issue(platform) {
      issued += 1;
      const token =
        platform === 'affilka' ? `test-token-${hex(20)}` : `test-token-${hex(8)}+${hex(6)}/${hex(4)}==`;
      live.set(token, platform);
      return token;
    },
    expire(token) {
      live.delete(token);
    },
    accepts: (platform, token) => live.get(token) === platform,
  };
}

import type { ChatSurface } from '../../src/chat-surface.js';
import type { SlackConfig } from '../../src/config.js';
import type { Dispatch } from '../../src/dispatch.js';
import type { Core } from '../../src/ports.js';
import { installPath, redirectPath } from './oauth.js';
import { eventsPath, startSlack } from './start-slack.js';

export interface OpenSlackOptions {
  readonly core: Core;
  readonly dispatch: Dispatch;
  readonly config: SlackConfig;
  readonly publicUrl: string | null;
}

/** Connects to Slack, over Socket Mode or ready for its signed requests. */
export async function openSlack({ core, ...options }: OpenSlackOptions): Promise<ChatSurface> {
  const slack = await startSlack({ ...core, ...options });
  const handle = (request: Request) => slack.handle(request);
  return {
    name: 'slack',
    messenger: slack.messenger,
    routes: [
      { method: 'POST', path: eventsPath, handle },
      { method: 'GET', path: installPath, handle },
      { method: 'GET', path: redirectPath, handle },
    ],
    stop: () => slack.stop(),
  };
}

import { onTestFinished } from 'vitest';
import { openSlackServer, type SlackServer } from './slack-server.js';

/** Slack on loopback, closed when the test ends. */
export async function startSlackServer(): Promise<SlackServer> {
  const server = await openSlackServer();
  onTestFinished(() => server.close());
  return server;
}

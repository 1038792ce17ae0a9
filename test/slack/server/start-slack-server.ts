import { onTestFinished } from 'vitest';
import { openLedger } from '../../specs/open-ledger.js';
import { openSlackServer, type SlackServer } from './slack-server.js';

/** Slack on loopback, closed when the test ends, and what was sent to it judged. */
export async function startSlackServer(): Promise<SlackServer> {
  const server = await openSlackServer(await openLedger('slack'));
  onTestFinished(() => server.close());
  return server;
}

import type { Dispatch } from '../../src/dispatch.js';
import type { Core } from '../../src/ports.js';
import type { CredentialSource } from './credentials.js';
import type { Directory } from './directory.js';
import type { Pace } from './pace.js';
import type { SlackClient } from './web-client.js';

/** What every part of the adapter is handed. */
export interface SlackContext
  extends Pick<Core, 'stores' | 'vault' | 'charts' | 'log' | 'clock' | 'platforms'> {
  readonly dispatch: Dispatch;
  readonly directory: Directory;
  readonly credentials: CredentialSource;
  /** Acts as the bot of one workspace; `null` where it is not installed. */
  readonly clientOf: (workspace: string) => Promise<SlackClient | null>;
  /** Hosts that a `response_url` may name. */
  readonly responseHosts: readonly string[];
  /** Hosts that Slack keeps files on; a token goes nowhere else. */
  readonly fileHosts: readonly string[];
  readonly pace: Pace;
  /** How long a form that was handed in may stay open while it is looked at. */
  readonly formPatienceMs: number;
  /** Lets work go on after the acknowledgement, and waits for it at the end. */
  readonly later: (work: Promise<void>) => void;
  /** The same for work that begins only once what has arrived with it is acknowledged too; in the order of asking. */
  readonly inTurn: (work: () => Promise<void>) => void;
}

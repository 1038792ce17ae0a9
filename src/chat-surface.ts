import type { Surface } from './access/workspace.js';
import type { Messenger } from './delivery/outbox.js';

/** A request that the web server hands on, body unread, so that its signature can be checked. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: `/${string}`;
  /** The body of the answer is text. */
  handle(request: Request): Promise<Response>;
}

/** A chat product that is connected. */
export interface ChatSurface {
  readonly name: Surface;
  readonly messenger: Messenger;
  /** What the chat product calls over HTTP; left out where the surface keeps a connection of its own. */
  readonly routes?: readonly Route[];
  /** Takes no more requests, and waits for the answers under way. */
  stop(): Promise<void>;
}

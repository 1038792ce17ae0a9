import type { Environment } from '../../src/config.js';

/** A message, or the details in its thread, as everybody sees it now. */
export interface KeptMessage {
  readonly channel: string;
  /** By which the bot knows its own; two with the same mark in one channel are one message told twice. */
  readonly mark: string;
  readonly text: string;
}

/** One workspace of a chat product, on the strict local server that stands for it. */
export interface Chat {
  /** What the bot is given to reach it: signed requests, so that nothing must be connected before it works. */
  readonly environment: Environment;
  readonly workspace: string;
  /** Whoever adds offers here, and is told of their troubles. */
  readonly person: { readonly id: string; readonly name: string };
  addChannel(name: string): { readonly id: string; readonly name: string };
  messages(): readonly KeptMessage[];
  /** The mark of an outbox row's message. */
  markOf(key: string): string;
  /** What the product found ill-formed. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

import { fromInstant } from '../dates.js';
import type { Core } from '../ports.js';
import { DeliveryError, type Messenger, type OutboxRow, type OutgoingMessage } from './outbox.js';

/** The messenger of a workspace's surface; `null` while that surface is not configured. */
export async function messengerFor(core: Core, workspaceId: string): Promise<Messenger | null> {
  const workspace = await core.stores.workspaces.get(workspaceId);
  return (workspace && core.messengers.get(workspace.surface)) ?? null;
}

/** A row as a messenger gets it. The key stays the same over all attempts, so that it can be found. */
export function outgoing(row: OutboxRow): OutgoingMessage {
  const { workspace, target, card, files } = row;
  return { workspace, target, key: keyOf(row), card, files };
}

/** The id alone would come again in a database that was restored from a backup, and find a message from before. */
export function keyOf({ id, createdAt }: Pick<OutboxRow, 'id' | 'createdAt'>): string {
  return `out-${id}-${fromInstant(createdAt).toString(36)}`;
}

/** What a messenger throws that is no `DeliveryError` says nothing about the message: perhaps it was taken. */
export function asDeliveryError(error: unknown): DeliveryError {
  return error instanceof DeliveryError ? error : new DeliveryError('doubtful', 'unknown_error');
}

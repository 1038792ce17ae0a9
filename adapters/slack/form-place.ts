import type { Vault } from '../../src/secrets.js';
import type { Asker } from './asker.js';

/** Where a form was opened, which its submission does not say. */
export interface FormPlace {
  readonly formId: string;
  readonly channelId: string | null;
  readonly channelName: string | null;
  readonly responseUrl: string | null;
  readonly threadTs: string | null;
}

/** Sealed for one person in one workspace: what comes back in `private_metadata` could otherwise be anybody's guess. */
export function sealPlace(vault: Vault, asker: Asker, formId: string): string {
  const { channelId, channelName, responder, threadTs } = asker;
  const place: FormPlace = { formId, channelId, channelName, threadTs, responseUrl: responder?.url ?? null };
  return vault.seal(JSON.stringify(place), where(asker.workspace, asker.userId));
}

/** `null` for what was not sealed for this person here. */
export function openPlace(vault: Vault, workspace: string, userId: string, sealed: string): FormPlace | null {
  try {
    return JSON.parse(vault.open(sealed, where(workspace, userId))) as FormPlace;
  } catch {
    return null;
  }
}

function where(workspace: string, userId: string) {
  return { workspace, table: 'forms', row: userId, column: 'place' };
}

import type { Caller, Command } from './command.js';
import type { Offer } from './offers/offer.js';
import type { Core } from './ports.js';

/**
 * What a command is about, in words that are safe to keep: what a person typed may be a pasted URL, so only what was
 * recognised is named.
 */
export function subjectOf(
  caller: Caller,
  offer: Offer | null,
  options: Readonly<Record<string, string>>,
): string {
  if (offer) return `offer ${offer.number}`;
  const incident = /^#?(\d{1,9})$/.exec(options.incident ?? '')?.[1];
  return incident ? `incident ${incident}` : caller.channel.name;
}

/** Writes a change, or a refusal, into the audit log. */
export async function recordAudit(
  core: Core,
  command: Command,
  caller: Caller,
  subject: string,
  outcome: 'done' | 'refused' | 'failed',
): Promise<void> {
  await core.stores.audit.add({
    workspace: caller.workspace,
    at: core.clock.now(),
    userId: caller.user.id,
    userName: caller.user.name,
    action: command.name,
    subject: subject.slice(0, 80),
    outcome,
  });
}

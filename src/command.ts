import type { z } from 'zod';
import type { Attachment, Card } from './card.js';
import type { Core } from './ports.js';

/** Who is asking, where. Ids come from the surface's signed request and are text everywhere. */
export interface Caller {
  readonly workspace: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly channel: { readonly id: string; readonly name: string };
  /** The surface's own word: guests may look at nothing and change nothing. */
  readonly isGuest: boolean;
  /** The surface's own word: owns or administers the workspace there. */
  readonly isSurfaceAdmin: boolean;
}

/**
 * Who may run a command. `owner`: the command has an `offer` option, and only that offer's owner and admins pass.
 * `figures`: members of the offer's channel, its owner, admins (without an offer, the command filters by itself).
 */
export type Access = 'member' | 'figures' | 'owner' | 'admin';

/** What a command answers with. */
export interface Answer {
  readonly card: Card;
  readonly files?: readonly Attachment[];
  /** True when nothing was changed yet because the answer asks first: the audit log leaves it out. */
  readonly unchanged?: boolean;
  /** What the audit log calls the thing that was changed, where no option names it: `offer 3`. */
  readonly about?: string;
}

export interface CommandContext {
  readonly core: Core;
  readonly caller: Caller;
  /** Shows a card in place of the answer while work goes on; may be dropped by the surface. */
  readonly progress: (card: Card) => void;
}

/** A command, declared once: every surface's registration, parsing, forms, completion and help come from it. */
export interface Command<S extends z.ZodObject = z.ZodObject> {
  /** `offer add`: group and subcommand. */
  readonly name: string;
  readonly summary: string;
  /** `caller`: only the person who asked sees the answer. Discord fixes this with its first answer, so it is declared. */
  readonly audience: 'caller' | 'channel';
  readonly access: Access;
  readonly options: S;
  /** Complete lines a person could type, without the slash's help text. */
  readonly examples: readonly string[];
  /** True: this command changes something and goes into the audit log. */
  readonly changes?: boolean;
  run(options: z.output<S>, context: CommandContext): Promise<Card | Answer>;
}

export function defineCommand<S extends z.ZodObject>(command: Command<S>): Command {
  return command as unknown as Command;
}

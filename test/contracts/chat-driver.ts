import type { Messenger, OutgoingMessage } from '../../src/delivery/outbox.js';

/** The people and places that every driver knows. `guest` is a guest of the surface, `ann` a member. */
export type Person = 'ann' | 'bob' | 'guest';
export const casino = '#casino';

export interface ShownForm {
  readonly title: string;
  /** `value` is what stands in the field when the form opens. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** What stands in red beside a field. */
  readonly errors?: readonly string[];
}

export interface ShownFile {
  readonly name: string;
  readonly content: string;
}

/** A file as a person chooses it. */
export interface ChosenText {
  readonly name: string;
  readonly content: string | Uint8Array;
}

export interface PostedText {
  readonly id: string;
  readonly text: string;
}

/**
 * A chat product's far side as a test sees it: people type and press, and everything is read back as the plain text
 * that a person would read. Every call resolves once the surface has done all that follows from it.
 */
export interface ChatDriver {
  readonly workspace: string;
  readonly messenger: Messenger;
  /** False for a surface that asks line by line: `form` then shows the one field that is asked for now. */
  readonly hasForms: boolean;
  /** False for a surface that knows no guests. */
  readonly hasGuests: boolean;
  /** False for a surface with one reader: an answer for everybody is read by whoever asked. */
  readonly hasAudience: boolean;
  /** Types `/offer list` in the channel. */
  type(line: string, as?: Person): Promise<void>;
  /** Hands a file over where the command takes many lines, in the surface's own way. */
  handOver(line: string, file: ChosenText, as?: Person): Promise<void>;
  /** The form that is open before a person. */
  form(as?: Person): ShownForm | null;
  submit(values: Readonly<Record<string, string>>, as?: Person): Promise<void>;
  /** Presses the newest button with this label that the person can see. */
  press(label: string, as?: Person): Promise<void>;
  /** What only this person saw, oldest first: ephemeral answers, direct messages. */
  privately(as?: Person): readonly string[];
  /** Messages of the channel as they stand now, threads included. */
  publicly(): readonly PostedText[];
  /** Files that this person was given privately. */
  files(as?: Person): readonly ShownFile[];
  /** Mentions and masked links that the product would act on, over everything shown. */
  actedOn(): readonly string[];
  /** Bodies that the product refused as ill-formed. */
  refused(): readonly string[];
  /** Everything that has left us for the product, as text. */
  sent(): string;
  /** The surface's own id of a person or the channel, for a message's target. */
  target(of: Person | typeof casino): OutgoingMessage['target'];
}

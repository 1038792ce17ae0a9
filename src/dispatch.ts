import type { Attachment, Card, DrawnCard } from './card.js';
import type { Caller, Command } from './command.js';
import type { OptionField } from './options.js';

/** A command as a surface understood it: options are raw text by name. */
export interface Invocation {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  readonly caller: Caller;
}

/** A finished answer. `private`: only the caller may see it. */
export interface Reply {
  readonly ok: boolean;
  readonly private: boolean;
  readonly card: DrawnCard;
  readonly files: readonly Attachment[];
}

/** A form made from a command's options. `value` is filled in where it is known and no secret. */
export interface FormField extends OptionField {
  readonly value?: string;
}

export interface Form {
  /** Hand it back with the values to `submit`; holds no state itself. */
  readonly id: string;
  readonly command: string;
  readonly title: string;
  readonly submitLabel: string;
  readonly fields: readonly FormField[];
}

/**
 * The first, quick answer (no network, a few database reads): either a form to show, or work to run.
 * A surface acknowledges with the privacy it is told, then calls `run` and shows the reply. `run` never throws.
 */
export type Prepared =
  | { readonly kind: 'form'; readonly form: Form }
  | {
      readonly kind: 'run';
      readonly private: boolean;
      run(progress?: (card: Card) => void): Promise<Reply>;
    };

export interface Choice {
  readonly label: string;
  readonly value: string;
}

/** The only way to run a command. `canShowForm`: the surface can show a form right now as its first answer. */
export interface Dispatch {
  readonly commands: readonly Command[];
  prepare(invocation: Invocation, canShowForm: boolean): Promise<Prepared>;
  /** A typed line, `/offer add https://… name:"Lucky Star"`. */
  prepareLine(line: string, caller: Caller, canShowForm: boolean): Promise<Prepared>;
  press(buttonId: string, caller: Caller, canShowForm: boolean): Promise<Prepared>;
  submit(formId: string, values: Readonly<Record<string, string>>, caller: Caller): Promise<Prepared>;
  /** Completion of an option's value; at most 25 choices. */
  complete(command: string, option: string, typed: string, caller: Caller): Promise<readonly Choice[]>;
}

import type { SealedPlace } from './secrets.js';

/** A sealed text and where it lives. */
export interface SealedText {
  readonly place: SealedPlace;
  readonly sealed: string;
}

/** Every sealed text of the database, for changing keys. */
export interface SealedStore {
  /** Some of the texts that begin with none of these marks (see `sealMark`), at most `limit`. Forgotten ones are left out. */
  withoutMarks(marks: readonly string[], limit: number): Promise<readonly SealedText[]>;
  /** Puts `sealed` in the text's place, if the text is still there. */
  replace(text: SealedText, sealed: string): Promise<void>;
  /** Gives up a text that nobody can open: what can be pasted again becomes empty, buttons go. */
  forget(text: SealedText): Promise<void>;
}

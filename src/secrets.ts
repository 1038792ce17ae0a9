/** Where a sealed text lives; it opens only there. */
export interface SealedPlace {
  readonly workspace: string;
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

/** Seals what must not be read from a stolen database. */
export interface Vault {
  /** AES-256-GCM, bound to purpose, key id and place. */
  seal(text: string, place: SealedPlace): string;
  /** Throws when the text was sealed elsewhere, was tampered with, or its key is missing. */
  open(sealed: string, place: SealedPlace): string;
  /** A keyed hash: equal for equal texts, useless without the key. */
  fingerprint(text: string): string;
  /** A random id that cannot be guessed, for buttons and forms (22 characters). */
  randomId(): string;
}

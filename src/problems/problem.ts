/** A coded thing that is wrong, with its fix. Codes never change meaning. */
export interface Problem {
  /** `area.name`, such as `affilka.group-by-missing`. */
  readonly code: string;
  /** One sentence, ends in a full stop. */
  readonly what: string;
  /** Why it matters, in a sentence or two. */
  readonly why: string;
  /** Steps in the order to take them; each begins with a verb. */
  readonly fix: readonly string[];
}

/** A problem found with a URL. Errors stop an offer from being added, warnings do not. */
export interface Finding extends Problem {
  readonly severity: 'error' | 'warning';
  /** True when the bot can mend it by editing the URL. */
  readonly mendable: boolean;
}

/** Thrown by whatever a problem stops. `later` may pass by itself, `never` will not. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly problem: Problem,
    readonly retry: 'never' | 'later' = 'never',
    /** What the far side asked us to wait, in milliseconds. */
    readonly retryAfterMs?: number,
  ) {
    super(problem.code);
  }
}

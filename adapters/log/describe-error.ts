/** What a log tells of an error. `message` is left out where it holds an address or a query: those carry tokens. */
export interface ErrorDescription {
  readonly name: string;
  readonly code?: string;
  readonly message?: string;
  /** The frames alone: the head of a stack repeats the message. */
  readonly stack: string;
  readonly cause?: ErrorDescription;
}

const deepestCause = 3;

export function describeError(error: Error, depth = 0): ErrorDescription {
  const code = 'code' in error ? String(error.code) : undefined;
  const cause = error.cause instanceof Error && depth < deepestCause ? error.cause : null;
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    ...(holdsAddress(error.message) ? {} : { message: error.message }),
    stack: framesOf(error),
    ...(cause ? { cause: describeError(cause, depth + 1) } : {}),
  };
}

function holdsAddress(message: string): boolean {
  return /:\/\/|%3A%2F|www\.|[?&][\w[\]-]+=/i.test(message);
}

function framesOf(error: Error): string {
  const head = `${error.name}: ${error.message}`;
  const stack = error.stack ?? '';
  const rest = stack.startsWith(head) ? stack.slice(head.length) : stack;
  return rest
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .join('\n');
}

/** Refusals that a command finds by itself, because only it knows what it is about. */
const foundLater: ReadonlySet<string> = new Set(['incident.not-yours', 'digest.other-channel']);

/** True when an answer says nothing but that the caller may not do that. */
export function isRefusal(problems: readonly string[]): boolean {
  return problems.length > 0 && problems.every((code) => code.startsWith('access.') || foundLater.has(code));
}

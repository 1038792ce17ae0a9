/** True for what is our fault and says nothing about a source: never an incident of an offer. */
export function isOwnFault(code: string): boolean {
  return code.startsWith('own.') || code.startsWith('database.');
}

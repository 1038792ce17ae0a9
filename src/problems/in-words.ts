/** `a, b and c`. */
export function inWords(items: readonly string[], joint = 'and'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${joint} ${last}`;
}

const dateWords: Readonly<Record<string, string>> = { from: 'start date (from)', to: 'end date (to)' };

/** `start date (from) and no end date (to)`, to follow "no". */
export function missingDates(keys: readonly string[]): string {
  return inWords(
    keys.map((key) => dateWords[key] ?? key),
    'and no',
  );
}

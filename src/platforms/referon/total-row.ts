const totalLabel = /^(grand|sub|overall)?[\s-]?totals?\s*:?$|^(sum|summary|итого|всего)\s*:?$/i;

export function isTotalLabel(text: string): boolean {
  return totalLabel.test(text.trim());
}

/**
 * True for a row of sums. `day` is the text of the day cell, `null` where the report has no days; `groups` holds one text
 * for each thing the report is split by, widest first. A brand may well be called "Total", so the word alone makes
 * no sum of a row that names its day and its campaign.
 */
export function isTotalRow(day: string | null, groups: readonly string[]): boolean {
  if (day !== null && isTotalLabel(day)) return true;
  const names = groups.filter((text) => text !== '' && !isTotalLabel(text));
  if (day === '') return names.length < groups.length || groups.length === 0;
  if (names.length === 0) return groups.some(isTotalLabel) || (day === null && groups.length > 0);
  return isTotalLabel(groups.at(-1) ?? '');
}

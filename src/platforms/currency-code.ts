/** Where a source names no currency. */
export const noCurrency = 'N/A';

/** A currency cell as a code: `eur` → `EUR`, nothing → `N/A`, `undefined` for what cannot be a code. */
export function currencyCode(value: unknown): string | undefined {
  if (value === null || value === undefined) return noCurrency;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text === '' || text === '-' || /^n\/?a$/i.test(text)) return noCurrency;
  if (/^[a-z]{3,5}$/i.test(text) && text === text.toLowerCase()) return text.toUpperCase();
  return /^[A-Za-z0-9][A-Za-z0-9._/-]{1,15}$/.test(text) ? text : undefined;
}

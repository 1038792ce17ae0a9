/** A name or id from a report as text: trimmed, half a character replaced, `''` for what names nothing. */
export function nameText(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return '';
  return value.replace(/\p{Cs}/gu, '\ufffd').trim();
}

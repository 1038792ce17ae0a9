/** Whole pairs match too: most names have neither. */
const halves = /[\ud800-\udfff]/;

/** A name or id from a report as text: trimmed, half a character replaced, `''` for what names nothing. */
export function nameText(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return '';
  return (halves.test(value) ? value.replace(/\p{Cs}/gu, '\ufffd') : value).trim();
}

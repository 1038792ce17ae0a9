/** Whole pairs match too: most names have neither. A zero byte is in no name, and Postgres keeps none. */
const halves = /[\ud800-\udfff\0]/;

/** A name or id from a report as text: trimmed, half a character or a zero byte replaced, `''` for what names nothing. */
export function nameText(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return '';
  return (halves.test(value) ? value.replace(/[\p{Cs}\0]/gu, '\ufffd') : value).trim();
}

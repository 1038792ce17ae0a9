/**
 * Code points that a terminal draws two columns wide: East Asian Width W and F (Unicode 14 to 16, gaps closed).
 * Where terminals differ the wider reading is taken, so that a line is never too long.
 */
const wideRanges: readonly (readonly [number, number])[] =
  `1100-115f 231a-231b 2329-232a 23e9-23ec 23f0-23f0 23f3-23f3 25fd-25fe 2614-2615 2630-2637 2648-2653 267f-267f
  268a-268f 2693-2693 26a1-26a1 26aa-26ab 26bd-26be 26c4-26c5 26ce-26ce 26d4-26d4 26ea-26ea 26f2-26f3 26f5-26f5
  26fa-26fa 26fd-26fd 2705-2705 270a-270b 2728-2728 274c-274c 274e-274e 2753-2755 2757-2757 2795-2797 27b0-27b0
  27bf-27bf 2b1b-2b1c 2b50-2b50 2b55-2b55 2e80-303e 3041-a4cf a960-a97f ac00-d7a3 f900-faff fe10-fe19 fe30-fe6f
  ff01-ff60 ffe0-ffe6 16fe0-1b2ff 1d300-1d376 1f004-1f004 1f0cf-1f0cf 1f18e-1f18e 1f191-1f19a 1f200-1f320
  1f32d-1f335 1f337-1f37c 1f37e-1f393 1f3a0-1f3ca 1f3cf-1f3d3 1f3e0-1f3f0 1f3f4-1f3f4 1f3f8-1f43e 1f440-1f440
  1f442-1f4fc 1f4ff-1f53d 1f54b-1f54e 1f550-1f567 1f57a-1f57a 1f595-1f596 1f5a4-1f5a4 1f5fb-1f64f 1f680-1f6c5
  1f6cc-1f6cc 1f6d0-1f6d2 1f6d5-1f6df 1f6eb-1f6ef 1f6f4-1f6ff 1f7e0-1f7ff 1f90c-1f93a 1f93c-1f945 1f947-1f9ff
  1fa70-1faff 20000-3fffd`
    .split(/\s+/)
    .map((range) => range.split('-').map((end) => Number.parseInt(end, 16)))
    .map(([from = 0, to = 0]) => [from, to] as const);

/** Marks that sit on the letter before them, and Hangul vowels and finals that join it. */
const noWidth = /^[\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7ff]$/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function codePointWidth(character: string): number {
  if (noWidth.test(character)) return 0;
  const code = character.codePointAt(0) ?? 0;
  return wideRanges.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

/** Columns that a safe text takes in a terminal. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += character < '\u0300' ? 1 : codePointWidth(character);
  return width;
}

/** The longest beginning of a text that fits, never half a letter. */
export function takeWidth(text: string, width: number): string {
  if (text.length <= width && /^[\x20-\x7e]*$/.test(text)) return text;
  let taken = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += displayWidth(segment);
    if (used > width) return taken;
    taken += segment;
  }
  return taken;
}

/** Cuts what does not fit and says so with `…`. */
export function fitWidth(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${takeWidth(text, Math.max(0, width - 1)).trimEnd()}…`;
}

export function padWidth(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + space : space + text;
}

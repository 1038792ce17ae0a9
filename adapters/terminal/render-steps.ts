import type { Block } from '../../src/card.js';
import { displayWidth, padWidth } from './display-width.js';
import { limits } from './limits.js';
import type { Paint } from './paint.js';
import { safeLine, safeLines } from './safe-text.js';
import { wrapHanging, wrapLine } from './wrap-text.js';

type Steps = Extract<Block, { type: 'steps' }>;

/** One thing that is wrong: its number (when there are several), what, its code at the right, why, then the steps. */
export function renderSteps(steps: Steps, number: number | null, width: number, paint: Paint): string[] {
  const lead = number === null ? '' : `${String(number).padStart(2)}  `;
  const indent = ' '.repeat(number === null ? 2 : lead.length);
  const inner = width - indent.length;
  const why = steps.text ? safeLines(steps.text, limits.text).flatMap((line) => wrapLine(line, inner)) : [];
  const jobs = steps.steps.flatMap((step, index) => {
    const mark = steps.steps.length === 1 ? '→ ' : `${index + 1}. `;
    return wrapHanging(mark, safeLines(step, limits.text), inner);
  });
  return [
    ...titleLines(steps, lead, width, paint),
    ...[...why, ...jobs].map((line) => (indent + line).trimEnd()),
  ];
}

function titleLines(steps: Steps, lead: string, width: number, paint: Paint): string[] {
  const title = safeLine(steps.title, limits.text);
  const code = safeLine(steps.code ?? '', limits.label);
  const room = width - lead.length;
  const codeWidth = displayWidth(code);
  const indent = ' '.repeat(lead.length);
  const lines = (texts: readonly string[]) =>
    texts.map((line, index) => (index === 0 ? lead : indent) + paint('bold', line));
  if (code === '') return lines(wrapLine(title, room));
  if (codeWidth > room / 2) {
    const right = wrapLine(code, room).map((line) => paint('dim', padWidth(line, width, 'right')));
    return [...lines(wrapLine(title, room)), ...right];
  }
  const [first = '', ...rest] = wrapLine(title, room - codeWidth - 2);
  const space = ' '.repeat(room - displayWidth(first) - codeWidth);
  return [
    `${lead}${paint('bold', first)}${space}${paint('dim', code)}`,
    ...rest.map((line) => indent + paint('bold', line)),
  ];
}

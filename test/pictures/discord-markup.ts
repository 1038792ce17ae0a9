import { numbered } from './numbered.js';
import { boxed, type Piece, paragraph, type Run, stack } from './piece.js';

const ink = '#dbdee1';
const body = { size: 15, lineHeight: 21, colour: ink } as const;

/** The part of Discord's markup that Tallyman writes: headings, small print, code, lists, bold, escaped signs. */
export function discordMarkup(text: string, width: number): Piece {
  const parts = text.split(/(^```\n[\s\S]*?\n```$)/m).filter((part) => part.trim() !== '');
  return stack(
    parts.flatMap((part) => {
      const code = /^```\n([\s\S]*?)\n```$/.exec(part)?.[1];
      if (code !== undefined) return [codeBlock(code, width)];
      return part
        .replace(/^\n|\n$/g, '')
        .split('\n')
        .map((line) => markupLine(line, width));
    }),
    2,
  );
}

function markupLine(line: string, width: number): Piece {
  const heading = /^### (.*)$/.exec(line)?.[1];
  if (heading !== undefined) {
    const style = { ...body, size: 17, lineHeight: 25, colour: '#f2f3f5', bold: true, width };
    return paragraph(runsOf(heading), style);
  }
  const small = /^-# (.*)$/.exec(line)?.[1];
  if (small !== undefined) {
    return paragraph(runsOf(small), { size: 13, lineHeight: 18, colour: '#a5a8b0', width });
  }
  const [, number, step] = /^(\d+)\. (.*)$/.exec(line) ?? [];
  if (number !== undefined && step !== undefined) {
    return numbered(number, runsOf(step), { ...body, width });
  }
  return paragraph(runsOf(line), { ...body, width });
}

/** `**bold**`, `<https://…>` as a link, and every sign after a backslash as itself. */
function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  let bold = false;
  for (const [whole, escaped, star, link] of line.matchAll(/\\(.)|(\*\*)|<(https:[^>]+)>|[\s\S]/gu)) {
    if (star) {
      bold = !bold;
      continue;
    }
    const last = runs.at(-1);
    const text = escaped ?? link ?? whole;
    if (link) runs.push({ text, colour: '#00a8fc' });
    else if (last && Boolean(last.bold) === bold && !last.colour)
      runs[runs.length - 1] = { ...last, text: last.text + text };
    else runs.push({ text, ...(bold ? { bold } : {}) });
  }
  return runs;
}

function codeBlock(code: string, width: number): Piece {
  const style = { size: 12.5, lineHeight: 18, colour: ink, fixed: true, width: width - 20 };
  const look = 'rx="4" fill="#1e1f22" stroke="#3a3c41"';
  return boxed(paragraph([{ text: code }], style), { x: 10, y: 7, width, look });
}

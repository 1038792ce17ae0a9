import type { types } from '@slack/bolt';
import { buttonRow } from './button-row.js';
import { letters, widthOf } from './letters.js';
import { numbered } from './numbered.js';
import { box, boxed, type Piece, paragraph, type Run, stack } from './piece.js';

const ink = '#1d1c1d';
const muted = '#616061';
const rule = '#dddddd';
const body = { size: 15, lineHeight: 22, colour: ink } as const;

export interface SlackPost {
  readonly place: string;
  readonly time: string;
  readonly blocks: readonly types.KnownBlock[];
  readonly isEdited?: boolean;
}

/** Charts by the id of their uploaded file. */
export type Charts = ReadonlyMap<string, (width: number) => Piece>;

export const slackPaper = '#ffffff';

/** A message as Slack's client shows it, drawn from its blocks alone. */
export function slackPost(post: SlackPost, width: number, charts: Charts): Piece {
  const left = 48;
  const room = width - left;
  const content = stack(
    post.blocks.map((block) => drawBlock(block, room, charts)),
    8,
  );
  const name: Run[] = [
    { text: 'Tallyman ', bold: true },
    { text: ' APP ', colour: muted, box: 'fill="#e8e8e8"' },
    { text: `  ${post.time} · ${post.place}${post.isEdited ? ' · (edited)' : ''}`, colour: muted },
  ];
  const head = paragraph(name, { ...body, size: 14, width: room });
  return {
    height: head.height + 4 + content.height,
    draw: (x, y) => avatar(x, y) + head.draw(x + left, y) + content.draw(x + left, y + head.height + 4),
  };
}

function avatar(x: number, y: number): string {
  const style = { size: 20, bold: true, colour: '#ffffff' };
  return box(x, y + 2, 36, 36, 'rx="6" fill="#1f3a34"') + letters('T', x + 12, y + 27, style);
}

function drawBlock(block: types.KnownBlock, width: number, charts: Charts): Piece {
  switch (block.type) {
    case 'header':
      return paragraph([{ text: block.text.text, bold: true }], { ...body, size: 18, lineHeight: 26, width });
    case 'context':
      return stack(block.elements.map((element) => drawMuted(element, width)));
    case 'rich_text':
      return stack(
        block.elements.map((element) => drawRich(element, width)),
        4,
      );
    case 'table':
      return drawTable(block, width);
    case 'actions':
      return drawButtons(block, width);
    case 'image':
      return drawImage(block, width, charts);
    default:
      throw new Error(`no picture for a block of type ${block.type}`);
  }
}

function drawMuted(element: types.ContextBlock['elements'][number], width: number): Piece {
  if (element.type !== 'plain_text') throw new Error(`no picture for ${element.type} in a context`);
  return paragraph([{ text: element.text }], { size: 13, lineHeight: 18, colour: muted, width });
}

function drawRich(part: types.RichTextBlock['elements'][number], width: number): Piece {
  switch (part.type) {
    case 'rich_text_section':
      return paragraph(part.elements.map(runOf), { ...body, width });
    case 'rich_text_preformatted': {
      const text = part.elements.map((element) => runOf(element).text).join('');
      const style = { size: 12.5, lineHeight: 18, colour: ink, fixed: true, width: width - 24 };
      return boxed(paragraph([{ text }], style), {
        x: 12,
        y: 8,
        width,
        look: `rx="4" fill="#f8f8f8" stroke="${rule}"`,
      });
    }
    case 'rich_text_list':
      return stack(
        part.elements.map((item, index) =>
          numbered(String(index + 1), item.elements.map(runOf), { ...body, width }),
        ),
      );
    default:
      throw new Error(`no picture for ${part.type}`);
  }
}

function runOf(element: types.RichTextElement): Run {
  if (element.type === 'link') return { text: element.text ?? element.url, colour: '#1264a3' };
  if (element.type !== 'text') throw new Error(`no picture for ${element.type} in a text`);
  const { text, style } = element;
  if (style?.code) return { text, fixed: true, colour: '#c01343', box: `fill="#f8f8f8" stroke="${rule}"` };
  return { text, ...(style?.bold ? { bold: true } : {}) };
}

const cellPadding = 9;
const rowHeight = 30;

function drawTable({ rows, column_settings: settings }: types.TableBlock, width: number): Piece {
  const texts = rows.map((row) => row.map((cell) => ('text' in cell ? String(cell.text) : '')));
  const style = (row: number) => ({ size: 13, colour: ink, bold: row === 0 });
  const columns = (texts[0] ?? []).map((_, column) =>
    Math.max(...texts.map((row, index) => widthOf(row[column] ?? '', style(index)) + 2 * cellPadding)),
  );
  const total = columns.reduce((sum, own) => sum + own, 0);
  if (total > width) throw new Error(`a table of ${Math.ceil(total)} does not fit in ${width}`);
  return {
    height: rows.length * rowHeight,
    draw: (x, y) =>
      box(x, y, total, rowHeight, 'fill="#f8f8f8"') +
      texts
        .map((row, index) => {
          let left = x;
          const top = y + index * rowHeight;
          return row
            .map((text, column) => {
              const own = columns[column] ?? 0;
              const isRight = settings?.[column]?.align === 'right';
              const start = isRight
                ? left + own - cellPadding - widthOf(text, style(index))
                : left + cellPadding;
              const drawn =
                box(left, top, own, rowHeight, `fill="none" stroke="${rule}"`) +
                letters(text, start, top + 20, style(index));
              left += own;
              return drawn;
            })
            .join('');
        })
        .join(''),
  };
}

function drawButtons(block: types.ActionsBlock, width: number): Piece {
  const looks = {
    primary: { colour: '#ffffff', look: 'fill="#007a5a"' },
    danger: { colour: '#ffffff', look: 'fill="#e01e5a"' },
  };
  const plain = { colour: ink, look: 'fill="#ffffff" stroke="#bbbbbb"' };
  const buttons = block.elements.map((element) => {
    if (element.type !== 'button') throw new Error(`no picture for ${element.type} among buttons`);
    return { label: element.text.text, ...(element.style ? looks[element.style] : plain) };
  });
  return buttonRow(buttons, width);
}

function drawImage(block: types.ImageBlock, width: number, charts: Charts): Piece {
  const id = 'slack_file' in block && 'id' in block.slack_file ? block.slack_file.id : '';
  const chart = charts.get(String(id));
  if (!chart) throw new Error(`no chart ${id}`);
  const title = paragraph([{ text: block.title?.text ?? '' }], {
    size: 13,
    lineHeight: 20,
    colour: muted,
    width,
  });
  return stack([title, chart(Math.min(width, 560))], 4);
}

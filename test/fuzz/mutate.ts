import type { RandomSource } from './random-source.js';

/** Texts that mean something to a reader of reports, or nearly so. */
const tokens = [
  ...[
    '0',
    '-0',
    '1',
    '-1',
    '12',
    '1200',
    '1,200',
    '1.200',
    '1,20',
    '12.5',
    '12,5',
    '1.234,56',
    '1,234.56',
    '1 234',
  ],
  ...[
    '12,34,567',
    '(12.00)',
    '12-',
    '+5',
    '.5',
    '5.',
    '1e3',
    '1E-2',
    '0x10',
    '1_000',
    '٣',
    '１２',
    '½',
    '−12',
    "1'200",
  ],
  ...[
    '999999999999999999999',
    '9007199254740993',
    '0.1234567890123',
    '1.005',
    '2.00005',
    'NaN',
    'Infinity',
    'null',
  ],
  ...[
    'true',
    '""',
    '" "',
    '"-"',
    '"n/a"',
    '"N/A"',
    '"12.50"',
    '"1,250"',
    '"five"',
    '€5',
    '$5',
    '5 EUR',
    'USD',
    'usd',
  ],
  ...[
    'Total',
    'Grand total',
    '2026-11-18',
    '2026-11-19',
    '19/11/2026',
    '11/12/2026',
    '19.11.2026',
    '2026-13-01',
  ],
  ...[
    '2026-11-19T23:59:59-05:00',
    '20261119',
    '45980',
    '[]',
    '{}',
    '[1]',
    '{"amount":"3.00"}',
    '{"amount_cents":"300"}',
  ],
  ...[
    '\u200b',
    '\u202e',
    '\ufeff',
    '\u00a0',
    '\0',
    '\\u0000',
    '\\ud800',
    '"',
    "'",
    ',',
    ';',
    '\t',
    '\n',
    '\r\n',
    '|',
    ':',
    '=',
  ],
  ...[
    '"ngr"',
    '"date"',
    '"currency"',
    'NGR',
    'FTD Count',
    'Date',
    'Currency',
    '__proto__',
    'constructor',
    'toString',
  ],
];

const tokenPattern = /"(?:[^"\\]|\\.)*"|[-\w.]+|[^\s\w]/g;

type Mutation = (text: string, random: RandomSource) => string;

function splice(text: string, from: number, length: number, put: string): string {
  return text.slice(0, from) + put + text.slice(from + length);
}

/** A random token of the text, by its place. */
function placeOf(text: string, random: RandomSource): { at: number; length: number } {
  const near = random.below(text.length);
  tokenPattern.lastIndex = Math.max(0, near - 12);
  let found = tokenPattern.exec(text);
  while (found && found.index + found[0].length <= near) found = tokenPattern.exec(text);
  return found ? { at: found.index, length: found[0].length } : { at: near, length: 1 };
}

function onLines(change: (lines: string[], random: RandomSource) => void): Mutation {
  return (text, random) => {
    const split = text.includes('\n') ? '\n' : '},{';
    const lines = text.split(split);
    change(lines, random);
    return lines.join(split);
  };
}

function onColumns(change: (cells: string[], column: number, random: RandomSource) => void): Mutation {
  return (text, random) => {
    const mark = text.split('\n', 1)[0]?.includes(';') ? ';' : ',';
    const lines = text.split('\n');
    const column = random.below((lines[0] ?? '').split(mark).length);
    const only = random.below(3) === 0 ? random.below(lines.length) : -1;
    return lines
      .map((line, index) => {
        if (only >= 0 && index !== only) return line;
        const cells = line.split(mark);
        change(cells, column, random);
        return cells.join(mark);
      })
      .join('\n');
  };
}

const byteLevel: readonly Mutation[] = [
  (text, random) => splice(text, random.below(text.length), 1, String.fromCharCode(random.below(128))),
  (text, random) => splice(text, random.below(text.length), 1, ''),
  (text, random) => splice(text, random.below(text.length), 0, String.fromCharCode(32 + random.below(95))),
  (text, random) => splice(text, random.below(text.length), 0, String(random.below(10))),
  (text, random) =>
    splice(text, random.below(text.length), 1, random.pick(['.', ',', '-', ' ', '0', '"', '\n'])),
  (text, random) => splice(text, random.below(text.length), 1, String.fromCharCode(random.below(0x10000))),
  (text, random) => text.slice(0, random.below(text.length)),
  (text, random) => text.slice(random.below(text.length)),
  (text, random) => splice(text, random.below(text.length), random.below(40), ''),
  (text, random) => {
    const from = random.below(text.length);
    const piece = text.slice(from, from + 1 + random.below(60));
    return splice(text, random.below(text.length), 0, piece);
  },
];

const tokenLevel: readonly Mutation[] = [
  (text, random) => {
    const { at, length } = placeOf(text, random);
    return splice(text, at, length, random.pick(tokens));
  },
  (text, random) => {
    const { at, length } = placeOf(text, random);
    return splice(text, at, length, `"${random.pick(tokens).replaceAll('"', '')}"`);
  },
  (text, random) => splice(text, placeOf(text, random).at, 0, random.pick(tokens)),
  (text, random) => {
    const { at, length } = placeOf(text, random);
    return splice(text, at, length, '');
  },
  (text, random) => {
    const from = placeOf(text, random);
    const to = placeOf(text, random);
    return splice(text, to.at, to.length, text.slice(from.at, from.at + from.length));
  },
];

const structureLevel: readonly Mutation[] = [
  onLines((lines, random) => lines.splice(random.below(lines.length), 1)),
  onLines((lines, random) => lines.splice(random.below(lines.length), 0, random.pick(lines))),
  onLines((lines, random) => {
    const from = random.below(lines.length);
    const [line = ''] = lines.splice(from, 1);
    lines.splice(random.below(lines.length + 1), 0, line);
  }),
  onLines((lines) => lines.push(lines.at(-1) ?? '')),
  onLines((lines, random) => lines.splice(random.below(lines.length), 0, '')),
  onColumns((cells, column) => cells.splice(column, 1)),
  onColumns((cells, column) => cells.splice(column, 0, cells[column] ?? '')),
  onColumns((cells, column, random) => {
    const other = random.below(cells.length);
    [cells[column], cells[other]] = [cells[other] ?? '', cells[column] ?? ''];
  }),
  onColumns((cells, column, random) => {
    cells[column] = random.pick(tokens);
  }),
  onColumns((cells, column, random) => {
    const cell = cells[column] ?? '';
    const changed = [
      `"${cell}"`,
      ` ${cell} `,
      cell.replace('.', ','),
      cell.replace(/(\d)(\d{3})\b/, '$1,$2'),
      `${cell} EUR`,
    ];
    cells[column] = random.pick(changed);
  }),
];

/** One to three changes at the level of bytes, tokens or structure. */
export function mutate(text: string, random: RandomSource): string {
  let changed = text;
  const times = 1 + random.below(3);
  for (let time = 0; time < times && changed !== ''; time += 1) {
    changed = random.pick(random.pick([byteLevel, tokenLevel, structureLevel]))(changed, random);
  }
  return changed;
}

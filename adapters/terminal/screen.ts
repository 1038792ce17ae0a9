import type { Writable } from 'node:stream';
import type { Attachment, Card, ChartData, DrawnCard } from '../../src/card.js';
import type { Target } from '../../src/delivery/outbox.js';
import type { Reply } from '../../src/dispatch.js';
import type { ChartRenderer } from '../../src/ports.js';
import { fileNotSaved } from '../../src/problems/terminal.js';
import { type Choices, createChoices } from './choices.js';
import { fitWidth } from './display-width.js';
import { jsonLine } from './json-line.js';
import { limits } from './limits.js';
import { painter } from './paint.js';
import { problemReply } from './problem-reply.js';
import { buttonsOf, renderCard } from './render.js';
import { safeLine } from './safe-text.js';
import { saveFile } from './save-file.js';
import { wrapHanging } from './wrap-text.js';

/** What stands at the bottom of the screen while somebody types; it steps aside for what is printed. */
export interface LivePrompt {
  hide(): void;
  show(): void;
}

/** A post or direct message; `isUpdate`: a message with this id was printed before. */
export interface ScreenMessage {
  readonly target: Target;
  readonly id: string;
  readonly card: DrawnCard;
  readonly files: readonly Attachment[];
  readonly isUpdate: boolean;
}

export interface ScreenOptions {
  readonly output: Writable;
  /** Where short notes go with `json`, so that standard output holds objects alone. */
  readonly errorOutput: Writable;
  readonly json: boolean;
  /** True when a person looks at it and lines may be redrawn in place. */
  readonly interactive: boolean;
  readonly colour: boolean;
  /** Attachments are saved here. */
  readonly filesFolder: string;
  readonly charts: ChartRenderer;
}

/** The one place that writes to the terminal: answers, posts, direct messages, files, progress. */
export interface Screen {
  readonly options: ScreenOptions;
  readonly choices: Choices;
  /** `line`: the number of the input line that is answered. `to`: who asked, `@ann`. */
  reply(reply: Reply, line: number, to?: string): Promise<void>;
  message(message: ScreenMessage): Promise<void>;
  /** Redraws one line in place; nothing where lines cannot be redrawn. */
  progress(card: Card): void;
  /** Saves the charts of the last card that had any as PNG files; false when there was none. */
  saveCharts(): Promise<boolean>;
  /** A short text of the surface itself. */
  note(text: string): void;
  usePrompt(prompt: LivePrompt | null): void;
  /** False once the reader of the output has gone. */
  isOpen(): boolean;
  /** Waits until everything is handed over, so that the process may exit. */
  flush(): Promise<void>;
}

export function createScreen(options: ScreenOptions): Screen {
  const { output, json, interactive } = options;
  const choices = createChoices();
  const paint = painter(options.colour);
  let prompt: LivePrompt | null = null;
  let progressShown = false;
  let open = true;
  let lastCharts: readonly ChartData[] = [];
  output.on('error', () => {
    open = false;
  });

  const write = (text: string) => {
    if (open && !output.destroyed) output.write(text);
  };
  const print = (text: string) => {
    prompt?.hide();
    if (progressShown) write('\r\u001b[2K');
    progressShown = false;
    write(text);
    prompt?.show();
  };
  const width = () => {
    const columns = 'columns' in output ? Number(output.columns) : Number.NaN;
    return Math.min(limits.width, Math.max(limits.narrowest, columns || limits.width));
  };
  const note = (text: string) => {
    const lines = wrapHanging(/^ */.exec(text)?.[0] ?? '', [safeLine(text).trim()], width());
    if (json) options.errorOutput.write(`${lines.join('\n')}\n`);
    else print(`${lines.map((line) => paint('dim', line)).join('\n')}\n`);
  };
  const save = async (files: readonly Attachment[]) => {
    for (const { name, mediaType, content } of files) {
      try {
        const path = await saveFile(options.filesFolder, name, content);
        if (json) print(jsonLine({ type: 'file', name, mediaType, path }));
        else
          print(
            `${paint('dim', 'Saved')} ${safeLine(path)} ${paint('dim', `(${sizeText(content.length)})`)}\n\n`,
          );
      } catch (error) {
        const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
        const { card } = problemReply(fileNotSaved(options.filesFolder, reason));
        if (json) print(jsonLine({ type: 'file', name, mediaType, path: null, problems: card.problems }));
        else print(text(card, 1));
      }
    }
  };
  const text = (card: DrawnCard, firstNumber: number, heading?: string) => {
    const bar = heading === undefined ? '' : paint('dim', '│ ');
    const inner = width() - (heading === undefined ? 0 : 2);
    const lines = renderCard(card, {
      width: inner,
      colour: options.colour,
      firstNumber,
      ...(heading === undefined ? {} : { heading }),
    });
    return `${lines.map((line) => (bar + line).trimEnd()).join('\n')}\n\n`;
  };

  const rememberCharts = (card: DrawnCard) => {
    const charts = [...card.blocks, ...(card.details ?? [])].flatMap((block) =>
      block.type === 'chart' ? [block.chart] : [],
    );
    if (charts.length > 0) lastCharts = charts;
  };

  return {
    options,
    choices,
    async saveCharts() {
      for (const chart of lastCharts) {
        await save([{ name: 'chart.png', mediaType: 'image/png', content: await options.charts.png(chart) }]);
      }
      return lastCharts.length > 0;
    },
    async reply(reply, line, to) {
      const { ok, card } = reply;
      rememberCharts(card);
      const first = choices.startAgain(buttonsOf(card));
      if (json) print(jsonLine({ type: 'reply', to, line, ok, problems: card.problems ?? [], card }));
      else print(text(card, first));
      await save(reply.files);
    },
    async message({ target, id, card, files, isUpdate }) {
      rememberCharts(card);
      const first = choices.continue(buttonsOf(card));
      const to = targetName(target);
      const type = isUpdate ? 'update' : target.kind === 'user' ? 'dm' : 'post';
      const place = target.kind === 'user' ? `[DM ${to}]` : `[${to}]`;
      if (json) print(jsonLine({ type, to, id, card }));
      else print(text(card, first, isUpdate ? `${place} (updated)` : place));
      await save(files);
    },
    progress(card) {
      if (json || !interactive) return;
      const [first] = card.blocks;
      const rest = first?.type === 'text' ? `  ${first.text}` : '';
      write(`\r\u001b[2K${paint('dim', fitWidth(safeLine(card.title + rest, limits.label), width() - 1))}`);
      progressShown = true;
    },
    note,
    usePrompt(next) {
      prompt = next;
    },
    isOpen: () => open && !output.destroyed,
    flush: () =>
      new Promise((done) => {
        if (!open || output.destroyed) done();
        else output.write('', () => done());
      }),
  };
}

function targetName({ kind, name }: Target): string {
  const mark = kind === 'user' ? '@' : '#';
  return name.startsWith(mark) ? name : mark + name;
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

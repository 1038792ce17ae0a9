import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { onTestFinished } from 'vitest';
import { createTerminalMessenger } from '../../adapters/terminal/messenger.js';
import { createScreen } from '../../adapters/terminal/screen.js';
import { startTerminal } from '../../adapters/terminal/terminal.js';
import type { Messenger, OutgoingMessage } from '../../src/delivery/outbox.js';
import type { Dispatch } from '../../src/dispatch.js';
import { type ChatDriver, casino, type Person } from '../contracts/chat-driver.js';
import { actingLetters } from '../support/hostile-names.js';

/** What waits at the end of the screen: a command, or the value of a field. */
const prompt =
  /(?:^|\n)(?<command>tallyman> | {2}(?<field>[a-z]+)(?: \[(?<value>[^\n]*)\])?(?: \(\d+\))? > )$/;

/** What the line editor itself sends: cursor to a column, upwards, clear to the end. */
const ownSequences = new RegExp(`\\r|${'\u001b'}\\[(?:\\d+G|\\d*[AJ]|2K|\\?2004[hl])`, 'g');

interface Desk {
  readonly messenger: Messenger;
  /** Answers, and what arrived for this person alone. */
  readonly read: string[];
  /** Types a line and waits for the next question. Answers what was printed meanwhile. */
  enter(line: string): Promise<string>;
  /** Waits for the question that stands there now. */
  question(): Promise<{ readonly field: string | null; readonly value: string }>;
  /** Everything printed, without the cursor's movements. */
  shown(): string;
  raw(): string;
  readonly folder: string;
}

/** One terminal on real streams, as `npm start` opens it. */
function openDesk(dispatch: Dispatch, person: Person): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-desk-'));
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns: 80 });
  const screen = createScreen({
    output,
    errorOutput: new PassThrough(),
    json: false,
    interactive: true,
    colour: false,
    filesFolder: join(folder, 'files'),
    charts: { png: async () => new Uint8Array([137, 80, 78, 71]) },
  });
  let raw = '';
  const watchers = new Set<() => void>();
  output.on('data', (chunk: Buffer) => {
    raw += chunk.toString();
    for (const watch of watchers) watch();
  });
  const caller = {
    workspace: 'terminal',
    user: { id: person, name: person },
    channel: { id: casino, name: casino },
    isGuest: false,
    isSurfaceAdmin: person === 'ann',
  };
  const ended = startTerminal({
    dispatch,
    screen,
    caller,
    input,
    historyFile: null,
    settle: async () => {},
  });
  onTestFinished(async () => {
    input.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  const strip = (text: string) => stripVTControlCharacters(text).replaceAll('\r', '');
  const printedSince = (from: number, isDone: (text: string) => boolean) =>
    new Promise<string>((resolve) => {
      const watch = () => {
        const text = strip(raw.slice(from));
        if (!isDone(text)) return;
        watchers.delete(watch);
        resolve(text);
      };
      watchers.add(watch);
      watch();
    });

  return {
    messenger: createTerminalMessenger(screen),
    read: [],
    folder,
    raw: () => raw,
    shown: () => strip(raw),
    async enter(line) {
      await printedSince(0, (text) => prompt.test(text));
      const from = raw.length;
      input.write(`${line}\r`);
      const text = await printedSince(from, (printed) => /\n/.test(printed) && prompt.test(printed));
      // The first line is what was typed.
      return text.slice(text.indexOf('\n') + 1).replace(prompt, '');
    },
    async question() {
      const text = await printedSince(0, (printed) => prompt.test(printed));
      const { field = null, value = '' } = prompt.exec(text)?.groups ?? {};
      return { field, value };
    },
  };
}

/** The terminal as the other surfaces are seen: each person sits at one of their own; it asks forms line by line. */
export async function startTerminalDriver(dispatch: Dispatch): Promise<ChatDriver> {
  const desks = new Map<Person, Desk>();
  const posts = new Map<string, string>();
  const deskOf = (person: Person): Desk => {
    const known = desks.get(person) ?? openDesk(dispatch, person);
    desks.set(person, known);
    return known;
  };

  /** A post is read at the first desk; a direct message at its person's. */
  const deskFor = ({ target }: Pick<OutgoingMessage, 'target'>) =>
    deskOf(target.kind === 'user' ? (target.id as Person) : 'ann');

  async function printed(message: OutgoingMessage, print: () => Promise<unknown>): Promise<void> {
    const desk = deskFor(message);
    await desk.question();
    const from = desk.shown().length;
    await print();
    const text = unwrap(desk.shown().slice(from).replace(prompt, ''));
    if (message.target.kind === 'user') desk.read.push(text);
    else posts.set(message.key, text);
  }

  async function say(line: string, as: Person): Promise<void> {
    const desk = deskOf(as);
    desk.read.push(unwrap(await desk.enter(line)));
  }

  return {
    workspace: 'terminal',
    hasForms: false,
    hasGuests: false,
    hasAudience: false,
    messenger: {
      async send(message) {
        let id = '';
        await printed(message, async () => {
          id = await deskFor(message).messenger.send(message);
        });
        return id;
      },
      edit: (message, id) => printed(message, () => deskFor(message).messenger.edit(message, id)),
      find: (message, since) => deskFor(message).messenger.find(message, since),
    },
    type: (line, as = 'ann') => say(line, as),
    async handOver(line, file, as = 'ann') {
      const path = join(deskOf(as).folder, file.name);
      writeFileSync(path, file.content);
      await say(`${line} @${path}`, as);
    },
    form(as = 'ann') {
      const { field = null, value = '' } = prompt.exec(deskOf(as).shown())?.groups ?? {};
      return field === null ? null : { title: '', fields: [{ name: field, value }] };
    },
    async submit(values, as = 'ann') {
      const desk = deskOf(as);
      for (let asked = 0; asked < 40; asked += 1) {
        const { field } = await desk.question();
        if (field === null) return;
        await say(desk.shown().endsWith('(1) > ') ? '' : (values[field] ?? ''), as);
      }
      throw new Error('the form asks without end');
    },
    async press(label, as = 'ann') {
      const found = [...unwrap(deskOf(as).shown()).matchAll(/\[(\d+)\] (?=(.{1,200}))/g)];
      const number = found.findLast(([, , words]) => words?.startsWith(label))?.[1];
      if (number === undefined) throw new Error(`no choice ${label}`);
      await say(number, as);
    },
    privately: (as = 'ann') => deskOf(as).read.filter((text) => text.trim() !== ''),
    publicly: () => [...posts].map(([id, text]) => ({ id, text })),
    files(as = 'ann') {
      const folder = join(deskOf(as).folder, 'files');
      const names = existsSync(folder) ? readdirSync(folder) : [];
      return names.map((name) => ({ name, content: readFileSync(join(folder, name), 'utf8') }));
    },
    actedOn: () =>
      [...desks.values()].flatMap((desk) => {
        const found = actingLetters.exec(desk.raw().replace(ownSequences, ''));
        return found
          ? [JSON.stringify(desk.raw().slice(Math.max(0, found.index - 20), found.index + 20))]
          : [];
      }),
    refused: () => [],
    sent: () => [...[...desks.values()].flatMap(({ read }) => read), ...posts.values()].join('\n'),
    target: (of) =>
      of === casino ? { kind: 'channel', id: casino, name: casino } : { kind: 'user', id: of, name: of },
  };
}

/** Lines that were broken for the screen's width, as they were meant. */
function unwrap(text: string): string {
  return text.replace(/[ \t]*\n[ \t│]*/g, ' ').trim();
}

import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import type { Caller } from '../../src/command.js';
import { ProblemError } from '../../src/problems/problem.js';
import { unknownArgument } from '../../src/problems/terminal.js';

/** How the program was started. */
export interface Arguments {
  readonly json: boolean;
  readonly help: boolean;
  readonly user?: string;
  readonly channel: string;
  /** Where attachments are saved. */
  readonly files: string;
  /** With `serve`: a prompt beside the chat products. */
  readonly terminal: boolean;
  /** With `serve`: `all`, `web` or `worker`, as typed. */
  readonly role: string;
  /** With `move`: where to. */
  readonly to?: string;
  /** With `restore`: only mark a database that was put back by hand. */
  readonly mark: boolean;
  /** With `rekey`: give up what no key opens any more. */
  readonly forgetLost: boolean;
  /** One command, in pieces; empty for a prompt or piped lines. */
  readonly words: readonly string[];
}

/** Reads `--json`, `--user`, `--channel`, `--files`, and the words of one command. Throws a `ProblemError` for others. */
export function readArguments(args: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        user: { type: 'string' },
        channel: { type: 'string', default: '#general' },
        files: { type: 'string', default: 'tallyman-files' },
        terminal: { type: 'boolean', default: false },
        role: { type: 'string', default: 'all' },
        to: { type: 'string' },
        mark: { type: 'boolean', default: false },
        'forget-lost': { type: 'boolean', default: false },
      },
    });
    const { 'forget-lost': forgetLost, ...rest } = values;
    return { ...rest, forgetLost, words: positionals };
  } catch {
    throw new ProblemError(unknownArgument());
  }
}

/** Who types at a terminal: whoever runs the program is its admin; with --user one tries what another would see. */
export function terminalCaller({ user, channel }: Pick<Arguments, 'user' | 'channel'>): Caller {
  const name = user?.replace(/^@/, '') ?? systemUser();
  const place = channel.startsWith('#') ? channel : `#${channel}`;
  return {
    workspace: 'terminal',
    user: { id: name, name },
    channel: { id: place, name: place },
    isGuest: false,
    isSurfaceAdmin: user === undefined,
  };
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'you';
  }
}

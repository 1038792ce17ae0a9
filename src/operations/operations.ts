import type { DrawnCard } from '../card.js';
import type { Config } from '../config.js';
import type { Instant } from '../dates.js';
import type { Stores } from '../ports.js';
import { moveFromPostgres, moveTargetMissing } from '../problems/move.js';
import {
  databaseInMemory,
  fileNameMissing,
  postgresBackup,
  postgresRestore,
} from '../problems/operations.js';
import { type Problem, ProblemError } from '../problems/problem.js';
import { requireKeys } from '../start-over.js';
import { createVault } from '../vault.js';
import { type MovedTable, movedCard, openAllSealed } from './move.js';
import { backedUpCard, rekeyedCard, restoredCard } from './operation-cards.js';
import { type KeyFile, rekey } from './rekey.js';

/** What the operations are done with. */
export interface OperationTools {
  readonly config: Config;
  readonly now: Instant;
  readonly keys: KeyFile;
  /** `alone`: no running bot may be at work meanwhile. */
  openStores(alone: boolean): Promise<{ readonly stores: Stores; close(): Promise<void> }>;
  /** Answers the size of the backup in bytes. */
  backUp(file: string, target: string): number;
  /** Answers how many waiting messages were dropped, and where what was there is kept. */
  restore(
    backup: string,
    file: string,
    at: Instant,
  ): Promise<{ readonly dropped: number; readonly replaced: string | null }>;
  /** `check` looks at the copy before it stays. */
  move(
    file: string,
    target: string,
    check: (stores: Stores) => Promise<void>,
  ): Promise<readonly MovedTable[]>;
}

export interface OperationOptions {
  /** What was typed after the operation's name. */
  readonly words: readonly string[];
  readonly mark: boolean;
  readonly forgetLost: boolean;
  /** Where `move` goes. */
  readonly to?: string | undefined;
}

type Operation = (tools: OperationTools, options: OperationOptions) => Promise<DrawnCard>;

/** What is done to a bot from outside, by name. Each throws a `ProblemError`. */
export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['backup', backUp],
  ['restore', restore],
  ['rekey', reseal],
  ['move', move],
]);

async function backUp({ config, ...tools }: OperationTools, { words }: OperationOptions): Promise<DrawnCard> {
  const target = fileNamed('backup', words);
  const bytes = tools.backUp(databaseFile(config, postgresBackup), target);
  return backedUpCard(target, bytes);
}

async function restore(tools: OperationTools, { words, mark }: OperationOptions): Promise<DrawnCard> {
  if (mark) {
    const dropped = await withStores(tools, true, ({ restores }) => restores.mark(tools.now));
    return restoredCard({ from: null, replaced: null, dropped, keyProblem: await missingKey(tools) });
  }
  const from = fileNamed('restore', words);
  const file = databaseFile(tools.config, postgresRestore);
  const restored = await tools.restore(from, file, tools.now);
  return restoredCard({ from, ...restored, keyProblem: await missingKey(tools) });
}

async function reseal(tools: OperationTools, { forgetLost }: OperationOptions): Promise<DrawnCard> {
  const rekeyed = await withStores(tools, true, (stores) => rekey(stores, tools.keys, forgetLost));
  return rekeyedCard(rekeyed, tools.config.keyFile);
}

async function move(
  { config, keys, ...tools }: OperationTools,
  { to }: OperationOptions,
): Promise<DrawnCard> {
  if (to === undefined || !/^postgres(ql)?:\/\/[^/]/.test(to)) throw new ProblemError(moveTargetMissing());
  const file = databaseFile(config, moveFromPostgres);
  const vault = createVault(await keys.read());
  return movedCard(await tools.move(file, to, (stores) => openAllSealed(stores, vault)), file);
}

function fileNamed(operation: string, words: readonly string[]): string {
  const [file] = words;
  if (file === undefined || words.length > 1) throw new ProblemError(fileNameMissing(operation));
  return file;
}

function databaseFile({ database }: Config, problem: () => Problem): string {
  if (database.kind === 'postgres') throw new ProblemError(problem());
  if (database.folder === null) throw new ProblemError(databaseInMemory());
  return database.path;
}

/** What is wrong when the key file does not fit the database, `null` when it fits. */
async function missingKey(tools: OperationTools): Promise<Problem | null> {
  const { keys } = await tools.keys.read();
  const ids = keys.map(({ id }) => id);
  try {
    await withStores(tools, false, (stores) => requireKeys(stores, ids));
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}

async function withStores<T>(
  tools: OperationTools,
  alone: boolean,
  work: (stores: Stores) => Promise<T>,
): Promise<T> {
  const { stores, close } = await tools.openStores(alone);
  try {
    return await work(stores);
  } finally {
    await close();
  }
}

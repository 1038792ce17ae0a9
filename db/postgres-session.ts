import type pg from 'pg';
import type { Durability } from '../src/ports.js';
import { isStalePlan, nameProblem } from './postgres-problems.js';

/** A statement as node-postgres takes it. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
  /** Under this name it is prepared once a connection. */
  readonly name?: string;
  readonly rowMode?: 'array';
}

export interface Answer {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: unknown[];
  readonly fields: readonly { readonly name: string }[];
}

/**
 * A connection lent by the pool. A statement without an answer is kept until something is asked and goes with it, and what
 * is asked in one turn goes in one writing: each costs more than most of our statements take to run.
 */
export interface Session {
  /** Nothing is sent yet. */
  begin(durability: Durability): void;
  /** `isReading`: does no harm outside of the transaction that it belongs to. */
  ask(statement: Statement, isReading?: boolean): Promise<Answer>;
  /** Runs before whatever is asked next. What it fails with is thrown there, or by `commit`. */
  tell(statement: Statement, isReading?: boolean): void;
  /** Like `tell`, but under way when this resolves: for statements too large to be kept. */
  push(statement: Statement): Promise<void>;
  /** As a transaction of its own, which a power cut may take back. */
  askSoon(statement: Statement): Promise<Answer>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  release(): void;
}

const begins: Readonly<Record<Durability, Statement>> = {
  'at once': { text: 'begin' },
  soon: { text: 'begin; set local synchronous_commit = off' },
};
const commit: Statement = { text: 'commit' };

/** The connection must be one that sends statements without waiting for the answers before (`pipeline`). */
export function openSession(client: pg.PoolClient): Session {
  const { stream } = client.connection;
  /** What begins the transaction, until it is sent. */
  let unsent: Statement | null = null;
  let isHeld = false;
  let told: Statement[] = [];
  let tellsWrites = false;
  let pushed: Promise<unknown> = Promise.resolve();
  let isBroken = false;

  function hold(): void {
    if (isHeld) return;
    isHeld = true;
    stream.cork();
    process.nextTick(() => {
      isHeld = false;
      stream.uncork();
    });
  }

  /** The answers in this order. Once a statement of a transaction fails, those after it fail because of it. */
  async function send(statements: readonly Statement[]): Promise<Answer[]> {
    hold();
    const answers = statements.map((statement) => client.query(statement as pg.QueryConfig));
    if (answers.length > 1) await Promise.allSettled(answers);
    try {
      return (await Promise.all(answers)) as unknown as Answer[];
    } catch (error) {
      isBroken ||= isStalePlan(error);
      return nameProblem(error);
    }
  }

  /**
   * What was told, and then this. Where the server does not begin, what comes after would be kept bit by bit: only what
   * changes nothing is sent before it has.
   */
  async function sendAfterTold(statement: Statement, isReading: boolean): Promise<Answer[]> {
    if (unsent && (tellsWrites || !isReading)) {
      const first = unsent;
      unsent = null;
      await send([first]);
    }
    const all = [...(unsent ? [unsent] : []), ...told, statement];
    unsent = null;
    told = [];
    tellsWrites = false;
    return send(all);
  }

  async function ask(statement: Statement, isReading = false): Promise<Answer> {
    const asked = sendAfterTold(statement, isReading);
    await Promise.allSettled([pushed, asked]);
    await pushed;
    const answer = (await asked).at(-1);
    if (!answer) throw new Error('a statement without an answer');
    return answer;
  }

  return {
    begin(durability) {
      unsent = begins[durability];
    },
    ask,
    tell(statement, isReading = false) {
      told.push(statement);
      tellsWrites ||= !isReading;
    },
    async push(statement) {
      // One at a time: else what is made faster than it is stored would pile up.
      await pushed;
      pushed = sendAfterTold(statement, false);
      pushed.catch(() => {});
    },
    async askSoon(statement) {
      const [, answer] = await send([begins.soon, statement, commit]);
      if (!answer) throw new Error('a statement without an answer');
      return answer;
    },
    async commit() {
      if (unsent && told.length === 0) return;
      const { command } = await ask(commit, true);
      // In this way Postgres ends what had failed, and calls it no error.
      if (command === 'ROLLBACK') throw new Error('a transaction that had failed was to be kept');
    },
    async rollback() {
      told = [];
      await pushed.catch(() => {});
      if (unsent) return;
      await send([{ text: 'rollback' }]).catch(() => {
        isBroken = true;
      });
    },
    release: () => client.release(isBroken),
  };
}

import BetterSqlite from 'better-sqlite3';

/** What the lives of a run wrote into their logs. */
export interface Diary {
  /** Adds the log of a life that has ended. Lines are cut where the process died; those are left out. */
  read(log: string): void;
  /** How often each thing was logged. */
  counts(): string;
  /** What was logged about each message that has not arrived, the latest last. */
  ofUnsent(databaseFile: string): readonly string[];
}

const mostLines = 12;

export function createDiary(): Diary {
  const counts = new Map<string, number>();
  const ofRows = new Map<number, string[]>();
  let life = 0;

  function note(line: Readonly<Record<string, unknown>>): void {
    const { msg, code = '', reason = '', outcome = '', attempt = '', row } = line;
    if (typeof msg !== 'string') return;
    const name = `${msg} ${code}`.trim();
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (typeof row !== 'number') return;
    const kept = ofRows.get(row) ?? [];
    ofRows.set(row, [...kept, `life ${life}: ${attempt} ${outcome} ${reason}`].slice(-mostLines));
  }

  return {
    read(log) {
      life += 1;
      for (const line of log.split('\n')) {
        const parsed = parse(line);
        if (parsed) note(parsed);
      }
    },
    counts: () => JSON.stringify(Object.fromEntries(counts)),
    ofUnsent(databaseFile) {
      const database = new BetterSqlite(databaseFile, { readonly: true });
      const rows = database
        .prepare<[], { id: number; state: string; attempt: number; subject: string }>(
          "select id, state, attempt, subject from outbox where state in ('new', 'sending', 'failed') order by id limit 20",
        )
        .all();
      database.close();
      return rows.map(
        ({ id, state, attempt, subject }) =>
          `${id} ${subject} ${state} ${attempt}: ${(ofRows.get(id) ?? []).join('; ')}`,
      );
    },
  };
}

function parse(line: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}

import pg from 'pg';
import { othersAtWork } from '../src/problems/operations.js';
import { ProblemError } from '../src/problems/problem.js';
import { nameProblem } from './postgres-problems.js';

const functions = { alone: 'pg_try_advisory_lock', 'beside others': 'pg_try_advisory_lock_shared' } as const;

/**
 * Shows on a connection of its own that a bot is at work, or that nobody else may be; the server lets go of it when the
 * process dies. Throws `operations.others-at-work`. Answers how to let go.
 */
export async function holdPresence(
  url: string,
  presence: keyof typeof functions,
  onIdleError: (error: Error) => void = () => {},
): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true });
  client.on('error', onIdleError);
  try {
    await client.connect();
    const { rows } = await client.query<{ held: boolean }>(
      `select ${functions[presence]}(hashtext(current_schema() || ':tallyman:at-work')) as held`,
    );
    if (!rows[0]?.held) throw new ProblemError(othersAtWork());
  } catch (error) {
    await client.end().catch(() => {});
    if (error instanceof ProblemError) throw error;
    return nameProblem(error);
  }
  return () => client.end();
}

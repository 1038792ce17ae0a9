import { sql } from 'kysely';

/**
 * A state that is written into the statement. Where it is a parameter and a partial index asks for it, SQLite prepares
 * the statement anew at each use, which takes longer than to run it.
 */
export const literal = <State extends string>(state: State) => sql.lit<State>(state);

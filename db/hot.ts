import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Durability } from '../src/ports.js';
import type { Connection, DialectName } from './connection.js';
import type { Schema } from './schema.js';

/** Stands for a parameter while a statement is compiled. */
interface Slot {
  readonly place: number;
}

const slots: readonly Slot[] = Array.from({ length: 16 }, (_, place) => ({ place }));

/**
 * A statement of the hot path: built and compiled by Kysely once, then run with other parameters. Building the same one
 * for each use costs many times what SQLite takes to run it. `build` must use each parameter as a plain value.
 * Outside of a transaction it is one of its own, kept as `durability` says.
 */
export function hot<Parameters extends readonly unknown[], Row>(
  build: (db: Kysely<Schema>, ...parameters: Parameters) => Compilable<Row>,
  durability: Durability = 'at once',
): (connection: Connection, ...parameters: Parameters) => Promise<Row[]> {
  const compiled = new Map<DialectName, CompiledQuery<Row>>();
  return (connection, ...parameters) => {
    const known = compiled.get(connection.dialect);
    const query = known ?? build(connection.db, ...(slots as unknown as Parameters)).compile();
    if (!known) compiled.set(connection.dialect, query);
    const values = query.parameters.map((value) => filled(value, parameters));
    return connection.run(query, values, durability) as Promise<Row[]>;
  };
}

function filled(value: unknown, parameters: readonly unknown[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return parameters[(value as Slot).place];
}

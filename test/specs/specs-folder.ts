import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const beside = resolve(import.meta.dirname, '../../../shared/specs');

/** Where the chat products' own schemas lie, beside the project; `null` where they are not at hand. */
export const specsFolder: string | null = existsSync(beside) ? beside : null;

import type { Config } from './config.js';
import { ProblemError } from './problems/problem.js';
import { roleNeedsPostgres, roleNeedsSignedRequests, roleUnknown } from './problems/role.js';

const roles = ['all', 'web', 'worker'] as const;

/** `web` answers requests, `worker` reads, plans and tells; `all` does both. */
export type Role = (typeof roles)[number];

/** Reads `--role`. Throws a `ProblemError` for a word that is none, and for one that does not go with the settings. */
export function readRole(word: string, { database, slack, discord }: Config): Role {
  const role = roles.find((known) => known === word);
  if (!role) throw new ProblemError(roleUnknown(word));
  if (role === 'all') return role;
  if (database.kind === 'sqlite') throw new ProblemError(roleNeedsPostgres(role));
  if (slack?.mode === 'socket') throw new ProblemError(roleNeedsSignedRequests(role, 'Slack'));
  if (discord?.mode === 'gateway') throw new ProblemError(roleNeedsSignedRequests(role, 'Discord'));
  return role;
}

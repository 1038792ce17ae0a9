import type { Kysely } from 'kysely';
import type { DialectName } from '../connection.js';
import { firstSchema } from './0001-first-schema.js';
import { addInstallations } from './0002-installations.js';
import { surfaceState } from './0003-surface-state.js';
import { addRestores } from './0004-restores.js';
import { indexOpenIncidents } from './0005-open-incidents.js';
import { keepRunsOnceEnded } from './0006-runs-once-ended.js';
import { lightenSyncs } from './0007-lighter-syncs.js';

type Step = (db: Kysely<unknown>, dialect: DialectName) => Promise<void>;

/** Every migration in the order of its name. There is no way down: restore a backup instead. */
export const migrations: Readonly<Record<string, Step>> = {
  '0001-first-schema': firstSchema,
  '0002-installations': addInstallations,
  '0003-surface-state': surfaceState,
  '0004-restores': addRestores,
  '0005-open-incidents': indexOpenIncidents,
  '0006-runs-once-ended': keepRunsOnceEnded,
  '0007-lighter-syncs': lightenSyncs,
};

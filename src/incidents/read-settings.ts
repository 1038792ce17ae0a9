import type { Workspace, WorkspaceSettings } from '../access/workspace.js';
import { isTimeZone } from '../dates.js';
import { alertTimesUnordered, quietHoursUnreadable, timeZoneUnknown } from '../problems/incident.js';
import { ProblemError } from '../problems/problem.js';

/** What a person typed, still in their words; left out is left as it is. */
export interface TypedSettings {
  readonly quiet?: string | undefined;
  readonly dm?: 'on' | 'off' | undefined;
  readonly remind?: number | undefined;
  readonly escalate?: number | undefined;
  readonly tz?: string | undefined;
  readonly add?: 'members' | 'admins' | undefined;
}

/** Reads typed settings, or throws the problem with the one that cannot be read. */
export function readSettings(typed: TypedSettings, workspace: Workspace): WorkspaceSettings {
  const { quiet, dm, remind, escalate, tz, add } = typed;
  if (tz !== undefined && !isTimeZone(tz)) throw new ProblemError(timeZoneUnknown(tz));
  if ((escalate ?? workspace.escalateAfterMs) <= (remind ?? workspace.remindAfterMs)) {
    throw new ProblemError(alertTimesUnordered());
  }
  return {
    ...(quiet === undefined ? {} : readQuietHours(quiet)),
    ...(dm === undefined ? {} : { dmAlerts: dm === 'on' }),
    ...(remind === undefined ? {} : { remindAfterMs: remind }),
    ...(escalate === undefined ? {} : { escalateAfterMs: escalate }),
    ...(tz === undefined ? {} : { timeZone: tz }),
    ...(add === undefined ? {} : { mayAdd: add }),
  };
}

function readQuietHours(text: string): Pick<WorkspaceSettings, 'quietFrom' | 'quietTo'> {
  if (/^(off|none|no)$/i.test(text.trim())) return { quietFrom: null, quietTo: null };
  const time = '((?:[01]?\\d|2[0-3]):[0-5]\\d)';
  const match = new RegExp(`^\\s*${time}\\s*(?:-|–|—|to)\\s*${time}\\s*$`).exec(text);
  const [, from, to] = match ?? [];
  if (from === undefined || to === undefined || from === to) {
    throw new ProblemError(quietHoursUnreadable(text));
  }
  return { quietFrom: from.padStart(5, '0'), quietTo: to.padStart(5, '0') };
}

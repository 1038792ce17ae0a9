import type { Instant } from '../dates.js';

export type Surface = 'terminal' | 'slack' | 'discord';

/** A Slack team, a Discord server, or the terminal, with its settings. Nothing crosses between workspaces. */
export interface Workspace {
  /** `terminal`, `slack:T024`, `discord:8123`. */
  readonly id: string;
  readonly surface: Surface;
  readonly name: string;
  readonly createdAt: Instant;
  readonly timeZone: string;
  /** `HH:MM`, both `null` when there are no quiet hours. */
  readonly quietFrom: string | null;
  readonly quietTo: string | null;
  readonly dmAlerts: boolean;
  readonly remindAfterMs: number;
  readonly escalateAfterMs: number;
  readonly mayAdd: 'members' | 'admins';
}

export type WorkspaceSettings = Partial<Omit<Workspace, 'id' | 'surface' | 'createdAt'>>;

export interface WorkspaceStore {
  get(id: string): Promise<Workspace | null>;
  list(): Promise<readonly Workspace[]>;
  /** Makes the workspace with default settings when it is new; its first person becomes admin. */
  ensure(
    id: string,
    surface: Surface,
    name: string,
    installer: { readonly id: string; readonly name: string },
    now: Instant,
  ): Promise<Workspace>;
  change(id: string, settings: WorkspaceSettings): Promise<void>;
  admins(id: string): Promise<readonly { readonly id: string; readonly name: string }[]>;
  setAdmin(id: string, user: { readonly id: string; readonly name: string }, isAdmin: boolean): Promise<void>;
}

export interface AuditEntry {
  readonly workspace: string;
  readonly at: Instant;
  readonly userId: string;
  readonly userName: string;
  /** The command's name. */
  readonly action: string;
  /** What it was about, without secrets: `offer 3`, `incident 2`. */
  readonly subject: string;
  readonly outcome: 'done' | 'refused' | 'failed';
}

export interface AuditStore {
  add(entry: AuditEntry): Promise<void>;
  latest(workspace: string, limit: number): Promise<readonly AuditEntry[]>;
}

/** What a pressed button or a submitted form stands for. `sealedOptions` may hold a pasted URL. */
export interface StoredAction {
  readonly id: string;
  readonly workspace: string;
  readonly command: string;
  readonly form: boolean;
  readonly sealedOptions: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export interface ActionStore {
  add(action: StoredAction): Promise<void>;
  get(workspace: string, id: string): Promise<StoredAction | null>;
  removeExpired(now: Instant): Promise<number>;
}

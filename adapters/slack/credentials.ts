import type { Installation as SdkInstallation } from '@slack/bolt';
import type { InstallationStore } from '../../src/access/installation.js';
import type { Clock, Slots } from '../../src/ports.js';
import type { Vault } from '../../src/secrets.js';
import { expiringSoon, refreshed } from './rotate-token.js';
import type { SlackClient } from './web-client.js';
import { workspaceId } from './workspace-id.js';

/** How the bot acts in one workspace. */
export interface Credentials {
  readonly workspace: string;
  readonly token: string;
  readonly botId: string;
  readonly botUserId: string;
}

export interface CredentialSource {
  /** `null` where the bot is not installed. */
  of(workspace: string): Promise<Credentials | null>;
  forget(workspace: string): void;
}

/** The one workspace that a configured bot token belongs to. Asked of Slack once; a failure is asked again. */
export function fixedCredentials(token: string, client: SlackClient): CredentialSource {
  let known: Promise<Credentials> | null = null;
  async function ask(): Promise<Credentials> {
    const answer = await client.auth.test({ token });
    const workspace = workspaceId({
      teamId: answer.team_id,
      enterpriseId: answer.enterprise_id,
      isEnterpriseInstall: answer.is_enterprise_install,
    });
    if (workspace === null) throw new Error('auth.test names no team');
    return { workspace, token, botId: answer.bot_id ?? '', botUserId: answer.user_id ?? '' };
  }
  return {
    async of(workspace) {
      known ??= ask();
      try {
        const credentials = await known;
        return credentials.workspace === workspace ? credentials : null;
      } catch (error) {
        known = null;
        throw error;
      }
    },
    forget() {
      known = null;
    },
  };
}

export interface InstalledOptions {
  readonly store: InstallationStore;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly client: SlackClient;
  readonly oauth: { readonly clientId: string; readonly clientSecret: string };
  /** Where several processes share the installations. */
  readonly slots?: Slots;
}

/** The store is asked on every delivery, so what it says is kept for a moment. */
const keptMs = 30_000;

/** Workspaces that installed the bot by OAuth. */
export function installedCredentials(options: InstalledOptions): CredentialSource {
  const { store, vault, clock, slots } = options;
  const known = new Map<
    string,
    { readonly until: number; readonly credentials: Promise<Credentials | null> }
  >();

  async function read(workspace: string): Promise<Credentials | null> {
    const stored = await store.get(workspace);
    if (!stored) return null;
    let installation = openInstallation(vault, workspace, stored.sealed);
    if (expiringSoon(installation, clock)) installation = await rotate(workspace, installation);
    const { bot } = installation;
    if (!bot) return null;
    return { workspace, token: bot.token, botId: bot.id, botUserId: bot.userId };
  }

  /** A refresh token works once: while another process uses it, the old token is good for hours yet. */
  async function rotate(workspace: string, known: SdkInstallation): Promise<SdkInstallation> {
    const letGo = slots ? await slots.take(`slack-token:${workspace}`, 1) : async () => {};
    if (!letGo) return known;
    try {
      const stored = await store.get(workspace);
      if (!stored) return known;
      const newest = openInstallation(vault, workspace, stored.sealed);
      if (!expiringSoon(newest, clock)) return newest;
      const installation = await refreshed(newest, options);
      await store.save({ ...stored, sealed: sealInstallation(vault, workspace, installation) });
      return installation;
    } finally {
      await letGo();
    }
  }

  return {
    of(workspace) {
      const now = Date.parse(clock.now());
      const kept = known.get(workspace);
      if (kept && kept.until > now) return kept.credentials;
      const credentials = read(workspace);
      known.set(workspace, { until: now + keptMs, credentials });
      credentials.catch(() => known.delete(workspace));
      return credentials;
    },
    forget: (workspace) => void known.delete(workspace),
  };
}

/** Asks one source after the other. */
export function firstOf(sources: readonly CredentialSource[]): CredentialSource {
  return {
    async of(workspace) {
      for (const source of sources) {
        const found = await source.of(workspace);
        if (found) return found;
      }
      return null;
    },
    forget: (workspace) => {
      for (const source of sources) source.forget(workspace);
    },
  };
}

function place(workspace: string) {
  return { workspace, table: 'installations', row: workspace, column: 'sealed' };
}

export function sealInstallation(vault: Vault, workspace: string, installation: SdkInstallation): string {
  return vault.seal(JSON.stringify(installation), place(workspace));
}

function openInstallation(vault: Vault, workspace: string, sealed: string): SdkInstallation {
  return JSON.parse(vault.open(sealed, place(workspace))) as SdkInstallation;
}

/** What a signed request says about where it comes from. */
export interface Origin {
  readonly teamId?: string | undefined;
  readonly enterpriseId?: string | undefined;
  readonly isEnterpriseInstall?: boolean | undefined;
}

/** `slack:T024`, or `slack:E024` where the bot was installed for a whole enterprise; `null` when Slack names neither. */
export function workspaceId({ teamId, enterpriseId, isEnterpriseInstall }: Origin): string | null {
  const id = isEnterpriseInstall && enterpriseId ? enterpriseId : teamId;
  return id ? `slack:${id}` : null;
}

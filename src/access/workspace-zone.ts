import type { WorkspaceStore } from './workspace.js';

/** The time zone of a workspace, in which its clock times are shown. */
export async function workspaceZone(
  { stores }: { readonly stores: { readonly workspaces: WorkspaceStore } },
  workspace: string,
): Promise<string> {
  return (await stores.workspaces.get(workspace))?.timeZone ?? 'UTC';
}

/** What a permanent refusal is about: this message alone, its place, or the whole workspace. */
export type RefusalScope = 'message' | 'place' | 'workspace';

/** Slack's words and Discord's (with their numbers) for a message that is gone, may not be changed, or is badly made. */
const aboutMessage =
  /^(message_|msg_|cant_update|edit_window|invalid_blocks|invalid_attachments|no_text|file|unknown_message|invalid_form_body|10008$|50035$)/;

/** The bot is shut out everywhere: its token or installation is no longer good. */
const aboutWorkspace =
  /^(token_|invalid_auth|not_authed|account_inactive|app_uninstalled|org_login|team_|enterprise_|unauthorized|unknown_guild|401$|10004$)/;

/** Reads the reason of a permanent `DeliveryError`; what is not known is about the place. */
export function refusalScope(reason: string): RefusalScope {
  const word = reason.toLowerCase();
  if (aboutMessage.test(word)) return 'message';
  return aboutWorkspace.test(word) ? 'workspace' : 'place';
}

import type { RespondArguments, types, webApi } from '@slack/bolt';

/**
 * Slack publishes no schema of its blocks: one is made from the types of its libraries. Here is which type belongs to
 * what is sent; a type is named after its method, `chat.postMessage` → `ChatPostMessage`.
 */
export type AppsConnectionsOpen = webApi.AppsConnectionsOpenArguments;
export type AuthTest = webApi.AuthTestArguments;
export type ChatPostEphemeral = webApi.ChatPostEphemeralArguments;
export type ChatPostMessage = webApi.ChatPostMessageArguments;
export type ChatUpdate = webApi.ChatUpdateArguments;
export type ConversationsHistory = webApi.ConversationsHistoryArguments;
export type ConversationsInfo = webApi.ConversationsInfoArguments;
export type ConversationsList = webApi.ConversationsListArguments;
export type ConversationsOpen = webApi.ConversationsOpenArguments;
export type ConversationsReplies = webApi.ConversationsRepliesArguments;
export type FilesCompleteUploadExternal = webApi.FilesCompleteUploadExternalArguments;
export type FilesGetUploadURLExternal = webApi.FilesGetUploadURLExternalArguments;
export type FilesInfo = webApi.FilesInfoArguments;
export type OauthV2Access = webApi.OAuthV2AccessArguments;
export type UsersInfo = webApi.UsersInfoArguments;
export type UsersList = webApi.UsersListArguments;
/** A body for the answering address of a command or button. */
export interface ResponseUrl
  extends Pick<
    RespondArguments,
    | 'delete_original'
    | 'mrkdwn'
    | 'replace_original'
    | 'response_type'
    | 'text'
    | 'thread_ts'
    | 'unfurl_links'
    | 'unfurl_media'
  > {
  readonly blocks?: readonly types.KnownBlock[];
}
/** The acknowledgement that keeps a form open: what is said beside its fields. */
export interface FormErrors {
  readonly response_action: 'errors';
  readonly errors: Readonly<Record<string, string>>;
}
/** The acknowledgement of a request for choices; all others are empty. */
export interface Choices {
  readonly options: readonly types.Option[];
}
/** The arguments of the library take any view at both. */
export interface ViewsOpen extends Pick<webApi.ViewsPublishArguments, 'token'> {
  readonly trigger_id: string;
  readonly view: types.ModalView;
}
export interface ViewsPublish extends Pick<webApi.ViewsPublishArguments, 'token' | 'hash' | 'user_id'> {
  readonly view: types.HomeView;
}

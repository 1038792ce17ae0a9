import {
  type APIChannel,
  type APIGuild,
  type APIGuildMember,
  type APIInteractionResponse,
  type APIMessage,
  type APIUser,
  REST,
  type RESTGetAPIGatewayBotResult,
  type RESTGetCurrentApplicationResult,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { deadlines } from './limits.js';
import type { DiscordMessage } from './message.js';

/** What goes along with a message that is posted and not edited. */
export interface PostFields {
  readonly nonce?: string;
  readonly enforce_nonce?: boolean;
  readonly flags?: number;
  readonly message_reference?: { readonly message_id: string; readonly fail_if_not_exists: boolean };
}

/**
 * Options of the library's HTTP client. It must not repeat by itself: a message whose answer was lost would be there
 * twice. It may wait for the rate limit only where a person waits for an answer; the outbox has its own patience.
 */
export function restOptions(apiUrl: string | null) {
  return {
    retries: 0,
    timeout: deadlines.request,
    // The library's own way goes through whichever version of undici was loaded first, and one that is not its own
    // cannot read Node's forms: every file would be lost. Only Discord's fixed address is ever fetched so.
    makeRequest: (url: string, init: object) => fetch(url, { ...init, redirect: 'error' }),
    rejectOnRateLimit: ({ route }: { readonly route: string }) =>
      !route.startsWith('/webhooks') && !route.startsWith('/interactions'),
    ...(apiUrl ? { api: apiUrl.replace(/\/+$/u, '') } : {}),
  };
}

export function createRest(apiUrl: string | null, token: string | null): REST {
  const rest = new REST({ version: '10', ...restOptions(apiUrl) });
  return token ? rest.setToken(token) : rest;
}

/** For answers to interactions alone: each carries its own token, and none counts. */
export function createAnswerRest(apiUrl: string | null): REST {
  return new REST({
    version: '10',
    ...restOptions(apiUrl),
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
  });
}

/**
 * The calls of Discord's HTTP API that Tallyman makes, each once. Answers to interactions do not count among the 50
 * requests a second, so they go through a client that does not count them: many at once must not wait for each other.
 */
export function createApi(rest: REST, answers: REST = rest) {
  const payload = ({ body, files }: DiscordMessage, fields: PostFields = {}) => ({
    body: { ...body, ...fields, flags: (body.flags ?? 0) | (fields.flags ?? 0) },
    files: [...files],
  });
  return {
    // An interaction's own token is all that these need.
    async answer(interaction: { readonly id: string; readonly token: string }, body: APIInteractionResponse) {
      await answers.post(Routes.interactionCallback(interaction.id, interaction.token), {
        body,
        auth: false,
      });
    },
    async editAnswer(application: string, token: string, message: DiscordMessage) {
      await answers.patch(Routes.webhookMessage(application, token), { ...payload(message), auth: false });
    },
    async deleteAnswer(application: string, token: string) {
      await answers.delete(Routes.webhookMessage(application, token), { auth: false });
    },
    async followUp(application: string, token: string, message: DiscordMessage, flags: number) {
      await answers.post(Routes.webhook(application, token), { ...payload(message, { flags }), auth: false });
    },
    async post(channel: string, message: DiscordMessage, fields: PostFields): Promise<APIMessage> {
      return (await rest.post(Routes.channelMessages(channel), payload(message, fields))) as APIMessage;
    },
    async edit(channel: string, id: string, message: DiscordMessage) {
      await rest.patch(Routes.channelMessage(channel, id), payload(message));
    },
    /** Up to a hundred messages after an id, in no order that may be relied on. */
    async history(channel: string, after: string, limit: number): Promise<readonly APIMessage[]> {
      const query = new URLSearchParams({ after, limit: String(limit) });
      return (await rest.get(Routes.channelMessages(channel), { query })) as APIMessage[];
    },
    async startThread(channel: string, message: string, name: string): Promise<void> {
      await rest.post(Routes.threads(channel, message), { body: { name, auto_archive_duration: 1440 } });
    },
    async openDirect(user: string): Promise<string> {
      const channel = await rest.post(Routes.userChannels(), { body: { recipient_id: user } });
      return (channel as APIChannel).id;
    },
    async channel(id: string): Promise<APIChannel> {
      return (await rest.get(Routes.channel(id))) as APIChannel;
    },
    async guild(id: string): Promise<APIGuild> {
      return (await rest.get(Routes.guild(id))) as APIGuild;
    },
    async member(guild: string, user: string): Promise<APIGuildMember> {
      return (await rest.get(Routes.guildMember(guild, user))) as APIGuildMember;
    },
    async application(): Promise<RESTGetCurrentApplicationResult> {
      return (await rest.get(Routes.currentApplication())) as RESTGetCurrentApplicationResult;
    },
    async self(): Promise<APIUser> {
      return (await rest.get(Routes.user())) as APIUser;
    },
    async gateway(): Promise<RESTGetAPIGatewayBotResult> {
      return (await rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult;
    },
    async register(application: string, body: RESTPutAPIApplicationCommandsJSONBody) {
      await rest.put(Routes.applicationCommands(application), { body });
    },
  };
}

export type DiscordApi = ReturnType<typeof createApi>;

import { faultOfBlocks, faultOfView } from './check-blocks.js';
import { type Channel, type Json, type Message, newId, newTs, type SlackState, type Team } from './state.js';

/** Thrown by a method: Slack's word for what is wrong. */
export class Refusal extends Error {}

export interface Call {
  readonly state: SlackState;
  readonly team: Team;
  readonly args: Json;
  readonly base: string;
}

type Method = (call: Call) => Json;

const refuse = (code: string): never => {
  throw new Refusal(code);
};

function channelFor({ state, team, args }: Call): Channel {
  const wanted = String(args.channel ?? args.channel_id ?? '');
  const known = state.channels.find(({ id, teamId }) => id === wanted && teamId === team.id);
  return known ?? refuse('channel_not_found');
}

function writable(call: Call): Channel {
  const channel = channelFor(call);
  if (channel.isArchived) refuse('is_archived');
  if (!channel.hasBot) refuse('not_in_channel');
  return channel;
}

function content(call: Call): { text: string; blocks: Json[]; metadata: Json | null } {
  const { args, state } = call;
  const text = String(args.text ?? '');
  const blocks = (args.blocks ?? []) as Json[];
  if (text === '') refuse('no_text');
  if (text.length > 40_000) refuse('msg_too_long');
  const fault = faultOfBlocks(state, blocks, 'message');
  if (fault) refuse(fault);
  return { text, blocks, metadata: (args.metadata as Json | undefined) ?? null };
}

function userFor({ state, team }: Call, id: unknown) {
  const user = state.users.find((known) => known.id === id);
  const isSeen = user && (user.teamId === team.id || user.flags.is_stranger || team.enterpriseId);
  return isSeen ? user : refuse('user_not_found');
}

function posted(message: Message): Json {
  const { text, blocks, metadata, ts, threadTs, files } = message;
  return {
    type: 'message',
    ts,
    text,
    blocks,
    ...(metadata ? { metadata } : {}),
    ...(threadTs ? { thread_ts: threadTs } : {}),
    files,
  };
}

function history(call: Call, list: readonly Message[]): Json {
  const { args } = call;
  const oldest = Number(args.oldest ?? 0);
  const latest = Number(args.latest ?? Number.POSITIVE_INFINITY);
  const all = list.filter(({ ts }) => Number(ts) >= oldest && Number(ts) <= latest).reverse();
  const start = Number(args.cursor ?? 0);
  const limit = Number(args.limit ?? 100);
  if (limit > 999) refuse('invalid_limit');
  const page = all.slice(start, start + limit);
  const hasMore = start + limit < all.length;
  const messages = page.map((message) => {
    const { metadata, files, ...rest } = posted(message) as Json & { metadata?: Json; files: string[] };
    const known = call.state.files
      .filter(({ id }) => files.includes(id))
      .map(({ id, name }) => ({ id, name }));
    return { ...rest, files: known, ...(args.include_all_metadata ? { metadata } : {}) };
  });
  return {
    messages,
    has_more: hasMore,
    response_metadata: { next_cursor: hasMore ? String(start + limit) : '' },
  };
}

export const methods: Readonly<Record<string, Method>> = {
  'auth.test': ({ team }) => ({
    team: team.name,
    team_id: team.id,
    user: 'tallyman',
    user_id: team.botUserId,
    bot_id: `B${team.id}`,
    ...(team.enterpriseId ? { enterprise_id: team.enterpriseId } : {}),
    is_enterprise_install: false,
  }),
  'chat.postMessage': (call) => {
    const channel = writable(call);
    const { state, team, args } = call;
    const threadTs = args.thread_ts === undefined ? null : String(args.thread_ts);
    if (threadTs && !state.messages.some(({ ts }) => ts === threadTs)) refuse('thread_not_found');
    const message: Message = {
      ...content(call),
      teamId: team.id,
      channel: channel.id,
      ts: newTs(state),
      threadTs,
      files: [],
      edits: 0,
    };
    state.messages.push(message);
    return { channel: channel.id, ts: message.ts, message: posted(message) };
  },
  'chat.update': (call) => {
    const channel = writable(call);
    const message = call.state.messages.find(
      ({ ts, channel: id }) => ts === call.args.ts && id === channel.id,
    );
    if (!message) return refuse('message_not_found');
    Object.assign(message, content(call), { edits: message.edits + 1 });
    return { channel: channel.id, ts: message.ts };
  },
  'chat.postEphemeral': (call) => {
    const channel = writable(call);
    const user = userFor(call, call.args.user);
    const { text, blocks } = content(call);
    call.state.whispers.push({ channel: channel.id, user: user.id, text, blocks, via: 'postEphemeral' });
    return { message_ts: newTs(call.state) };
  },
  'conversations.open': (call) => {
    const { state, team, args } = call;
    const user = userFor(call, args.users);
    const known = state.channels.find((channel) => channel.with === user.id && channel.teamId === team.id);
    if (known) return { channel: { id: known.id } };
    const id = newId(state, 'D');
    state.channels.push({
      id,
      teamId: team.id,
      name: '',
      with: user.id,
      isPrivate: true,
      isArchived: false,
      isShared: false,
      hasBot: true,
    });
    return { channel: { id } };
  },
  'conversations.info': (call) => {
    const channel = channelFor(call);
    if (channel.isPrivate && !channel.hasBot) return refuse('channel_not_found');
    const { id, name, isArchived, isShared, hasBot } = channel;
    return {
      channel: {
        id,
        name,
        is_archived: isArchived,
        is_ext_shared: isShared,
        is_member: hasBot,
        is_im: Boolean(channel.with),
      },
    };
  },
  'conversations.list': ({ state, team }) => ({
    channels: state.channels
      .filter(
        ({ teamId, with: person, isPrivate, hasBot }) =>
          teamId === team.id && !person && (!isPrivate || hasBot),
      )
      .map(({ id, name }) => ({ id, name })),
    response_metadata: { next_cursor: '' },
  }),
  'conversations.history': (call) => {
    const channel = channelFor(call);
    if (!channel.hasBot) return refuse('not_in_channel');
    return history(
      call,
      call.state.messages.filter((one) => one.channel === channel.id && one.threadTs === null),
    );
  },
  'conversations.replies': (call) => {
    const channel = channelFor(call);
    const { ts } = call.args;
    const thread = call.state.messages.filter((one) => {
      return one.channel === channel.id && (one.ts === ts || one.threadTs === ts);
    });
    if (thread.length === 0) return refuse('thread_not_found');
    return history(call, thread);
  },
  'users.info': (call) => {
    const { id, name, flags, teamId } = userFor(call, call.args.user);
    return {
      user: {
        id,
        team_id: teamId,
        name: name.toLowerCase(),
        real_name: name,
        profile: { display_name: name },
        ...flags,
      },
    };
  },
  'users.list': ({ state, team }) => ({
    members: state.users
      .filter(({ teamId }) => teamId === team.id)
      .map(({ id, name }) => ({ id, name: name.toLowerCase(), profile: { display_name: name } })),
    response_metadata: { next_cursor: '' },
  }),
  'views.open': (call) => {
    const { state, team, args } = call;
    const trigger = state.triggers.get(String(args.trigger_id));
    if (!trigger) return refuse('exchanged_trigger_id');
    state.triggers.delete(String(args.trigger_id));
    if (trigger.teamId !== team.id) return refuse('invalid_trigger_id');
    if (trigger.until < state.now()) return refuse('expired_trigger_id');
    const view = args.view as Json;
    const fault = faultOfView(state, view, 'modal');
    if (fault) return refuse(fault);
    const stored = { ...view, id: newId(state, 'V') };
    state.modals.push({ teamId: team.id, user: trigger.user, view: stored });
    return { view: stored };
  },
  'views.publish': (call) => {
    const { state, args } = call;
    const user = userFor(call, args.user_id);
    const view = args.view as Json;
    const fault = faultOfView(state, view, 'home');
    if (fault) return refuse(fault);
    state.homes.set(user.id, view);
    return { view };
  },
  'files.getUploadURLExternal': ({ state, team, args, base }) => {
    const length = Number(args.length);
    if (!args.filename || !(length > 0)) return refuse('invalid_arguments');
    const id = newId(state, 'F');
    state.files.push({
      id,
      teamId: team.id,
      name: String(args.filename),
      length,
      altText: String(args.alt_text ?? ''),
      content: null,
      complete: false,
    });
    return { file_id: id, upload_url: `${base}/upload/${id}` };
  },
  'files.completeUploadExternal': (call) => {
    const { state, team, args } = call;
    const files = (args.files as { id: string }[]).map(({ id }) => {
      const file = state.files.find((one) => one.id === id && one.teamId === team.id);
      if (!file?.content) return refuse('file_not_found');
      return file;
    });
    const channel = args.channel_id === undefined ? null : writable(call);
    for (const file of files) file.complete = true;
    if (channel) {
      state.messages.push({
        teamId: team.id,
        channel: channel.id,
        ts: newTs(state),
        threadTs: args.thread_ts === undefined ? null : String(args.thread_ts),
        text: String(args.initial_comment ?? ''),
        blocks: [],
        metadata: null,
        files: files.map(({ id }) => id),
        edits: 0,
      });
    }
    return { files: files.map(({ id }) => ({ id })) };
  },
  'files.info': ({ state, team, args, base }) => {
    const file = state.files.find(({ id, teamId }) => id === args.file && teamId === team.id);
    if (!file) return refuse('file_not_found');
    const { id, name, length, by = team.botUserId } = file;
    const mimetype = file.complete ? (name.endsWith('.png') ? 'image/png' : 'text/csv') : '';
    return {
      file: { id, name, mimetype, size: length, user: by, url_private_download: `${base}/files/${id}` },
    };
  },
};

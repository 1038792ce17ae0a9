import type { Ledger } from '../../specs/ledger.js';
import { faultOfBlocks, faultOfView, isOption } from './check-blocks.js';
import type { Json, SlackState } from './state.js';

/** Calls whose words a whole channel may read. Views, forms and ephemeral messages are one person's. */
const shown: ReadonlySet<string> = new Set([
  'chat.postMessage',
  'chat.update',
  'files.completeUploadExternal',
]);

/** Notes a call of the Web API: who will read it, and what of Slack's rules it breaks. */
export function recordCall(ledger: Ledger, state: SlackState, method: string, args: Json): void {
  ledger.sent(
    {
      surface: 'slack',
      endpoint: method,
      body: args,
      files: filesOf(state, args),
      room: shown.has(method) ? roomOf(state, args) : null,
    },
    faultsOf(state, method, args),
  );
}

/** Notes what was sent to an answering address. */
export function recordResponse(ledger: Ledger, state: SlackState, path: string, body: Json): void {
  const channel = body.response_type === 'in_channel' ? state.responses.get(path)?.channel : undefined;
  const fault = body.blocks === undefined ? null : faultOfBlocks(state, body.blocks, 'message');
  ledger.sent(
    {
      surface: 'slack',
      endpoint: 'response_url',
      body,
      files: filesOf(state, body),
      room: channel === undefined ? null : roomOf(state, { channel }),
    },
    fault ? [fault] : [],
  );
}

/** Notes an acknowledgement that says something: to a request for choices, or to a form that stays open. */
export function recordAcknowledgement(ledger: Ledger, payload: Json | null): void {
  if (!payload) return;
  if (payload.response_action === 'errors') {
    const errors = Object.values((payload.errors ?? {}) as Json);
    const isSaid = errors.length > 0 && errors.every((text) => typeof text === 'string' && text !== '');
    ledger.sent(
      { surface: 'slack', endpoint: 'form_errors', body: payload, files: [], room: null },
      isSaid ? [] : ['/errors says nothing'],
    );
    return;
  }
  const options = payload.options as Json[] | undefined;
  const isRight = options !== undefined && options.length <= 100 && options.every(isOption);
  ledger.sent(
    { surface: 'slack', endpoint: 'choices', body: payload, files: [], room: null },
    isRight ? [] : ['/options is not at most 100 choices'],
  );
}

/** The channel's names, where it is no direct message. */
function roomOf(state: SlackState, args: Json): readonly string[] | null {
  const id = args.channel ?? args.channel_id;
  if (typeof id !== 'string') return null;
  const channel = state.channels.find((one) => one.id === id);
  if (channel?.with !== undefined) return null;
  return [id, ...(channel ? [`#${channel.name}`] : [])];
}

/** A file is read where it is shared: its content, its name and its words for who cannot see it. */
function filesOf(state: SlackState, args: Json): string[] {
  const named = JSON.stringify([args.blocks ?? [], args.files ?? []]);
  const used = state.files.filter(({ id }) => named.includes(`"${id}"`));
  return used.flatMap(({ name, altText, content }) => [name, altText, content?.toString('utf8') ?? '']);
}

function faultsOf(state: SlackState, method: string, args: Json): string[] {
  const isMessage = method.startsWith('chat.');
  const faults = [
    ...(isMessage && args.blocks !== undefined ? [faultOfBlocks(state, args.blocks, 'message')] : []),
    ...(isMessage && !args.text ? ['/text is missing: notifications would be empty'] : []),
    ...(String(args.text ?? '').length > 40_000 ? ['/text is longer than 40000'] : []),
    ...(method === 'views.open' ? [faultOfView(state, args.view as Json, 'modal')] : []),
    ...(method === 'views.publish' ? [faultOfView(state, args.view as Json, 'home')] : []),
  ];
  return faults.filter((fault) => fault !== null);
}

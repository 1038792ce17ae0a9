import type { Dispatch } from '../../src/dispatch.js';
import { type ChatDriver, casino, type Person } from '../contracts/chat-driver.js';
import { actedOn, readMessage } from './server/read-blocks.js';
import type { SlackServer } from './server/slack-server.js';
import { type Json, newId, type OpenView } from './server/state.js';
import { type SlackUnderTest, type WithSlackOptions, withSlack } from './with-slack.js';

/** A team as a driver sees it: its channel, and who its three people are. */
export interface Home {
  readonly team: string;
  readonly channel: string;
  readonly ids: Readonly<Record<Person, string>>;
}

const casinoTeam: Home = {
  team: 'T0CASINO',
  channel: 'C0CASINO',
  ids: { ann: 'U0ANN', bob: 'U0BOB', guest: 'U0GUEST' },
};

export interface SlackDriver extends ChatDriver, SlackUnderTest {
  /** The payload of a typed command. */
  command(line: string, as?: Person): Json;
}

/** The payload of a typed command. */
export function commandPayload(
  server: SlackServer,
  line: string,
  as: Person,
  { team, channel, ids }: Home = casinoTeam,
): Json {
  const [name = '', ...rest] = line.split(' ');
  return {
    command: name,
    text: rest.join(' '),
    team_id: team,
    user_id: ids[as],
    user_name: as,
    channel_id: channel,
    channel_name: 'casino',
    is_enterprise_install: 'false',
    api_app_id: 'A1',
    trigger_id: server.trigger(team, ids[as]),
    response_url: server.responseUrl(ids[as], channel),
  };
}

/** People at Slack's far side: everything they do is delivered as Slack delivers it. */
export async function startDriver(
  dispatch: Dispatch,
  options: Partial<WithSlackOptions> = {},
): Promise<SlackDriver> {
  return driveSlack(await withSlack({ dispatch, ...options }));
}

/** The people of one team, where the bot runs already. */
export function driveSlack(under: SlackUnderTest, home: Home = casinoTeam): SlackDriver {
  const { team, channel, ids } = home;
  const { server, slack } = under;
  const { state } = server;
  /** Forms that were kept open: what is said beside their fields, and what was typed into them. */
  const kept = new Map<
    OpenView,
    { readonly errors: Json; readonly typed: Readonly<Record<string, string>> }
  >();

  function person(as: Person) {
    return { id: ids[as], username: as, team_id: team };
  }

  function modalOf(as: Person): OpenView | undefined {
    return state.modals.findLast(({ user }) => user === ids[as]);
  }

  function isDirect(id: string, as: Person): boolean {
    return state.channels.some((known) => known.id === id && known.with === ids[as]);
  }

  function seenBy(
    as: Person,
  ): { readonly text: string; readonly blocks: readonly Json[]; readonly channel: string | null }[] {
    const whispered = state.whispers.filter(({ user }) => user === ids[as]);
    const direct = state.messages.filter((message) => isDirect(message.channel, as));
    return [...whispered, ...direct];
  }

  async function interact(payload: Json): Promise<Json | null> {
    const ack = await under.deliver({ type: 'interactive', payload });
    if (!ack) throw new Error('Slack was not answered in three seconds');
    await slack.settled();
    return ack.payload;
  }

  async function submit(
    values: Readonly<Record<string, string>>,
    as: Person,
    files: readonly Json[],
  ): Promise<void> {
    const open = modalOf(as);
    if (!open) throw new Error(`no form is open before ${as}`);
    const typed = { ...kept.get(open)?.typed, ...values };
    const inputs = (open.view.blocks as Json[]).filter(({ type }) => type === 'input');
    const filled = inputs.map((block) => {
      const element = block.element as Json;
      const name = String(block.block_id);
      const value = stateOf(element, typed[name] ?? initialOf(block), channel);
      return [
        name,
        { [String(element.action_id)]: element.type === 'file_input' ? { ...value, files } : value },
      ];
    });
    const view = { ...open.view, state: { values: Object.fromEntries(filled) } };
    const answer = await interact({ type: 'view_submission', team: { id: team }, user: person(as), view });
    if (answer?.response_action !== 'errors') {
      state.modals.splice(state.modals.indexOf(open), 1);
      return;
    }
    const errors = answer.errors as Json;
    const names = inputs.map((block) => String(block.block_id));
    if (!Object.keys(errors).every((name) => names.includes(name)))
      throw new Error('an error beside no field');
    kept.set(open, { errors, typed });
  }

  const command = (line: string, as: Person = 'ann') => commandPayload(server, line, as, home);

  return {
    ...under,
    command,
    workspace: `slack:${team}`,
    messenger: slack.messenger,
    hasForms: true,
    hasGuests: true,
    hasAudience: true,
    async type(line, as = 'ann') {
      await under.deliver({ type: 'slash_commands', payload: command(line, as) });
      await slack.settled();
    },
    form(as = 'ann') {
      const open = modalOf(as);
      if (!open) return null;
      const blocks = (open.view.blocks as Json[]).filter(({ type }) => type === 'input');
      const title = String((open.view.title as Json).text);
      const again = kept.get(open);
      return {
        title,
        fields: blocks.map((block) => {
          const name = String(block.block_id);
          return { name, value: again?.typed[name] ?? initialOf(block) };
        }),
        ...(again ? { errors: Object.values(again.errors).map(String) } : {}),
      };
    },
    submit: (values, as = 'ann') => submit(values, as, []),
    async handOver(line, { name, content }, as = 'ann') {
      await under.deliver({ type: 'slash_commands', payload: command(line, as) });
      await slack.settled();
      const id = newId(state, 'F');
      const bytes = Buffer.from(content);
      state.files.push({
        id,
        teamId: team,
        name,
        length: bytes.length,
        by: ids[as],
        altText: '',
        content: bytes,
        complete: true,
      });
      await submit({}, as, [{ id }]);
    },
    async press(label, as = 'ann') {
      const shown = [...seenBy(as), ...state.messages.filter((message) => message.channel === channel)];
      for (const message of shown.toReversed()) {
        const button = buttonsOf(message.blocks).find((one) => String((one.text as Json).text) === label);
        if (!button) continue;
        await interact({
          type: 'block_actions',
          team: { id: team },
          user: person(as),
          channel: { id: message.channel, name: message.channel === channel ? 'casino' : 'directmessage' },
          container: { type: 'message' },
          trigger_id: server.trigger(team, ids[as]),
          response_url: server.responseUrl(ids[as], message.channel ?? channel),
          actions: [{ type: 'button', action_id: button.action_id, value: button.value, block_id: 'b' }],
        });
        return;
      }
      throw new Error(`no button ${label}`);
    },
    privately: (as = 'ann') =>
      seenBy(as)
        .map(readMessage)
        .filter((text) => text !== ''),
    publicly: () =>
      state.messages
        .filter((message) => message.channel === channel && message.threadTs === null)
        .map((message) => {
          const thread = state.messages.filter(({ threadTs }) => threadTs === message.ts);
          return { id: message.ts, text: [message, ...thread].map(readMessage).join('\n') };
        }),
    files(as = 'ann') {
      const shared = state.messages
        .filter((message) => isDirect(message.channel, as))
        .flatMap(({ files }) => files);
      return state.files
        .filter(({ id }) => shared.includes(id))
        .map(({ name, content }) => ({ name, content: String(content) }));
    },
    actedOn: () => [...state.whispers, ...state.messages].flatMap(actedOn),
    refused: () =>
      [...state.whispers, ...state.messages].filter(isBare).map(({ text }) => `sent without blocks: ${text}`),
    sent: () =>
      JSON.stringify([state.calls.map(({ args }) => args), [...kept.values()].map(({ errors }) => errors)]),
    target(of) {
      if (of === casino) return { kind: 'channel', id: channel, name: casino };
      return { kind: 'user', id: ids[of], name: of };
    },
  };
}

/** A message of words alone is what goes out after Slack has refused the drawn one; one with files has its own. */
function isBare({
  blocks,
  ...rest
}: {
  readonly blocks: readonly Json[];
  readonly files?: readonly string[];
}) {
  return blocks.length === 0 && (rest.files ?? []).length === 0;
}

function buttonsOf(blocks: readonly Json[]): Json[] {
  return blocks.flatMap((block) => (block.type === 'actions' ? (block.elements as Json[]) : []));
}

function initialOf(block: Json): string {
  const element = block.element as Json;
  const option = (element.initial_option ?? (element.initial_options as Json[] | undefined)?.[0]) as
    | Json
    | undefined;
  const plain =
    element.initial_value ?? element.initial_date ?? element.initial_time ?? element.initial_conversation;
  return String(option?.value ?? plain ?? '');
}

/** What Slack hands back for an input that a person left with this value. */
function stateOf(element: Json, value: string, channel: string): Json {
  const option = value ? { text: { type: 'plain_text', text: value }, value } : null;
  switch (element.type) {
    case 'static_select':
    case 'external_select':
      return { type: element.type, selected_option: option };
    case 'checkboxes':
      return { type: element.type, selected_options: option ? [option] : [] };
    case 'conversations_select':
      return { type: element.type, selected_conversation: value === casino ? channel : value || null };
    case 'datepicker':
      return { type: element.type, selected_date: value || null };
    case 'timepicker':
      return { type: element.type, selected_time: value || null };
    default:
      return { type: element.type, value: value || null };
  }
}

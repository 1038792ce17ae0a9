import type { Messenger, OutgoingMessage } from '../../src/delivery/outbox.js';
import type { Dispatch, Prepared } from '../../src/dispatch.js';
import type { Ledger } from './ledger.js';

/** The channels in which a workspace has offers. */
export type OfferRooms = (workspace: string) => Promise<readonly string[]>;

/** A dispatch whose answers for everybody are noted. */
export function witnessedDispatch(dispatch: Dispatch, ledger: Ledger): Dispatch {
  const noted = (prepared: Prepared, room: string): Prepared => {
    if (prepared.kind === 'form') return prepared;
    const run: typeof prepared.run = async (progress) => {
      const reply = await prepared.run((card) => {
        if (!prepared.private) ledger.addressed(room, card);
        progress?.(card);
      });
      if (!reply.private)
        ledger.addressed(room, [reply.card, ...reply.files.map(({ content }) => text(content))]);
      return reply;
    };
    return { ...prepared, run };
  };
  return {
    ...dispatch,
    prepare: async (call, canShowForm) =>
      noted(await dispatch.prepare(call, canShowForm), call.caller.channel.id),
    prepareLine: async (line, caller, canShowForm) =>
      noted(await dispatch.prepareLine(line, caller, canShowForm), caller.channel.id),
    press: async (button, caller, canShowForm) =>
      noted(await dispatch.press(button, caller, canShowForm), caller.channel.id),
    submit: async (form, values, caller) =>
      noted(await dispatch.submit(form, values, caller), caller.channel.id),
  };
}

/** A messenger whose messages for channels are noted before they leave. */
export function witnessedMessenger(messenger: Messenger, ledger: Ledger, offerRooms?: OfferRooms): Messenger {
  async function note({ workspace, target, card, files }: OutgoingMessage): Promise<void> {
    if (target.kind !== 'channel') return;
    const rooms = await offerRooms?.(workspace);
    const content = [card, ...files.map(({ base64 }) => text(Buffer.from(base64, 'base64')))];
    ledger.addressed(target.id, content, rooms?.includes(target.id) ?? true);
  }
  return {
    async send(message, isInTime) {
      await note(message);
      return messenger.send(message, isInTime);
    },
    async edit(message, id) {
      await note(message);
      return messenger.edit(message, id);
    },
    async find(message, since) {
      await note(message);
      return messenger.find(message, since);
    },
  };
}

function text(content: Uint8Array): string {
  return Buffer.from(content).toString('utf8');
}

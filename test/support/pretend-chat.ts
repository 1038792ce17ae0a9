import type { DeliveryError, Messenger, OutgoingMessage } from '../../src/delivery/outbox.js';

/** A message as the chat product has it. */
export interface PostedMessage {
  readonly id: string;
  readonly key: string;
  readonly place: string;
  readonly titles: readonly string[];
  readonly message: OutgoingMessage;
}

/** What the far side does with the next call: nothing to the message but an error, or taking it and losing the answer. */
export interface Fault {
  readonly error: unknown;
  readonly taken?: boolean;
}

export interface PretendChat extends Messenger {
  readonly posted: PostedMessage[];
  /** Every call, `send #casino`, `edit #casino`, `find #casino`. */
  readonly calls: string[];
  /** Faults for the next calls of `send` and `edit`, in order. */
  readonly faults: Fault[];
  /** Faults of `find`. */
  readonly lookFaults: DeliveryError[];
  readable: boolean;
  /** Called before a call is answered. */
  onCall: () => void;
  titlesAt(place: string): string[];
}

/** The far side: a chat product that keeps what it was sent. */
export function pretendChat(): PretendChat {
  let next = 1;
  const chat: PretendChat = {
    posted: [],
    calls: [],
    faults: [],
    lookFaults: [],
    readable: true,
    onCall: () => {},
    async send(message) {
      chat.calls.push(`send ${message.target.name}`);
      chat.onCall();
      const fault = chat.faults.shift();
      if (fault && !fault.taken) throw fault.error;
      const id = `m${next}`;
      next += 1;
      const titles = [message.card.title];
      chat.posted.push({ id, key: message.key, place: message.target.name, titles, message });
      if (fault) throw fault.error;
      return id;
    },
    async edit(message, messageId) {
      chat.calls.push(`edit ${message.target.name}`);
      chat.onCall();
      const fault = chat.faults.shift();
      if (fault && !fault.taken) throw fault.error;
      const index = chat.posted.findIndex((one) => one.id === messageId);
      const known = chat.posted[index];
      if (!known) throw new Error(`no message ${messageId}`);
      chat.posted[index] = { ...known, titles: [...known.titles, message.card.title], message };
      if (fault) throw fault.error;
    },
    async find(message) {
      chat.calls.push(`find ${message.target.name}`);
      chat.onCall();
      const fault = chat.lookFaults.shift();
      if (fault) throw fault;
      if (!chat.readable) return 'unreadable';
      return chat.posted.find((one) => one.key === message.key)?.id ?? 'absent';
    },
    titlesAt(place) {
      return chat.posted.filter((one) => one.place === place).map((one) => one.titles.at(-1) ?? '');
    },
  };
  return chat;
}

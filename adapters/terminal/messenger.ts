import { DeliveryError, type Messenger, type OutgoingMessage } from '../../src/delivery/outbox.js';
import type { Screen } from './screen.js';

/** Keys that are remembered; a doubtful send is looked for within minutes, not thousands of messages. */
const mostKeys = 10_000;

/** Channel posts and direct messages of the terminal. A message's id is its key. */
export function createTerminalMessenger(screen: Screen): Messenger {
  const printed = new Set<string>();

  const print = async (message: OutgoingMessage, id: string, isUpdate: boolean) => {
    if (!screen.isOpen()) throw new DeliveryError('unreachable', 'output_closed');
    const files = message.files.map(({ name, mediaType, base64 }) => {
      return { name, mediaType, content: Buffer.from(base64, 'base64') };
    });
    await screen.message({ target: message.target, id, card: message.card, files, isUpdate });
  };

  return {
    async send(message) {
      await print(message, message.key, false);
      printed.add(message.key);
      const [oldest] = printed;
      if (printed.size > mostKeys && oldest !== undefined) printed.delete(oldest);
      return message.key;
    },
    async edit(message, messageId) {
      await print(message, messageId, true);
    },
    // What an earlier process printed cannot be read back; only this one's own screen is known.
    find: async (message) => (printed.has(message.key) ? message.key : 'absent'),
  };
}

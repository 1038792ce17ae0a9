import bolt from '@slack/bolt';
import { answerQuestions } from './child.js';
import { signingSecret } from './signed-requests.js';

// A Bolt app that acknowledges and does nothing else.
const receiver = new bolt.HTTPReceiver({ signingSecret, endpoints: ['/slack/events'] });
const app = new bolt.App({
  receiver,
  authorize: async () => ({ botToken: 'test-token-bolt', botId: 'B1', botUserId: 'U1' }),
});
app.command('/offer', ({ ack }) => ack());
const server = await app.start({ port: 0, host: '127.0.0.1' });
const address = server.address();

answerQuestions<unknown, number>(async () =>
  typeof address === 'object' && address !== null ? address.port : 0,
);

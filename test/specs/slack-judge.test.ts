import { describe, expect, test } from 'vitest';
import { judgeOf } from './judge-of.js';

const judge = await judgeOf('slack');

/** Only `npm run test:specs` makes the schemas of Slack's types. */
describe.skipIf(!judge)("Slack's types", () => {
  const faultsOf = (endpoint: string, body: object) => judge?.({ endpoint, body }) ?? [];
  const message = (...blocks: object[]) => ({ channel: 'C0CASINO', text: 'Royal', blocks });
  const words = { type: 'mrkdwn', text: 'Royal' };
  const title = { type: 'plain_text', text: 'Royal' };

  test('let good bodies pass, with the numbers and switches of a form as text', () => {
    const section = { type: 'section', text: words };

    expect(faultsOf('chat.postMessage', { ...message(section), unfurl_links: 'false' })).toEqual([]);
    expect(faultsOf('conversations.history', { channel: 'C0CASINO', limit: '200' })).toEqual([]);
    expect(faultsOf('response_url', { text: 'Royal', response_type: 'ephemeral' })).toEqual([]);
  });

  test.each<[string, string, object, string]>([
    [
      'a method that nobody has looked at',
      'chat.delete',
      {},
      '/ chat.delete is no method that is known here',
    ],
    [
      'an argument that does not exist',
      'chat.postMessage',
      { ...message(), colour: 1 },
      '/colour is not described',
    ],
    ['no channel', 'chat.postMessage', { text: 'Royal' }, "/ must have required property 'channel'"],
    [
      'a block that is not known',
      'chat.postMessage',
      message({ type: 'map' }),
      '/blocks/0/type is none of actions,',
    ],
    [
      'a key that a block has not',
      'chat.update',
      { ...message({ type: 'header', text: title, level: 2 }), ts: '1.1' },
      '/blocks/0/level is not described',
    ],
    [
      'a text of the wrong kind',
      'chat.postMessage',
      message({ type: 'header', text: words }),
      '/blocks/0/text/type is not "plain_text"',
    ],
    [
      'a picture without its file',
      'chat.postEphemeral',
      { ...message({ type: 'image', alt_text: 'FTD' }), user: 'U0ANN' },
      "/blocks/0 must have required property 'image_url'",
    ],
    [
      'a cell that is no element',
      'chat.postMessage',
      message({ type: 'table', rows: [[{ type: 'raw_text', text: 3 }]] }),
      '/blocks/0/rows/0/0/text must be string',
    ],
    [
      'a form without a title',
      'views.open',
      { trigger_id: '1.2', view: { type: 'modal', blocks: [] } },
      "/view must have required property 'title'",
    ],
    [
      'a form where Home is drawn',
      'views.publish',
      { user_id: 'U0ANN', view: { type: 'modal', title, blocks: [] } },
      '/view/type is not "home"',
    ],
    [
      'an answer for an audience that does not exist',
      'response_url',
      { text: 'Royal', response_type: 'everyone' },
      '/response_type is none of in_channel,ephemeral',
    ],
    [
      'choices without their element',
      'choices',
      { options: [{ text: 'Royal', value: '1' }] },
      '/options/0/text must be object',
    ],
  ])('refuse %s', (_, endpoint, body, fault) => {
    expect(faultsOf(endpoint, body).join('\n')).toContain(fault);
  });
});

import { describe, expect, test } from 'vitest';
import { judgeOf } from './judge-of.js';

const judge = await judgeOf('discord');
const post = 'POST /channels/:id/messages';
const callback = 'POST /interactions/:id/:token/callback';
const register = 'PUT /applications/:id/commands';

/** Only in `npm run test:specs`, and where the description of the API is at hand. */
describe.skipIf(!judge)("Discord's own description", () => {
  const faultsOf = (endpoint: string, body: unknown) => judge?.({ endpoint, body }) ?? [];

  test('lets good bodies pass, digits for integers and what the library adds', () => {
    const command = { name: 'offer', description: 'Offers', default_member_permissions: '0' };

    expect(faultsOf(register, [command])).toEqual([]);
    expect(faultsOf(post, { content: 'Royal', nonce: 'x', enforce_nonce: true, tts: false })).toEqual([]);
    expect(faultsOf(callback, { type: 5, data: { flags: 64 } })).toEqual([]);
  });

  test.each<[string, string, unknown, string]>([
    ['a route that takes no body', 'GET /channels/:id', {}, '/ GET /channels/:id takes no body'],
    ['a key that does not exist', post, { content: 'Royal', colour: 1 }, '/colour is not described'],
    ['an integer that is none', post, { flags: 'many' }, '/flags must match pattern'],
    ['a text that is none', post, { content: 3 }, '/content must be string,null'],
    ['eleven embeds', post, { embeds: Array.from({ length: 11 }, () => ({})) }, '/embeds must NOT have more'],
    [
      'a component that does not exist',
      post,
      { components: [{ type: 99 }] },
      '/components/0/type is none of',
    ],
    [
      'a button without an id, by its place',
      post,
      { components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: '' }] }] },
      '/components/0/components/0/custom_id must NOT have fewer than 1',
    ],
    [
      'a text without words, deep in a container',
      post,
      { flags: 32_768, components: [{ type: 17, components: [{ type: 10, content: '' }] }] },
      '/components/0/components/0/content must NOT have fewer than 1',
    ],
    [
      'a form without a title',
      callback,
      { type: 9, data: { custom_id: 'f', components: [] } },
      "/data must have required property 'title'",
    ],
    ['an answer of no kind', callback, { type: 3 }, '/type is none of'],
    [
      'an answer that is too long',
      'PATCH /webhooks/:id/:token/messages/@original',
      { content: 'x'.repeat(4001) },
      '/content must NOT have more',
    ],
    [
      'an option without a description',
      register,
      [{ name: 'offer', description: 'Offers', options: [{ type: 3, name: 'name' }] }],
      "/0/options/0 must have required property 'description'",
    ],
  ])('refuses %s', (_, endpoint, body, fault) => {
    expect(faultsOf(endpoint, body).join('\n')).toContain(fault);
  });
});

import { createHmac, generateKeyPairSync, sign } from 'node:crypto';

export const signingSecret = 'test-token-signing';
export const applicationId = '123456789012345678';

export interface SignedRequest {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

let last = 0;

/** `/offer list` as Slack sends it; each has a trigger of its own, since one sent again has no effect. */
export function slackCommand(responseUrl: string): SignedRequest {
  last += 1;
  const body = new URLSearchParams({
    ...{ command: '/offer', text: 'list', team_id: 'T0BENCH', user_id: 'U0ANN', user_name: 'ann' },
    ...{ channel_id: 'C0CASINO', channel_name: 'casino', is_enterprise_install: 'false', api_app_id: 'A1' },
    ...{ trigger_id: `1.${last}`, response_url: responseUrl },
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hash = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    path: '/slack/events',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hash}`,
    },
  };
}

const { publicKey, privateKey } = generateKeyPairSync('ed25519');

export const discordPublicKey = publicKey
  .export({ format: 'der', type: 'spki' })
  .subarray(-32)
  .toString('hex');

/** `/offer list` as Discord sends it. */
export function discordInteraction(): SignedRequest {
  last += 1;
  const user = { id: '223344556677889900', username: 'ann', global_name: 'Ann' };
  const body = JSON.stringify({
    ...{ id: String(555_566_667_777_000_000n + BigInt(last)), type: 2, token: `test-token-${last}` },
    ...{ application_id: applicationId, version: 1, guild_id: '334455667788990011' },
    channel: { id: '445566778899001122', name: 'casino', type: 0 },
    member: { user, permissions: '0', pending: false },
    data: { id: '1', type: 1, name: 'offer', options: [{ type: 1, name: 'list', options: [] }] },
  });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = sign(null, Buffer.from(timestamp + body), privateKey).toString('hex');
  return {
    path: '/discord/interactions',
    body,
    headers: {
      'content-type': 'application/json',
      'x-signature-ed25519': signature,
      'x-signature-timestamp': timestamp,
    },
  };
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../src/ports.js';
import { limits } from './limits.js';

/** True for a request that Slack signed, within five minutes before or after now. */
export function isSigned(
  headers: Headers,
  body: string,
  { signingSecret, clock }: { readonly signingSecret: string; readonly clock: Clock },
): boolean {
  const timestamp = headers.get('x-slack-request-timestamp') ?? '';
  const signature = headers.get('x-slack-signature') ?? '';
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  const skew = Math.abs(Date.parse(clock.now()) - Number(timestamp) * 1000);
  if (skew > limits.signatureSkewMs) return false;
  const expected = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest();
  return timingSafeEqual(expected, Buffer.from(signature.slice(3), 'hex'));
}

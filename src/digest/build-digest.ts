import type { Card } from '../card.js';
import type { Stores } from '../ports.js';
import { digestCard } from './digest-card.js';
import { type DigestRequest, gatherDigest } from './gather.js';

/** The digest of a period for readers who may see `request.offers`. */
export async function buildDigest(core: { readonly stores: Stores }, request: DigestRequest): Promise<Card> {
  return digestCard(await gatherDigest(core.stores, request));
}

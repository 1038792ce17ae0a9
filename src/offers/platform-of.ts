import type { Platform } from '../platforms/platform.js';
import type { Core } from '../ports.js';
import type { Offer } from './offer.js';

/** The platform that an offer is read from. */
export function platformOf(core: Core, offer: Offer): Platform {
  const platform = core.platforms.find((known) => known.id === offer.platform);
  if (!platform) throw new Error(`offer ${offer.id} has no platform`);
  return platform;
}

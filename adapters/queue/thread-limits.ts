import type { ResourceLimits } from 'node:worker_threads';

/**
 * Far more than a thread needs. With a limit below 2 GB V8 lets a heap double between collections instead of growing
 * fourfold: garbage of pages would stay for long.
 */
export const threadLimits: ResourceLimits = { maxOldGenerationSizeMb: 2000 };

import type { ResourceLimits } from 'node:worker_threads';

/**
 * Far more than a thread needs. With a limit below 2 GB V8 lets a heap double between collections instead of growing
 * fourfold: garbage of pages would stay for long. Rows are columns, so little of what is young lives on, and a small
 * young space costs no time; V8 would let it grow to 48 MB in each thread.
 */
export const threadLimits: ResourceLimits = { maxOldGenerationSizeMb: 2000, maxYoungGenerationSizeMb: 6 };

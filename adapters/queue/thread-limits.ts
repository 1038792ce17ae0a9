import type { ResourceLimits } from 'node:worker_threads';

/**
 * V8 lets a heap grow by how much it may take, so these decide how much garbage stays. The heaviest page that the limits of
 * a body let through (200,000 rows as JSON) takes 330 MB while it is read. Rows are columns: little of what is young lives
 * on, so a small young space costs no time that can be measured; V8 would let it grow to 48 MB in each thread.
 */
export const threadLimits: ResourceLimits = { maxOldGenerationSizeMb: 800, maxYoungGenerationSizeMb: 6 };

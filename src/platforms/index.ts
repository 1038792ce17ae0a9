import { affilka } from './affilka/affilka.js';
import type { Platform } from './platform.js';
import { referon } from './referon/referon.js';

/** Every affiliate platform that the bot reads. */
export const platforms: readonly Platform[] = [affilka, referon];

import { type Component, nested } from './rules.js';
import type { Message } from './world.js';

/** What Discord would draw as code, where nothing is acted on. */
const code = /```[\s\S]*?```|`[^`\n]+`/g;

/** A message as a person reads it: markup taken away, labels of buttons and alternative texts included. */
export function readText(message: Message): string {
  const parts = nested(message.components).map((part) => componentText(part));
  return [plain(message.content), ...parts, ...message.files.map(({ name }) => name)].join('\n');
}

function componentText(component: Component & { readonly items?: readonly unknown[] }): string {
  const items = (component.items ?? []) as readonly { readonly description?: string }[];
  const alternative = items.map(({ description }) => description ?? '');
  return [plain(component.content ?? ''), component.label ?? '', ...alternative].filter(Boolean).join('\n');
}

export function plain(markup: string): string {
  return markup
    .replace(/^(?:### |-# )/gm, '')
    .replace(/\\([\\*_~|>#\-[\]()<:@`])|\*\*|`+/g, (_, escaped: string | undefined) => escaped ?? '');
}

/** Mentions and masked links that Discord would act on. */
export function actedOn(message: Message): string[] {
  const texts = [message.content, ...nested(message.components).map(({ content }) => content ?? '')];
  return texts.flatMap((text) => {
    const bare = text.replace(code, '').replace(/\\[\\*_~|>#\-[\]()<:@`]/g, '');
    return bare.match(/<[@#!:t][^>]*>|@everyone|@here|\[[^\]]*\]\([^)]*\)|\|\|/g) ?? [];
  });
}

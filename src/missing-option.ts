import type { Command } from './command.js';
import { fieldsOf, type OptionField } from './options.js';

type Options = Readonly<Record<string, string>>;

/** Options that hold something; half characters and zero bytes, which not every database keeps, are taken out. */
export function presentOnly(options: Options): Record<string, string> {
  const kept = Object.entries(options).map(([name, value]) => [name, value.replace(/[\p{Cs}\0]/gu, '')]);
  return Object.fromEntries(kept.filter(([, value]) => value !== ''));
}

/** The first option that the command needs and that is not there. */
export function firstMissing({ options: shape }: Command, options: Options): OptionField | undefined {
  const present = presentOnly(options);
  return fieldsOf(shape).find(({ name, required }) => required && !present[name]);
}

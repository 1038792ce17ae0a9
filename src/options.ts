import { z } from 'zod';

/** What kind of thing an option is: decides parsing, completion, form fields and how each surface registers it. */
export type FieldKind =
  | 'text'
  | 'secret'
  | 'lines'
  | 'offer'
  | 'incident'
  | 'channel'
  | 'choice'
  | 'timezone'
  | 'currency'
  | 'day'
  | 'time'
  | 'duration'
  | 'flag';

export interface FieldMeta {
  readonly field: FieldKind;
  readonly description: string;
  readonly example?: string;
  readonly choices?: readonly string[];
}

/** A channel as a person names it: `#casino`, or a surface's `<#C024|casino>`. */
export interface ChannelRef {
  readonly id: string;
  readonly name: string;
}

const registry = z.registry<FieldMeta>();

function field<S extends z.ZodType>(schema: S, meta: FieldMeta): S {
  registry.add(schema, meta);
  return schema;
}

function readChannel(text: string, context: z.RefinementCtx): ChannelRef {
  const mention = /^<#([^|>]+)(?:\|([^>]*))?>$/.exec(text);
  if (mention?.[1]) return { id: mention[1], name: `#${mention[2] || mention[1]}` };
  const name = text.startsWith('#') ? text : `#${text}`;
  if (/^#[\p{L}\p{N}_.-]{1,80}$/u.test(name)) return { id: name, name };
  context.addIssue({ code: 'custom', message: 'is not a channel; write it as #casino' });
  return z.NEVER;
}

/** Builders for command options. Every surface hands options over as text. */
export const option = {
  text: (description: string, example?: string) =>
    field(z.string().min(1), { field: 'text', description, ...(example ? { example } : {}) }),
  /** Asked for in a form where the surface has one; never echoed, logged or pre-filled. */
  secret: (description: string, example?: string) =>
    field(z.string().min(1), { field: 'secret', description, ...(example ? { example } : {}) }),
  /** Several lines of text, or the content of a file the surface let the person choose. May hold secrets. */
  lines: (description: string) => field(z.string().min(1), { field: 'lines', description }),
  offer: (description = 'Number or name of the offer') =>
    field(z.string().min(1), { field: 'offer', description, example: '"Lucky Star"' }),
  incident: (description = 'Number of the alert') =>
    field(
      z
        .string()
        .regex(/^#?\d{1,9}$/, 'is not an incident number; /alert list shows them')
        .transform((text) => Number(text.replace('#', ''))),
      { field: 'incident', description, example: '3' },
    ),
  channel: (description: string) =>
    field(z.string().transform(readChannel), { field: 'channel', description, example: '#casino' }),
  choice: <const C extends readonly [string, ...string[]]>(description: string, choices: C) =>
    field(z.enum(choices), { field: 'choice', description, choices, example: choices[0] }),
  timezone: (description: string) =>
    field(z.string().min(1), { field: 'timezone', description, example: 'Europe/Malta' }),
  currency: (description: string) =>
    field(
      z
        .string()
        .transform((text) => text.trim().toUpperCase())
        .pipe(z.string().regex(/^[A-Z0-9]{2,10}$/, 'is not a currency code; write it as EUR')),
      { field: 'currency', description, example: 'EUR' },
    ),
  day: (description: string) =>
    field(z.iso.date('is not a day; write it as 2026-11-19'), {
      field: 'day',
      description,
      example: '2026-11-01',
    }),
  time: (description: string) =>
    field(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time; write it as 09:00'), {
      field: 'time',
      description,
      example: '09:00',
    }),
  /** `30m`, `4h`, `2d` as milliseconds. */
  duration: (description: string) =>
    field(
      z
        .string()
        .regex(/^\d{1,4}[mhd]$/, 'is not a length of time; write it as 30m, 4h or 2d')
        .transform((text) => Number.parseInt(text, 10) * unitMs[text.slice(-1) as 'm' | 'h' | 'd']),
      { field: 'duration', description, example: '4h' },
    ),
  flag: (description: string) =>
    field(
      z.enum(['true', 'false', 'yes', 'no', 'on', 'off', '']).transform((text) => {
        return text === '' || text === 'true' || text === 'yes' || text === 'on';
      }),
      { field: 'flag', description, choices: ['true', 'false'] },
    ),
};

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** An option as surfaces see it. */
export interface OptionField extends FieldMeta {
  readonly name: string;
  readonly required: boolean;
}

/** The options of a command, in declared order; the first is the one that may be given without its name. */
export function fieldsOf(options: z.ZodObject): OptionField[] {
  return Object.entries(options.shape).map(([name, schema]) => {
    const required = !(schema instanceof z.ZodOptional);
    const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
    const meta = registry.get(inner as z.ZodType);
    if (!meta) throw new Error(`option ${name} was not made with option.*`);
    return { name, required, ...meta };
  });
}

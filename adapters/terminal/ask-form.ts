import type { Form, FormField } from '../../src/dispatch.js';
import { completeValue } from './complete-line.js';
import type { LineReader } from './line-reader.js';
import { safeLine } from './safe-text.js';
import type { Session } from './typed-line.js';

/** Asks a form's fields one by one; `null` when the person cancelled. Empty keeps the shown value or leaves the field out. */
export async function askForm(
  form: Form,
  reader: LineReader,
  session: Session,
): Promise<Record<string, string> | null> {
  const { screen } = session;
  screen.note(`${form.title} · Enter skips what is optional, Ctrl-C cancels`);
  const values: Record<string, string> = {};
  for (const field of form.fields) {
    const value = await askField(field, form, reader, session);
    if (value === null) {
      screen.note('Cancelled. Nothing was done.');
      return null;
    }
    if (value !== '') values[field.name] = value;
  }
  return values;
}

async function askField(
  field: FormField,
  form: Form,
  reader: LineReader,
  session: Session,
): Promise<string | null> {
  const { screen, dispatch, caller } = session;
  const hidden = field.field === 'secret' || field.field === 'lines';
  screen.note(`  ${describe(field)}`);
  const lines: string[] = [];
  for (;;) {
    const typed = await reader.ask({
      prompt: promptFor(field, lines.length),
      hidden,
      field: true,
      complete: async (text) => [await completeValue(field, form.command, text, dispatch, caller), text],
    });
    if (typed.kind !== 'line') return null;
    const line = typed.line.trim();
    if (field.field === 'lines' && line !== '') {
      lines.push(line);
      continue;
    }
    const value = field.field === 'lines' ? lines.join('\n') : choiceOf(field, line) || (field.value ?? '');
    if (value !== '' || !field.required) return value;
    screen.note('  This one is needed.');
  }
}

/** A choice may be typed as its number in the list. */
function choiceOf(field: FormField, typed: string): string {
  return (/^\d{1,2}$/.test(typed) ? field.choices?.[Number(typed) - 1] : undefined) ?? typed;
}

function describe(field: FormField): string {
  const choices = field.choices?.map((choice, index) => `${index + 1} ${choice}`).join('  ');
  const hints = [
    choices ?? (field.example ? `such as ${field.example}` : ''),
    field.field === 'lines' ? 'an empty line ends it' : '',
    field.field === 'secret' || field.field === 'lines' ? 'not shown while you type' : '',
    field.required ? '' : 'optional',
  ].filter(Boolean);
  return `${field.description}${hints.length > 0 ? ` (${hints.join('; ')})` : ''}`;
}

function promptFor(field: FormField, linesSoFar: number): string {
  if (linesSoFar > 0) return `  ${field.name} (${linesSoFar}) > `;
  return `  ${field.name}${field.value ? ` [${safeLine(field.value, 60)}]` : ''} > `;
}

import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';
import type { Form, FormField } from '../../src/dispatch.js';
import { fileWord } from './attached-file.js';
import { postable } from './command-definitions.js';
import { plantId } from './custom-id.js';
import { cutText, escapeText, oneLine } from './escape.js';
import { limits } from './limits.js';

/**
 * A form as a modal, which holds five parts. With more fields than that the fifth part says which of them can be given
 * as options of the command instead. `null` where Discord would not take the form's id.
 */
export function renderForm(form: Form, guild: string | null): APIModalInteractionResponseCallbackData | null {
  const customId = plantId({ kind: 'form', id: form.id, guild });
  if (customId === null) return null;
  const { shown, left } = chooseFields(form.fields);
  return {
    custom_id: customId,
    title: cutText(oneLine(form.title), limits.modalTitle) || 'Tallyman',
    components: [...shown.flatMap(labelsFor), ...(left.length > 0 ? [leftOutNote(form.command, left)] : [])],
  };
}

/** Required fields first; switches last, since they are what a button or an option says as well. */
function chooseFields(fields: readonly FormField[]): {
  readonly shown: readonly FormField[];
  readonly left: readonly FormField[];
} {
  const files = fields.filter(({ field }) => field === 'lines').length;
  const parts = limits.modalParts - files;
  if (fields.length <= parts) return { shown: fields, left: [] };
  const rank = (field: FormField) => (field.required ? 0 : field.field === 'flag' ? 2 : 1);
  const ordered = [...fields].sort((a, b) => rank(a) - rank(b));
  return { shown: ordered.slice(0, parts - 1), left: ordered.slice(parts - 1) };
}

function leftOutNote(command: string, left: readonly FormField[]) {
  const names = left.map(({ name }) => name).join(', ');
  const text = `-# More can be set by typing it after /${escapeText(command)}: ${escapeText(names, 500)}.`;
  return { type: ComponentType.TextDisplay as const, content: text };
}

/** Many lines may also come as a file, so that neither of the two is required. */
function labelsFor(field: FormField): APILabelComponent[] {
  if (field.field !== 'lines') return [labelFor(field)];
  const file: APILabelComponent = {
    type: ComponentType.Label,
    label: `${fileWord} (instead)`,
    description: 'The same as a CSV or text file; it is read once and not kept.',
    component: {
      type: ComponentType.FileUpload,
      custom_id: fileWord,
      required: false,
      min_values: 0,
      max_values: 1,
    },
  };
  return [labelFor({ ...field, required: false }), file];
}

function labelFor(field: FormField): APILabelComponent {
  const example = field.example && field.field !== 'secret' ? ` Such as ${field.example}` : '';
  const description = cutText(oneLine(`${field.description}.${example}`), limits.fieldDescription);
  return {
    type: ComponentType.Label,
    label: cutText(field.required ? field.name : `${field.name} (optional)`, limits.fieldLabel),
    description,
    component: inputFor(field),
  };
}

function inputFor(field: FormField): APILabelComponent['component'] {
  switch (field.field) {
    case 'choice':
      return selectFor(
        field,
        (field.choices ?? []).map((choice) => ({ label: choice, value: choice })),
      );
    case 'flag':
      return selectFor(field, [
        { label: 'Yes', value: 'true' },
        { label: 'No', value: 'false' },
      ]);
    case 'channel':
      return channelSelect(field);
    case 'lines':
      return textInput(field, TextInputStyle.Paragraph);
    case 'secret':
      // Never filled in: whatever stands in a form has been sent through Discord.
      return textInput({ ...field, value: '' }, TextInputStyle.Paragraph);
    case 'text':
    case 'offer':
    case 'incident':
    case 'timezone':
    case 'currency':
    case 'day':
    case 'time':
    case 'duration':
      return textInput(field, TextInputStyle.Short);
  }
}

function textInput(field: FormField, style: TextInputStyle): APILabelComponent['component'] {
  const value = cutText(field.value ?? '', limits.fieldValue);
  return {
    type: ComponentType.TextInput,
    custom_id: field.name,
    style,
    required: field.required,
    max_length: limits.fieldValue,
    ...(value ? { value } : {}),
  };
}

function selectFor(
  field: FormField,
  choices: readonly { readonly label: string; readonly value: string }[],
): APILabelComponent['component'] {
  return {
    type: ComponentType.StringSelect,
    custom_id: field.name,
    required: field.required,
    min_values: field.required ? 1 : 0,
    max_values: 1,
    options: choices.slice(0, limits.selectOptions).map((choice) => {
      return { ...choice, ...(choice.value === field.value ? { default: true } : {}) };
    }),
  };
}

function channelSelect(field: FormField): APILabelComponent['component'] {
  const chosen = /^<#(\d+)/u.exec(field.value ?? '')?.[1];
  return {
    type: ComponentType.ChannelSelect,
    custom_id: field.name,
    required: field.required,
    min_values: field.required ? 1 : 0,
    max_values: 1,
    channel_types: [...postable],
    ...(chosen ? { default_values: [{ id: chosen, type: SelectMenuDefaultValueType.Channel }] } : {}),
  };
}

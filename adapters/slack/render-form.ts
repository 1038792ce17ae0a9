import type { types } from '@slack/bolt';
import type { Form, FormField } from '../../src/dispatch.js';
import { plainText } from './elements.js';
import { limits } from './limits.js';

type InputElement = types.InputBlock['element'];

/** What a form's channel and time zone fields hold when they open, besides what the form itself fills in. */
export interface FormDefaults {
  readonly channelId: string | null;
}

/** A form as a modal. `metadata` comes back with it; a block's id is its field's name. */
export function renderForm(form: Form, metadata: string, defaults: FormDefaults): types.ModalView {
  return {
    type: 'modal',
    callback_id: form.command,
    private_metadata: metadata,
    title: plainText(titleOf(form.command), limits.modalTitle),
    submit: plainText(form.submitLabel, limits.modalButton),
    close: plainText('Cancel', limits.modalButton),
    blocks: [
      { type: 'section', text: plainText(form.title, limits.text) },
      ...form.fields.flatMap((field) => renderFields(field, defaults)).slice(0, limits.viewBlocks - 1),
    ],
  };
}

/** `offer add` as `Offer add`: the summary is too long for a modal's title. */
function titleOf(command: string): string {
  return command.charAt(0).toUpperCase() + command.slice(1);
}

const fileHint = 'The same as a CSV or text file. It stays among your files in Slack: delete it afterwards.';
const secretHint = 'What you type here is kept sealed and is not shown again.';

/** The field that takes a file in place of many lines. */
export const fileField = 'file';

/** Many lines may also come as a file, so that neither of the two is required. */
function renderFields(field: FormField, defaults: FormDefaults): types.InputBlock[] {
  if (field.field !== 'lines') return [renderField(field, defaults)];
  const file: types.InputBlock = {
    type: 'input',
    block_id: fileField,
    optional: true,
    label: plainText('File, instead', limits.fieldLabel),
    hint: plainText(fileHint, limits.fieldHint),
    element: { type: 'file_input', action_id: fileField, filetypes: ['csv', 'tsv', 'txt'], max_files: 1 },
  };
  return [renderField({ ...field, required: false }, defaults), file];
}

function renderField(field: FormField, defaults: FormDefaults): types.InputBlock {
  const hint = field.field === 'secret' ? `${field.description}. ${secretHint}` : field.description;
  return {
    type: 'input',
    block_id: field.name,
    optional: !field.required || field.field === 'flag',
    label: plainText(labelOf(field.name), limits.fieldLabel),
    hint: plainText(hint, limits.fieldHint),
    element: elementFor(field, defaults),
  };
}

function labelOf(name: string): string {
  return name === 'url' ? 'URL' : name.charAt(0).toUpperCase() + name.slice(1);
}

function elementFor(field: FormField, defaults: FormDefaults): InputElement {
  const action = { action_id: field.name };
  const placeholder = field.example ? { placeholder: plainText(field.example, limits.placeholder) } : {};
  const value = field.value ?? '';
  switch (field.field) {
    case 'secret':
      return { type: 'plain_text_input', ...action, max_length: limits.inputText };
    case 'lines':
      return { type: 'plain_text_input', ...action, multiline: true, max_length: limits.inputText };
    case 'choice':
      return choiceSelect(field, value);
    case 'offer':
    case 'incident':
    case 'timezone':
    case 'currency': {
      const initial = value ? { initial_option: optionFor(value, value) } : {};
      return { type: 'external_select', ...action, min_query_length: 0, ...initial };
    }
    case 'channel': {
      const initial = channelId(value) ?? defaults.channelId;
      const filter = { include: ['public', 'private'] as const, exclude_bot_users: true };
      return {
        type: 'conversations_select',
        ...action,
        filter: { ...filter, include: [...filter.include] },
        ...(initial && /^[CG]/.test(initial) ? { initial_conversation: initial } : {}),
      };
    }
    case 'flag': {
      const option = optionFor(field.description, 'true');
      const initial = /^(true|yes|on)$/.test(value) ? { initial_options: [option] } : {};
      return { type: 'checkboxes', ...action, options: [option], ...initial };
    }
    case 'day':
      return {
        type: 'datepicker',
        ...action,
        ...(/^\d{4}-\d{2}-\d{2}$/.test(value) ? { initial_date: value } : {}),
      };
    case 'time':
      return {
        type: 'timepicker',
        ...action,
        ...(/^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? { initial_time: value } : {}),
      };
    case 'duration':
    case 'text': {
      const initial = value ? { initial_value: value.slice(0, limits.inputText) } : {};
      return {
        type: 'plain_text_input',
        ...action,
        max_length: limits.inputText,
        ...placeholder,
        ...initial,
      };
    }
  }
}

function choiceSelect(field: FormField, value: string): InputElement {
  const options = (field.choices ?? []).slice(0, limits.selectOptions).map((text) => optionFor(text, text));
  const initial = options.find((option) => option.value === value);
  return {
    type: 'static_select',
    action_id: field.name,
    options,
    ...(initial ? { initial_option: initial } : {}),
  };
}

/** A choice of a list. */
export function optionFor(label: string, value: string): types.PlainTextOption {
  return { text: plainText(label, limits.optionText), value: value.slice(0, limits.optionValue) };
}

function channelId(value: string): string | null {
  return /^<#([^|>]+)/.exec(value)?.[1] ?? (/^[CG][A-Z0-9]{2,}$/.test(value) ? value : null);
}

import type { Json, SlackState } from './state.js';

/** Limits as Slack documents them; `whole` is undocumented and was found by others. */
const most = { message: 50, view: 100, whole: 13_200, table: 10_000 };

const keysOf: Readonly<Record<string, readonly string[]>> = {
  header: ['text'],
  section: ['text', 'fields', 'accessory'],
  context: ['elements'],
  actions: ['elements'],
  rich_text: ['elements'],
  table: ['rows', 'column_settings'],
  image: ['slack_file', 'image_url', 'alt_text', 'title'],
  divider: [],
  input: ['label', 'element', 'hint', 'optional', 'dispatch_action'],
};

/** What is wrong with the blocks of a message or view, in Slack's words; `null` for nothing. */
export function faultOfBlocks(
  state: SlackState,
  blocks: unknown,
  place: 'message' | 'modal' | 'home',
): string | null {
  if (!Array.isArray(blocks)) return 'invalid_blocks_format';
  const problems: string[] = [];
  const say = (holds: boolean, what: string) => {
    if (!holds) problems.push(what);
  };
  say(blocks.length <= (place === 'message' ? most.message : most.view), 'too many blocks');
  const ids = new Set<unknown>();
  const actions = new Set<unknown>();
  for (const block of blocks as Json[]) {
    const type = String(block.type);
    const allowed = keysOf[type];
    say(allowed !== undefined, `no such block: ${type}`);
    for (const key of Object.keys(block))
      say(['type', 'block_id', ...(allowed ?? [])].includes(key), `${type}.${key}`);
    if (block.block_id !== undefined) {
      say(text(block.block_id, 255) && !ids.has(block.block_id), `block_id ${String(block.block_id)}`);
      ids.add(block.block_id);
    }
    for (const id of actionIdsOf(block)) {
      say(text(id, 255), 'action_id');
      if (type !== 'input') say(!actions.has(id), `action_id twice: ${String(id)}`);
      actions.add(id);
    }
    say(type !== 'input' || place === 'modal', 'input outside a modal');
    say(type !== 'table' || place === 'message', 'table in a view');
    checkBlock(state, type, block, say);
  }
  const tables = (blocks as Json[]).filter(({ type }) => type === 'table');
  say(tables.length <= 1, 'only one table');
  say(textsOf(tables).join('').length <= most.table, 'table too long');
  if (problems.length > 0) return `invalid_blocks: ${problems.slice(0, 3).join(', ')}`;
  if (place === 'message' && JSON.stringify(blocks).length > most.whole) return 'msg_blocks_too_long';
  return null;
}

type Say = (holds: boolean, what: string) => void;

function checkBlock(state: SlackState, type: string, block: Json, say: Say): void {
  const list = (value: unknown) => (Array.isArray(value) ? (value as Json[]) : []);
  switch (type) {
    case 'header':
      say(plain(block.text, 150), 'header text');
      break;
    case 'section':
      say(block.text !== undefined || block.fields !== undefined, 'empty section');
      if (block.text !== undefined) say(words(block.text, 3000), 'section text');
      say(
        list(block.fields).length <= 10 && list(block.fields).every((field) => words(field, 2000)),
        'fields',
      );
      break;
    case 'context':
      say(list(block.elements).length >= 1 && list(block.elements).length <= 10, 'context elements');
      say(
        list(block.elements).every((element) => words(element, 3000)),
        'context text',
      );
      break;
    case 'actions':
      say(list(block.elements).length >= 1 && list(block.elements).length <= 25, 'actions');
      for (const element of list(block.elements)) checkButton(element, say);
      break;
    case 'rich_text':
      say(list(block.elements).length >= 1, 'rich_text elements');
      for (const part of list(block.elements)) checkRich(part, say);
      break;
    case 'table': {
      const rows = Array.isArray(block.rows) ? (block.rows as unknown[]) : [];
      say(rows.length >= 1 && rows.length <= 100, 'table rows');
      for (const row of rows) {
        const cells = list(row);
        say(cells.length >= 1 && cells.length <= 20, 'table cells');
        say(
          cells.every((cell) => cell.type === 'raw_text' && text(cell.text, 10_000)),
          'table cell',
        );
      }
      say(list(block.column_settings).length <= 20, 'column_settings');
      break;
    }
    case 'image': {
      const file = state.files.find(({ id }) => id === (block.slack_file as Json | undefined)?.id);
      say(file?.complete === true, 'image file');
      say(text(block.alt_text, 2000), 'alt_text');
      if (block.title !== undefined) say(plain(block.title, 2000), 'image title');
      break;
    }
    case 'input':
      say(plain(block.label, 2000), 'label');
      if (block.hint !== undefined) say(plain(block.hint, 2000), 'hint');
      checkInput((block.element ?? {}) as Json, say);
      break;
  }
}

function checkButton(element: Json, say: Say): void {
  say(element.type === 'button', `actions element ${String(element.type)}`);
  say(plain(element.text, 75), 'button text');
  if (element.value !== undefined) say(text(element.value, 2000), 'button value');
  if (element.url !== undefined) say(text(element.url, 3000), 'button url');
  say(
    element.style === undefined || element.style === 'primary' || element.style === 'danger',
    'button style',
  );
}

const richParts = ['rich_text_section', 'rich_text_preformatted', 'rich_text_quote', 'rich_text_list'];

function checkRich(part: Json, say: Say): void {
  say(richParts.includes(String(part.type)), `rich part ${String(part.type)}`);
  const elements = Array.isArray(part.elements) ? (part.elements as Json[]) : [];
  say(elements.length >= 1, `${String(part.type)} elements`);
  if (part.type === 'rich_text_list') {
    for (const element of elements) checkRich(element, say);
    return;
  }
  for (const element of elements) {
    if (element.type === 'text') say(text(element.text, 13_200), 'rich text');
    else if (element.type === 'link')
      say(text(element.url, 3000) && URL.canParse(String(element.url)), 'rich link');
    else say(false, `rich element ${String(element.type)}`);
  }
}

const inputs = [
  'plain_text_input',
  'static_select',
  'external_select',
  'conversations_select',
  'checkboxes',
  'file_input',
  'datepicker',
  'timepicker',
];

function checkInput(element: Json, say: Say): void {
  say(inputs.includes(String(element.type)), `input ${String(element.type)}`);
  if (element.placeholder !== undefined) say(plain(element.placeholder, 150), 'placeholder');
  if (element.type === 'plain_text_input') {
    const longest = Number(element.max_length ?? 3000);
    say(longest >= 1 && longest <= 3000, 'max_length');
    if (element.initial_value !== undefined)
      say(String(element.initial_value).length <= longest, 'initial_value');
  }
  if (element.type === 'file_input') {
    const most = Number(element.max_files ?? 10);
    say(most >= 1 && most <= 10, 'max_files');
  }
  const options = Array.isArray(element.options) ? (element.options as Json[]) : [];
  const isList = element.type === 'static_select' || element.type === 'checkboxes';
  if (isList)
    say(options.length >= 1 && options.length <= (element.type === 'checkboxes' ? 10 : 100), 'options');
  const initial = [element.initial_option, ...((element.initial_options as Json[] | undefined) ?? [])];
  for (const option of [...options, ...initial.filter((one) => one !== undefined)] as Json[])
    say(isOption(option), 'option');
}

export function isOption(option: Json): boolean {
  return plain(option.text, 75) && text(option.value, 150);
}

function actionIdsOf(block: Json): unknown[] {
  if (block.type === 'input') return [(block.element as Json | undefined)?.action_id];
  return block.type === 'actions' && Array.isArray(block.elements)
    ? (block.elements as Json[]).map((element) => element.action_id)
    : [];
}

function text(value: unknown, longest: number): boolean {
  return typeof value === 'string' && value.length >= 1 && value.length <= longest;
}

function plain(value: unknown, longest: number): boolean {
  const element = (value ?? {}) as Json;
  return element.type === 'plain_text' && text(element.text, longest);
}

function words(value: unknown, longest: number): boolean {
  const element = (value ?? {}) as Json;
  return (element.type === 'plain_text' || element.type === 'mrkdwn') && text(element.text, longest);
}

/** Every string under a key `text`, at any depth. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : textsOf(inner),
  );
}

/** What is wrong with a view, in Slack's words. */
export function faultOfView(state: SlackState, view: Json, place: 'modal' | 'home'): string | null {
  if (view.type !== place) return 'invalid_arguments';
  if (place === 'modal') {
    const blocks = Array.isArray(view.blocks) ? (view.blocks as Json[]) : [];
    if (!plain(view.title, 24)) return 'invalid_arguments: title';
    if (view.close !== undefined && !plain(view.close, 24)) return 'invalid_arguments: close';
    const needsSubmit = blocks.some(({ type }) => type === 'input');
    if (needsSubmit && !plain(view.submit, 24)) return 'invalid_arguments: submit';
    if (String(view.private_metadata ?? '').length > 3000) return 'invalid_arguments: private_metadata';
    if (String(view.callback_id ?? '').length > 255) return 'invalid_arguments: callback_id';
  }
  return faultOfBlocks(state, view.blocks, place);
}

/** Rules of Discord's documentation that its API description does not hold. Each answers what is wrong. */

export interface Component {
  readonly type: number;
  readonly id?: number;
  readonly custom_id?: string;
  readonly content?: string;
  readonly label?: string;
  readonly components?: readonly Component[];
  readonly component?: Component;
  readonly accessory?: Component;
  readonly items?: readonly { readonly media: { readonly url: string } }[];
  readonly file?: { readonly url: string };
}

export interface Body {
  readonly content?: string | null;
  readonly embeds?: readonly Embed[] | null;
  readonly components?: readonly Component[] | null;
  readonly flags?: number;
  readonly attachments?: readonly { readonly id: string; readonly filename?: string }[];
  readonly nonce?: string;
  readonly enforce_nonce?: boolean;
}

interface Embed {
  readonly title?: string;
  readonly description?: string;
  readonly footer?: { readonly text: string };
  readonly author?: { readonly name: string };
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
}

export const ephemeralFlag = 64;
export const componentsFlag = 1 << 15;

export function nested(components: readonly Component[]): Component[] {
  return components.flatMap((one) => [
    one,
    ...nested(one.components ?? []),
    ...nested([one.component, one.accessory].filter((part) => part !== undefined)),
  ]);
}

export function messageFaults(
  body: Body,
  fileNames: readonly string[],
  before: { readonly flags: number } | null,
): string[] {
  const isV2 = ((body.flags ?? 0) & componentsFlag) !== 0;
  if (before && (before.flags & componentsFlag) !== 0 && !isV2) {
    return ['IS_COMPONENTS_V2 cannot be taken away'];
  }
  const all = nested(body.components ?? []);
  return [
    ...identityFaults(all),
    ...(isV2 ? v2Faults(body, all, fileNames) : plainFaults(body, before !== null)),
  ];
}

function identityFaults(all: readonly Component[]): string[] {
  const faults: string[] = [];
  const customIds = all.flatMap(({ custom_id }) => (custom_id === undefined ? [] : [custom_id]));
  const ids = all.flatMap(({ id }) => (id ? [id] : []));
  if (new Set(customIds).size < customIds.length) faults.push('a custom_id is used twice');
  if (new Set(ids).size < ids.length) faults.push('a component id is used twice');
  if (customIds.some((id) => id.length < 1 || id.length > 100))
    faults.push('custom_id must be 1 to 100 long');
  for (const row of all.filter(({ type }) => type === 1)) {
    const count = row.components?.length ?? 0;
    if (count < 1 || count > 5) faults.push(`a row of ${count}`);
  }
  for (const button of all.filter(({ type }) => type === 2)) {
    if (!button.label || button.label.length > 80) faults.push('a button label must be 1 to 80 long');
  }
  return faults;
}

function v2Faults(body: Body, all: readonly Component[], fileNames: readonly string[]): string[] {
  const faults: string[] = [];
  if (body.content) faults.push('content cannot be used with components v2');
  if (body.embeds?.length) faults.push('embeds cannot be used with components v2');
  if (all.length > 40) faults.push(`${all.length} components`);
  if (all.length === 0) faults.push('no components');
  const texts = all.filter(({ type }) => type === 10).map(({ content }) => content ?? '');
  if (texts.some((text) => text.trim() === '')) faults.push('an empty text display');
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  if (characters > 4000) faults.push(`${characters} characters of text`);
  const used = all.flatMap((one) => [
    ...(one.items ?? []).map(({ media }) => media.url),
    ...(one.file ? [one.file.url] : []),
  ]);
  for (const url of used) {
    const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
    if (name !== undefined && !fileNames.includes(name)) faults.push(`no attachment ${name}`);
  }
  return faults;
}

function plainFaults(body: Body, isEdit: boolean): string[] {
  const faults: string[] = [];
  const components = body.components ?? [];
  if ((body.content ?? '').length > 2000) faults.push('content is longer than 2000');
  if (components.some(({ type }) => type !== 1)) faults.push('components of v2 without the flag');
  if (components.length > 5) faults.push('more than 5 rows');
  const embeds = body.embeds ?? [];
  if (!isEdit && !body.content && embeds.length === 0 && components.length === 0)
    faults.push('empty message');
  const sizes = embeds.map((embed) => {
    const fields = embed.fields ?? [];
    if (fields.some(({ name, value }) => name.trim() === '' || value.trim() === ''))
      faults.push('empty field');
    const texts = [embed.title, embed.description, embed.footer?.text, embed.author?.name];
    return [...texts, ...fields.flatMap(({ name, value }) => [name, value])].reduce(
      (sum: number, text) => sum + (text?.length ?? 0),
      0,
    );
  });
  if (sizes.reduce((sum, size) => sum + size, 0) > 6000) faults.push('more than 6000 characters in embeds');
  return faults;
}

export function modalFaults(modal: {
  readonly title?: string;
  readonly custom_id?: string;
  readonly components?: readonly Component[];
}): string[] {
  const parts = modal.components ?? [];
  const faults = identityFaults(nested(parts).filter(({ type }) => type !== 1));
  if (!modal.title || modal.title.length > 45) faults.push('a modal title must be 1 to 45 long');
  if (!modal.custom_id || modal.custom_id.length > 100) faults.push('custom_id must be 1 to 100 long');
  if (parts.length < 1 || parts.length > 5) faults.push(`a modal of ${parts.length} parts`);
  if (parts.some(({ type }) => ![1, 10, 18].includes(type))) faults.push('a part that no modal can hold');
  if (!nested(parts).some(({ type }) => [3, 4, 5, 6, 7, 8].includes(type)))
    faults.push('a modal without a field');
  return faults;
}

export interface Definition {
  readonly name: string;
  readonly description?: string;
  readonly type?: number;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly options?: readonly Definition[];
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
}

export function commandFaults(definitions: readonly Definition[]): string[] {
  const faults: string[] = [];
  const names = definitions.map(({ name }) => name);
  if (new Set(names).size < names.length) faults.push('a command is there twice');
  if (definitions.length > 100) faults.push('more than 100 commands');
  for (const definition of definitions) {
    faults.push(...definitionFaults(definition));
    if (charactersOf(definition) > 8000) faults.push(`${definition.name} has more than 8000 characters`);
  }
  return faults;
}

function definitionFaults(definition: Definition): string[] {
  const { name, description = '', options = [], choices = [] } = definition;
  const faults: string[] = [];
  if (!/^[-_'\p{L}\p{N}]{1,32}$/u.test(name) || name !== name.toLowerCase()) faults.push(`name ${name}`);
  if (description.length < 1 || description.length > 100) faults.push(`description of ${name}`);
  if (options.length > 25) faults.push(`${name} has ${options.length} options`);
  if (choices.length > 25) faults.push(`${name} has ${choices.length} choices`);
  if (choices.length > 0 && definition.autocomplete) faults.push(`${name} has choices and autocomplete`);
  if (choices.some((choice) => choice.name.length < 1 || choice.name.length > 100))
    faults.push(`a choice of ${name}`);
  const firstOptional = options.findIndex((option) => !option.required);
  if (firstOptional >= 0 && options.slice(firstOptional).some(({ required }) => required)) {
    faults.push(`${name} has a required option after an optional one`);
  }
  const kinds = new Set(options.map(({ type = 0 }) => type <= 2));
  if (kinds.size > 1) faults.push(`${name} mixes subcommands and options`);
  const names = options.map((option) => option.name);
  if (new Set(names).size < names.length) faults.push(`${name} repeats an option`);
  return [...faults, ...options.flatMap(definitionFaults)];
}

function charactersOf({ name, description = '', options = [], choices = [] }: Definition): number {
  const own = name.length + description.length;
  const chosen = choices.reduce((sum, choice) => sum + choice.name.length + choice.value.length, 0);
  return own + chosen + options.reduce((sum, option) => sum + charactersOf(option), 0);
}

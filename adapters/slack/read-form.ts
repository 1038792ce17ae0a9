/** What Slack hands back of one input; only the field of its kind is there. */
export interface InputState {
  readonly value?: string | null;
  readonly selected_option?: { readonly value: string } | null;
  readonly selected_options?: readonly { readonly value: string }[];
  readonly selected_conversation?: string | null;
  readonly selected_channel?: string | null;
  readonly selected_date?: string | null;
  readonly selected_time?: string | null;
  readonly files?: readonly { readonly id: string }[];
}

export type FormState = Readonly<Record<string, Readonly<Record<string, InputState>>>>;

/** The values of a submitted form by option name, as text; what was left empty is "". */
export function readForm(state: FormState): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, inputs] of Object.entries(state)) {
    values[name] =
      Object.values(inputs)
        .map(textOf)
        .find((text) => text !== '') ?? '';
  }
  return values;
}

/** The id of the file that was chosen in a form; `null` for none. */
export function chosenFileId(state: FormState): string | null {
  const inputs = Object.values(state).flatMap((block) => Object.values(block));
  return inputs.flatMap(({ files }) => files ?? [])[0]?.id ?? null;
}

function textOf(input: InputState): string {
  const conversation = input.selected_conversation ?? input.selected_channel;
  if (conversation) return `<#${conversation}>`;
  if (input.selected_options) return input.selected_options[0]?.value ?? '';
  return input.selected_option?.value ?? input.selected_date ?? input.selected_time ?? input.value ?? '';
}

/** What Slack hands back of one input; only the field of its kind is there. */
export interface InputState {
  readonly value?: string | null;
  readonly selected_option?: { readonly value: string } | null;
  readonly selected_options?: readonly { readonly value: string }[];
  readonly selected_conversation?: string | null;
  readonly selected_channel?: string | null;
  readonly selected_date?: string | null;
  readonly selected_time?: string | null;
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

function textOf(input: InputState): string {
  const conversation = input.selected_conversation ?? input.selected_channel;
  if (conversation) return `<#${conversation}>`;
  if (input.selected_options) return input.selected_options[0]?.value ?? '';
  return input.selected_option?.value ?? input.selected_date ?? input.selected_time ?? input.value ?? '';
}

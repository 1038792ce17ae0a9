/** Variables that Affilka fills by itself; every other name must be a key on the tracking link. */
export const builtInVariables = ['promo_id', 'campaign_id', 'visit_id', 'amount', 'currency'] as const;

export interface WrittenVariable {
  readonly wrong: string;
  readonly right: string;
}

const name = '[A-Za-z_][\\w-]*';

/** Spellings that are not `${name}`, the longest first, each holding the name. */
const wrongForms: readonly RegExp[] = [
  new RegExp(`%24(?:%7B|\\{)(${name})(?:%7D|\\})`, 'gi'),
  new RegExp(`\\$%7B(${name})(?:%7D|\\})`, 'gi'),
  new RegExp(`\\$?\\{\\{ *(${name}) *\\}\\}`, 'g'),
  new RegExp(`\\$\\{ +(${name}) *\\}|\\$ +\\{ *(${name}) *\\}|\\$\\{ *(${name}) +\\}`, 'g'),
  new RegExp(`\\$\\[(${name})\\]`, 'g'),
  new RegExp(`\\$\\((${name})\\)`, 'g'),
  new RegExp(`\\$<(${name})>`, 'g'),
  new RegExp(`\\$\\{(${name})[\\])](?=&|$)`, 'g'),
  new RegExp(`\\$\\{(${name})(?=&|$)`, 'g'),
  new RegExp(`(?<![$\\w}])\\{(${name})\\}`, 'g'),
  new RegExp(`(?<==)\\[(${name})\\]`, 'g'),
  new RegExp(`(?<==)#(${name})#`, 'g'),
  new RegExp(`(?<==)<(${name})>`, 'g'),
  new RegExp(`(?<==)%(?![0-9a-f]{2})(${name})%(?=&|$)`, 'gi'),
  new RegExp(`(?<==)\\$(${name})(?=&|$)`, 'g'),
];

/** Names of the variables that are written rightly, each once. */
export function variablesOf(url: string): readonly string[] {
  const found = url.matchAll(new RegExp(`\\$\\{(${name})\\}`, 'g'));
  return [...new Set([...found].map((match) => match[1] ?? ''))];
}

/** Rewrites every wrong spelling; `written` says which there were. */
export function correctVariables(url: string): {
  readonly url: string;
  readonly written: readonly WrittenVariable[];
} {
  const written: WrittenVariable[] = [];
  const corrected = wrongForms.reduce(
    (text, form) =>
      text.replace(form, (wrong: string, ...groups: unknown[]) => {
        const inside = groups.find((group) => typeof group === 'string' && group !== '');
        const right = `\${${String(inside)}}`;
        written.push({ wrong, right });
        return right;
      }),
    url,
  );
  return { url: corrected, written };
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z]/g, '');
}

/** The built-in variable that `given` misspells (`visitId`, `campaignid`), else `null`. */
export function misspeltBuiltIn(given: string): string | null {
  return builtInVariables.find((known) => known !== given && plain(known) === plain(given)) ?? null;
}

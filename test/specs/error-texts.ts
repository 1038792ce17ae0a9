import type { ErrorObject } from 'ajv';

/** Words of a schema that only say that something else failed. */
const echoes = new Set(['if', 'anyOf', 'oneOf', 'allOf']);

/** What a validator found, as `/components/0/label must be string`; each once. */
export function errorTexts(errors: readonly ErrorObject[]): string[] {
  const near = ofNearestBranches(errors);
  const telling = near.filter(({ keyword }) => !echoes.has(keyword));
  return [...new Set((telling.length > 0 ? telling : errors).map(textOf))];
}

/** Of a union's members only the one that fits best is of interest. */
function ofNearestBranches(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const members = errors.map(({ instancePath, schemaPath }) => {
    const [, union, member] = /^(.*?\/anyOf)\/(\d+)(?:\/|$)/.exec(schemaPath) ?? [];
    // Members of one union judge one value, or what is in it; a union in a list judges each item by itself.
    return union === undefined
      ? null
      : { union: `${union} ${indexes(instancePath)}`, member: Number(member) };
  });
  const counts = new Map<string, Map<number, number>>();
  for (const found of members) {
    if (!found) continue;
    const count = counts.get(found.union) ?? new Map<number, number>();
    counts.set(found.union, count.set(found.member, (count.get(found.member) ?? 0) + 1));
  }
  return errors.filter((_, index) => {
    const found = members[index];
    const count = found && counts.get(found.union);
    if (!found || !count) return true;
    const [nearest] = [...count].sort(([, a], [, b]) => a - b)[0] ?? [];
    return found.member === nearest;
  });
}

function indexes(path: string): string {
  return (path.match(/\/\d+(?=\/|$)/g) ?? []).join('');
}

function textOf({ instancePath, keyword, message, params }: ErrorObject): string {
  if (keyword === 'additionalProperties')
    return `${instancePath}/${params.additionalProperty} is not described`;
  if (keyword === 'enum') return `${instancePath || '/'} is none of ${params.allowedValues}`;
  if (keyword === 'const') return `${instancePath || '/'} is not ${JSON.stringify(params.allowedValue)}`;
  return `${instancePath || '/'} ${message ?? keyword}`;
}

export type Schema = Readonly<Record<string, unknown>>;

/** Looks a `$ref` up in the whole description. */
export type Resolve = (reference: string) => Schema;

const unions = ['oneOf', 'anyOf'] as const;

/**
 * Discord's schemas as they are meant: an integer may be a string of digits (the description's own README says so),
 * `oneOf` reads as `anyOf`, a union is told apart by `type` so that an error names what is wrong, and unknown keys are
 * reported. Only objects that stand alone are closed: within `allOf` each part would refuse the keys of the others.
 */
export function adaptSchema(schema: unknown, resolve: Resolve): unknown {
  if (Array.isArray(schema)) return schema.map((part) => adaptSchema(part, resolve));
  if (typeof schema !== 'object' || schema === null) return schema;
  const given = schema as Schema;
  const adapted: Record<string, unknown> = {};
  for (const [word, rule] of Object.entries(given)) {
    if (word === 'properties') adapted[word] = adaptEach(rule as Schema, resolve);
    else if (word === 'enum' || word === 'const' || word === 'required') adapted[word] = rule;
    else if (word === 'discriminator') continue;
    else if (word === 'oneOf' || word === 'anyOf') continue;
    else adapted[word] = adaptSchema(rule, resolve);
  }
  if (given.properties && given.additionalProperties === undefined) adapted.additionalProperties = false;
  const members = unions.flatMap((word) => (given[word] as readonly Schema[] | undefined) ?? []);
  if (members.length > 0) Object.assign(adapted, unionOf(members, resolve));
  return [given.type].flat().includes('integer') && !given.enum && !given.oneOf
    ? withDigits(adapted)
    : adapted;
}

export function adaptEach(schemas: Schema, resolve: Resolve): Schema {
  const adapted = Object.entries(schemas).map(([name, schema]) => [name, adaptSchema(schema, resolve)]);
  return Object.fromEntries(adapted);
}

function withDigits(schema: Schema): Schema {
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  return { if: { type: 'string' }, then: { pattern: '^-?\\d+$' }, else: schema };
}

function unionOf(members: readonly Schema[], resolve: Resolve): Schema {
  const others = members.filter(({ type }) => type !== 'null');
  const union = typedUnion(others, resolve) ?? anyOf(others, resolve);
  return others.length === members.length ? union : { if: { type: 'null' }, else: union };
}

function anyOf(members: readonly Schema[], resolve: Resolve): Schema {
  return { anyOf: members.map((member) => adaptSchema(member, resolve)) };
}

/** `null` where two members share a `type`, or one has none. */
function typedUnion(members: readonly Schema[], resolve: Resolve): Schema | null {
  const types = members.map((member) => typesOf(member, resolve));
  const all = types.flat();
  if (types.some((own) => own.length === 0) || new Set(all).size < all.length) return null;
  const branches = members.map((member, index) => ({
    if: { properties: { type: { enum: types[index] } } },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    then: adaptSchema(member, resolve),
  }));
  return { type: 'object', required: ['type'], properties: { type: { enum: all } }, allOf: branches };
}

/** Every `type` that a member takes, itself a union or not; none where it does not insist on one. */
function typesOf(member: Schema, resolve: Resolve): readonly unknown[] {
  if (typeof member.$ref === 'string') return typesOf(resolve(member.$ref), resolve);
  const inner = unions.flatMap((word) => (member[word] as readonly Schema[] | undefined) ?? []);
  if (inner.length > 0) {
    const types = inner.map((part) => typesOf(part, resolve));
    return types.some((own) => own.length === 0) ? [] : [...new Set(types.flat())];
  }
  const type = (member.properties as Schema | undefined)?.type as Schema | undefined;
  const required = (member.required as readonly string[] | undefined) ?? [];
  if (!type || !required.includes('type')) return [];
  return (type.enum as readonly unknown[] | undefined) ?? (type.const === undefined ? [] : [type.const]);
}

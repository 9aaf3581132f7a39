import { z } from 'zod';

/**
 * The smallest value that a schema accepts, so that the suites over all doors get past parsing without a word from the
 * slices. Where a format cannot be guessed, `.meta({ examples })` on the schema says it, and documents the API as well.
 */
export type InputOptions = {
  /** Stands wherever a UUID is asked for. */
  id: string;
  /** Optional fields that take a UUID are filled in too. */
  withOptionalIds?: boolean;
};

// biome-ignore lint/suspicious/noExplicitAny: zod's definitions, one shape per kind
type Definition = any;

/** Tried in turn for a string with rules of its own. */
const WORDS = [
  'example',
  'Example name',
  'example@example.test',
  'https://example.test',
  '2026-01-01T00:00:00.000Z',
  '2026-01-01',
  '1',
  'a-long-enough-Passphrase-42',
  'x'.repeat(64),
];

export function minimalInput(schema: z.ZodType, options: InputOptions): unknown {
  const example = (schema.meta()?.examples as unknown[] | undefined)?.[0];
  if (example !== undefined) return example;
  const definition: Definition = schema.def;
  const make = MAKERS[definition.type];
  if (make) return make(definition, options, schema);
  throw new Error(`No minimal value is known for ${definition.type}: give the schema an example, or teach it here.`);
}

type Maker = (definition: Definition, options: InputOptions, schema: z.ZodType) => unknown;

const inner: Maker = ({ innerType }, options) => minimalInput(innerType, options);
const candidates = (values: unknown[], schema: z.ZodType) =>
  values.find((value) => schema.safeParse(value).success) ?? values[0];

const MAKERS: Record<string, Maker> = {
  object: ({ shape }, options) => minimalObject(shape, options),
  string: (_, { id }, schema) => candidates([id, ...WORDS], schema),
  number: (_, __, schema) => candidates([0, 1, 2, 10, 100, 1_000, -1], schema),
  bigint: () => 0n,
  boolean: () => false,
  date: () => new Date(0),
  enum: ({ entries }) => Object.values(entries)[0],
  literal: ({ values }) => values[0],
  null: () => null,
  void: () => undefined,
  undefined: () => undefined,
  unknown: () => ({}),
  any: () => ({}),
  array: ({ element }, options, schema) =>
    [0, 1, 2, 3]
      .map((length) => Array.from({ length }, () => minimalInput(element, options)))
      .find((value) => schema.safeParse(value).success) ?? [],
  tuple: ({ items }, options) => items.map((item: z.ZodType) => minimalInput(item, options)),
  record: () => ({}),
  union: ({ options: members }, options) => minimalInput(members[0], options),
  intersection: ({ left, right }, options) => ({
    ...(minimalInput(left, options) as object),
    ...(minimalInput(right, options) as object),
  }),
  pipe: (definition, options, schema) => {
    const value = minimalInput(definition.in, options);
    return schema.safeParse(value).success ? value : candidates([value, ...WORDS], schema);
  },
  transform: () => 'example',
  optional: inner,
  nullable: () => null,
  default: inner,
  prefault: inner,
  readonly: inner,
  nonoptional: inner,
  catch: inner,
  lazy: ({ getter }, options) => minimalInput(getter(), options),
  custom: () => ({ name: 'example.json', contentType: 'application/json', bytes: new TextEncoder().encode('{}') }),
};

function minimalObject(shape: Record<string, z.ZodType>, options: InputOptions): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(shape)) {
    const isOptional = field.safeParse(undefined).success;
    if (!isOptional || (options.withOptionalIds && takesId(field))) fields[name] = minimalInput(field, options);
  }
  return fields;
}

/** Whether a field is there to name another object. */
export function takesId(schema: z.ZodType): boolean {
  const definition: Definition = schema.def;
  if (definition.innerType) return takesId(definition.innerType);
  if (definition.type === 'array') return takesId(definition.element);
  if (definition.type === 'pipe') return takesId(definition.in);
  if (definition.type === 'union') return definition.options.some(takesId);
  return schema instanceof z.ZodUUID || definition.format === 'uuid';
}

/** The fields of an object schema, also behind a refinement, a default or a transformation. */
export function fieldsOf(schema: z.ZodType): Record<string, z.ZodType> {
  const definition: Definition = schema.def;
  if (definition.shape) return definition.shape;
  if (definition.type === 'pipe') return fieldsOf(definition.in);
  if (definition.type === 'union') return Object.assign({}, ...definition.options.map(fieldsOf));
  if (definition.type === 'intersection') return { ...fieldsOf(definition.left), ...fieldsOf(definition.right) };
  return definition.innerType ? fieldsOf(definition.innerType) : {};
}

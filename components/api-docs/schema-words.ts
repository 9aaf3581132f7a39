import { resolveSchema, type Schema } from './document';

/** A schema in one line: `string, UUID`, `list of Environment`, `"dev" or "staging"`. */
export function typeInWords(given: Schema): string {
  const { name, schema } = resolveSchema(given);
  if (name && schema.type === 'object') return name;
  if (schema.anyOf) return schema.anyOf.map(typeInWords).join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? typeInWords(schema.items) : 'anything'}`;
  if (schema.type === 'object' && !schema.properties) return mapInWords(schema);
  const type = [schema.type ?? 'anything'].flat().join(' or ');
  return [type, schema.format].filter(Boolean).join(', ');
}

const mapInWords = ({ additionalProperties: values }: Schema): string =>
  typeof values === 'object' ? `object of ${typeInWords(values)}` : 'object';

/** The bounds of a value, and what stands when it is left out. */
export function boundsInWords(given: Schema): string {
  const { schema } = resolveSchema(given);
  const range = (least: number | undefined, most: number | undefined, unit: string) => {
    if (least === undefined && most === undefined) return '';
    if (most === undefined || most >= Number.MAX_SAFE_INTEGER) return `at least ${least}${unit}`;
    const from = least === undefined || least <= Number.MIN_SAFE_INTEGER;
    return from ? `at most ${most}${unit}` : `${least} to ${most}${unit}`;
  };
  const isWhole = schema.minimum === Number.MIN_SAFE_INTEGER && schema.maximum === Number.MAX_SAFE_INTEGER;
  return [
    range(schema.minLength, schema.maxLength, ' characters'),
    isWhole ? '' : range(schema.minimum, schema.maximum, ''),
    range(schema.minItems, schema.maxItems, ' items'),
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** The object that a schema is about: itself, what its list holds, or its one alternative that is not null. */
export function objectOf(given: Schema): Schema | undefined {
  const { schema } = resolveSchema(given);
  if (schema.properties) return schema;
  if (schema.items) return objectOf(schema.items);
  if (typeof schema.additionalProperties === 'object') return objectOf(schema.additionalProperties);
  const others = schema.anyOf?.filter((one) => one.type !== 'null') ?? [];
  return others.length === 1 && others[0] ? objectOf(others[0]) : undefined;
}

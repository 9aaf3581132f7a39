import type { Schema } from './document';
import { boundsInWords, objectOf, typeInWords } from './schema-words';

/** Deeper than anything of ours; a schema that holds itself ends here. */
const MAX_DEPTH = 6;

/** The fields of a schema; those that hold fields themselves unfold. Needs no script. */
export function SchemaTree({ schema, depth = 0 }: { schema: Schema; depth?: number }) {
  const object = objectOf(schema);
  if (!object?.properties) return <p className="py-2 font-mono text-12 text-ink-2">{typeInWords(schema)}</p>;
  return (
    <ul className={depth === 0 ? undefined : 'mb-2 ml-1 border-l border-line pl-3'}>
      {Object.entries(object.properties).map(([name, field]) => (
        <SchemaField
          key={name}
          name={name}
          schema={field}
          isRequired={object.required?.includes(name) ?? false}
          depth={depth}
        />
      ))}
    </ul>
  );
}

type SchemaFieldProps = { name: string; schema: Schema; isRequired: boolean; depth: number };

function SchemaField({ name, schema, isRequired, depth }: SchemaFieldProps) {
  const unfolds = depth < MAX_DEPTH && objectOf(schema) !== undefined;
  return (
    <li className="border-b border-line py-1.5 last:border-b-0">
      <FieldLine name={name} schema={schema} isRequired={isRequired} />
      {unfolds && (
        <details>
          <summary className="min-h-6 text-12 text-ink-2">Fields of {name}</summary>
          <SchemaTree schema={schema} depth={depth + 1} />
        </details>
      )}
    </li>
  );
}

type FieldLineProps = Omit<SchemaFieldProps, 'depth'> & { description?: string };

/** Name, type, whether it must be there, and what it means. */
export function FieldLine({ name, schema, isRequired, description = schema.description }: FieldLineProps) {
  const bounds = boundsInWords(schema);
  return (
    <div className="flex flex-wrap items-baseline gap-x-3">
      <code className="font-medium text-ink-1">{name}</code>
      <span className="min-w-0 text-12 text-ink-2 wrap-anywhere">{typeInWords(schema)}</span>
      <span className="text-12 text-ink-3">{isRequired ? 'required' : 'optional'}</span>
      {bounds && <span className="text-12 text-ink-3">{bounds}</span>}
      {description && <p className="w-full max-w-[76ch] text-12 text-ink-2">{description}</p>}
    </div>
  );
}

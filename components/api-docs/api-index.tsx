import Form from 'next/form';
import Link from 'next/link';
import { EmptyState } from '@/components/patterns/empty-state';
import { Button, ButtonLink } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Section } from '@/components/ui/section';
import { API_DESCRIPTION, type ApiOperation, findOperations } from './document';
import { InlineCode } from './inline-code';
import { Method } from './method';

/** Every operation by what it is about, narrowed by a search that is a plain form. */
export function ApiIndex({ search }: { search: string }) {
  const groups = findOperations(search);
  const count = groups.reduce((sum, [, operations]) => sum + operations.length, 0);
  return (
    <>
      <p className="mt-1 max-w-[76ch] text-ink-2">
        <InlineCode text={API_DESCRIPTION} />
      </p>
      <p className="mt-2 max-w-[76ch] text-ink-2">
        Send an API key as <InlineCode text="`Authorization: Bearer …`" />. The whole as one document:{' '}
        <a href="/api/v1/openapi.json" className="link underline underline-offset-3">
          openapi.json
        </a>
        .
      </p>
      <Form action="/docs/api" role="search" className="mt-5 flex flex-wrap items-center gap-2">
        <Input
          key={search}
          type="search"
          name="q"
          aria-label="Search the operations"
          placeholder="Path, word or permission"
          defaultValue={search}
          className="w-80 max-md:w-full"
        />
        <Button type="submit">Search</Button>
        <span role="status" className="text-12 text-ink-3">
          {count === 1 ? '1 operation' : `${count} operations`}
        </span>
      </Form>
      {count === 0 && (
        <EmptyState
          title="No operation matches"
          why="Every word of the search must stand in its path, its summary or its description."
          next={
            <ButtonLink size="sm" href="/docs/api">
              Show all operations
            </ButtonLink>
          }
        />
      )}
      {groups.map(([tag, operations]) => (
        <Section key={tag} title={<span id={tag}>{tag}</span>} note={operations.length}>
          <ul>
            {operations.map((operation) => (
              <OperationLine key={operation.id} operation={operation} />
            ))}
          </ul>
        </Section>
      ))}
    </>
  );
}

function OperationLine({ operation: { id, method, path, summary } }: { operation: ApiOperation }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-2 hover:bg-surface-2">
      <Method name={method} />
      <Link
        href={`/docs/api/${id}`}
        className="min-h-6 min-w-0 font-mono text-12 wrap-anywhere hover:underline hover:underline-offset-3"
      >
        {path}
      </Link>
      <span className="min-w-0 text-ink-2">{summary}</span>
    </li>
  );
}

import { STATUS_CODES } from 'node:http';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyButton } from '@/components/ui/copy-button';
import { Section } from '@/components/ui/section';
import { curlOf } from './curl';
import type { Answer, ApiOperation, Parameter } from './document';
import { InlineCode } from './inline-code';
import { Method } from './method';
import { FieldLine, SchemaTree } from './schema-tree';

const ACCESS = { key: 'an API key', session: 'a session' } as const;

/** One operation: what it takes, what it answers, and how to call it. */
export function OperationPage({ operation, origin }: { operation: ApiOperation; origin: string }) {
  const { method, path, description, access, parameters, body, answers } = operation;
  const curl = curlOf(operation, origin);
  return (
    <>
      <p className="mt-2 flex flex-wrap items-baseline font-mono">
        <Method name={method} />
        <code className="min-w-0 wrap-anywhere">{path}</code>
      </p>
      {description.split('\n\n').map((paragraph) => (
        <p key={paragraph} className="mt-2 max-w-[76ch] text-ink-2">
          <InlineCode text={paragraph} />
        </p>
      ))}
      <p className="mt-2 text-ink-2">
        {access.length > 0 ? `Takes ${access.map((way) => ACCESS[way]).join(' or ')}.` : 'Anybody may call it.'}
      </p>
      <Section title="Call" actions={<CopyButton text={curl} noun="the call" size="sm" />}>
        <div className="pt-3">
          <CodeBlock code={curl} label="The call with curl" />
        </div>
      </Section>
      {parameters.length > 0 && <Parameters parameters={parameters} />}
      {body && (
        <Section title="Body" note={body.media}>
          <SchemaTree schema={body.schema} />
        </Section>
      )}
      <Section title="Answers">
        <ul>
          {answers.map((answer) => (
            <AnswerLine key={answer.status} answer={answer} />
          ))}
        </ul>
      </Section>
    </>
  );
}

function Parameters({ parameters }: { parameters: readonly Parameter[] }) {
  return (
    <Section title="Parameters" note={parameters.length}>
      <ul>
        {parameters.map((parameter) => (
          <li key={`${parameter.in} ${parameter.name}`} className="border-b border-line py-1.5">
            <FieldLine
              name={parameter.name}
              schema={parameter.schema}
              isRequired={parameter.required ?? false}
              description={[`In the ${parameter.in}.`, parameter.description].filter(Boolean).join(' ')}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What comes back when it worked stands open. */
function AnswerLine({ answer: { status, description, media, schema } }: { answer: Answer }) {
  const head = (
    <>
      <code className="mr-3 font-semibold">{status}</code>
      {media === 'application/problem+json' ? STATUS_CODES[status] : description}{' '}
      {media && <span className="text-12 text-ink-3">{media}</span>}
    </>
  );
  return (
    <li className="border-b border-line py-2">
      {schema ? (
        <details open={status.startsWith('2')}>
          <summary className="min-h-6">{head}</summary>
          <div className="pl-4">
            <SchemaTree schema={schema} />
          </div>
        </details>
      ) : (
        head
      )}
    </li>
  );
}

'use client';

import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { Environment } from '@/lib/features/connections/environments/schema';

const CLASSES = [
  { value: 'dev', label: 'dev: where changes begin' },
  { value: 'staging', label: 'staging: where they are rehearsed' },
  { value: 'production', label: 'production: what runs for real' },
] as const;

type EnvironmentFieldsProps = { errorOf(path: string): string | undefined; saved?: Environment };

/** What connecting an instance takes. For a saved one the key may stay empty: the stored one is kept. */
export function EnvironmentFields({ errorOf, saved }: EnvironmentFieldsProps) {
  return (
    <>
      <Field label="Name" error={errorOf('name')}>
        <Input name="name" required maxLength={100} defaultValue={saved?.name} placeholder="eu-main" />
      </Field>
      <Field
        label="Class"
        hint="Decides what may be done here. It shows wherever the environment is named."
        error={errorOf('class')}
      >
        <Select name="class" options={CLASSES} defaultValue={saved?.class ?? 'dev'} />
      </Field>
      <Field label="Address" hint="As you open n8n in a browser." error={errorOf('baseUrl')}>
        <Input name="baseUrl" type="url" required defaultValue={saved?.baseUrl} placeholder="https://n8n.example.com" />
      </Field>
      <Field
        label="API key"
        hint={
          saved
            ? `Ends in ${saved.apiKeyHint}. Leave empty to keep it; another host needs a key again.`
            : 'In n8n: Settings → n8n API → Create an API key, as an owner or admin. It is sealed and never shown again.'
        }
        error={errorOf('apiKey')}
      >
        <Input name="apiKey" type="password" autoComplete="off" required={!saved} />
      </Field>
    </>
  );
}

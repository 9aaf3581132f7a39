'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useEnvironments } from '@/components/environments/queries';
import { FormProblem } from '@/components/patterns/form-problem';
import { useMay, useTenant } from '@/components/shell/tenant';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { Status } from '@/components/ui/status';
import { apiUpload } from '@/lib/client/api';
import { toShownProblem } from '@/lib/client/problem-error';
import { queryKey } from '@/lib/client/query-keys';
import type { UploadResult } from '@/lib/features/inventory/workflows/schema';

const FORM = 'upload-workflows';

/** JSON files and ZIP archives into a dev environment, with what came of each file. */
export function UploadWorkflows() {
  const { slug } = useTenant();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const { data } = useEnvironments();
  const targets = (data?.items ?? []).filter((environment) => environment.class === 'dev');
  const may = useMay('workflow:write');
  const upload = useMutation({
    mutationFn: (form: FormData) => apiUpload<UploadResult>(slug, '/workflows/upload', form),
    onSuccess: () => queries.invalidateQueries({ queryKey: queryKey(slug, 'workflows') }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    upload.mutate(new FormData(event.currentTarget));
  };
  const close = () => {
    setOpen(false);
    upload.reset();
  };
  const why = !may
    ? 'Uploading takes the role developer.'
    : targets.length === 0
      ? 'Only dev environments take uploads; there is none.'
      : undefined;
  return (
    <>
      <Button why={why} onClick={() => setOpen(true)}>
        <Icon of={Upload} />
        Upload
      </Button>
      <Dialog
        open={open}
        onOpenChange={(next) => (next ? setOpen(true) : close())}
        title="Upload workflows"
        description="Each becomes a new workflow, switched off. Ids in the files are not used; nothing is overwritten."
        footer={
          <>
            <Button onClick={close}>{upload.data ? 'Close' : 'Cancel'}</Button>
            {!upload.data && (
              <Button type="submit" form={FORM} variant="primary" busy={upload.isPending && 'Uploading…'}>
                Upload
              </Button>
            )}
          </>
        }
      >
        {upload.data ? (
          <UploadedFiles result={upload.data} />
        ) : (
          <form id={FORM} onSubmit={submit} className="grid gap-4">
            <FormProblem problem={upload.error && toShownProblem(upload.error)} />
            <Field label="Into">
              <Select name="environmentId" options={targets.map(({ id, name }) => ({ value: id, label: name }))} />
            </Field>
            <Field label="Files" hint="JSON as n8n exports it, or ZIP archives of such files; 25 MB in all.">
              <Input name="files" type="file" accept=".json,.zip" multiple required />
            </Field>
          </form>
        )}
      </Dialog>
    </>
  );
}

function UploadedFiles({ result }: { result: UploadResult }) {
  return (
    <div role="status">
      <p>
        {result.created} made in {result.environment.name}
        {result.failed > 0 && `, ${result.failed} not`}.
      </p>
      <ul className="mt-2 max-h-72 overflow-y-auto">
        {result.results.map((file) => (
          <li key={file.file} className="border-b border-line py-1.5">
            <Status kind={file.status === 'created' ? 'ok' : 'bad'} word={file.workflow?.name ?? file.file} />
            {file.error && <span className="block pl-5 text-12 text-ink-2">{file.error.detail}</span>}
            {file.omitted.length > 0 && (
              <span className="block pl-5 text-12 text-ink-3">This n8n does not take {file.omitted.join(', ')}.</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

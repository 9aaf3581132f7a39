'use client';

import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTenant } from '@/components/shell/tenant';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import type { Query } from '@/lib/client/api';
import { download } from '@/lib/client/download';
import { toShownProblem } from '@/lib/client/problem-error';

type Format = 'csv' | 'json';

/** The report as a file, for the period on the page. */
export function DownloadCompliance({ query }: { query: Query }) {
  const { slug } = useTenant();
  const save = useMutation({
    mutationFn: (format: Format) => download(slug, '/reports/compliance/export', { ...query, format }),
  });
  const button = (format: Format) => (
    <Button onClick={() => save.mutate(format)} busy={save.isPending && save.variables === format && 'Reading…'}>
      <Icon of={Download} />
      Download {format.toUpperCase()}
    </Button>
  );
  return (
    <div className="flex flex-wrap items-center gap-2">
      {button('csv')}
      {button('json')}
      <p role="alert" className="text-12 text-bad empty:hidden">
        {save.error && toShownProblem(save.error).detail}
      </p>
    </div>
  );
}

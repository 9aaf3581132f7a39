'use client';

import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTenant } from '@/components/shell/tenant';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { toast } from '@/components/ui/toast';
import { download } from '@/lib/client/download';
import { toShownProblem } from '@/lib/client/problem-error';

/** A snapshot as one ZIP archive of files that n8n imports. */
export function DownloadSnapshot({ id }: { id: string }) {
  const { slug } = useTenant();
  const save = useMutation({
    mutationFn: () => download(slug, `/snapshots/${id}/download`),
    onError: (error) => toast({ kind: 'bad', title: 'Not downloaded', detail: toShownProblem(error).detail }),
  });
  return (
    <Button busy={save.isPending && 'Packing…'} onClick={() => save.mutate()}>
      <Icon of={Download} />
      Download
    </Button>
  );
}

'use client';

import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTenant } from '@/components/shell/tenant';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { toast } from '@/components/ui/toast';
import { download } from '@/lib/client/download';
import { toShownProblem } from '@/lib/client/problem-error';

/** Every workflow of an environment as one ZIP archive, as last read. */
export function DownloadWorkflows({ environmentId }: { environmentId: string }) {
  const { slug } = useTenant();
  const save = useMutation({
    mutationFn: () => download(slug, '/workflows/download', { environmentId }),
    onError: (error) => toast({ kind: 'bad', title: 'Not downloaded', detail: toShownProblem(error).detail }),
  });
  return (
    <Button busy={save.isPending && 'Packing…'} onClick={() => save.mutate()}>
      <Icon of={Download} />
      Download
    </Button>
  );
}

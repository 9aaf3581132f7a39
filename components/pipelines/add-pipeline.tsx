'use client';

import { Plus } from 'lucide-react';
import { useMay, useTenant } from '@/components/shell/tenant';
import { Button, ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';

/** The way to another pipeline, or who has it. */
export function AddPipeline() {
  const { slug } = useTenant();
  const words = (
    <>
      <Icon of={Plus} />
      Add a pipeline
    </>
  );
  if (!useMay('pipeline:write')) return <Button why="An admin of the organisation adds pipelines.">{words}</Button>;
  return <ButtonLink href={`/t/${slug}/pipelines/new`}>{words}</ButtonLink>;
}

'use client';

import { useState } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { EmptyState } from '@/components/patterns/empty-state';
import { EnvironmentName } from '@/components/patterns/environment-name';
import { ErrorState } from '@/components/patterns/error-state';
import { Forbidden } from '@/components/patterns/forbidden';
import { Button } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';
import { SkeletonLines } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toast';
import { Part } from './part';

/** Empty, loading, error, forbidden, and what floats. */
export function StateParts() {
  return (
    <>
      <Part name="Empty">
        <EmptyState
          title="Nothing waits for you"
          why="Approvals, incidents and failed runs in your environments land here."
          next={<Button size="sm">See the team’s 9</Button>}
        />
      </Part>
      <Part name="Loading">
        <div data-exhibit="">
          <SkeletonLines lines={5} label="Loading facts" />
        </div>
      </Part>
      <Part name="Error">
        <ErrorState
          problem={{
            title: 'eu-main refused the key',
            status: 401,
            detail: 'The list below is from 14:02.',
            requestId: 'req_01J9XK3M8TQ4',
          }}
          unchanged="Nothing was changed in eu-main or here."
          onRetry={() => {}}
          actions={<Button size="sm">Replace key</Button>}
        />
      </Part>
      <Part name="Forbidden">
        <Forbidden title="Policies are for admins" actions={<Button size="sm">Ask RS and TL</Button>}>
          You are developer in Nordhaus Retail. RS and TL are admins and can change your role or the policy.
        </Forbidden>
      </Part>
      <Part name="Toasts">
        <Toasts />
      </Part>
      <Part name="Dialog and popover">
        <div className="flex gap-2">
          <DeleteDialog />
          <Popover label="Order intake in eu-main" trigger={<Button>Peek</Button>}>
            <p className="font-medium">Order intake</p>
            <p className="mt-1 text-ink-2">Webhook path changes from orders to orders/in.</p>
          </Popover>
        </div>
      </Part>
    </>
  );
}

function Toasts() {
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        onClick={() =>
          toast({ kind: 'ok', title: 'Note added', detail: 'Incident 87', action: { label: 'Undo', run() {} } })
        }
      >
        Done
      </Button>
      <Button onClick={() => toast({ kind: 'run', title: 'Deployment #212 applying', detail: 'Step 9 of 14' })}>
        Running
      </Button>
      <Button onClick={() => toast({ kind: 'bad', title: 'Exception not saved', detail: 'Nothing changed.' })}>
        Failed
      </Button>
    </div>
  );
}

function DeleteDialog() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Delete snapshots…</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={
          <span className="flex flex-wrap items-center gap-1.5">
            Delete 14 snapshots of <EnvironmentName tier="production" name="us-main" />
          </span>
        }
        description="They can’t be brought back. Snapshots that a deployment or an incident points to are kept (3)."
        keep="Keep them"
        confirm="Delete 14"
        typeName="us-main"
        onConfirm={() => setOpen(false)}
      />
    </>
  );
}

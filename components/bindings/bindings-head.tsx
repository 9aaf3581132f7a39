'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { PageHead } from '@/components/shell/page';
import { useMay, useTenant } from '@/components/shell/tenant';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { TabLinks } from '@/components/ui/tab-links';
import { CreateBindingDialog } from './create-binding';

/** Head and places of the declared differences. */
export function BindingsHead({ current }: { current: '' | '/credentials' }) {
  const base = `/t/${useTenant().slug}/bindings`;
  const [open, setOpen] = useState(false);
  const may = useMay('binding:write');
  return (
    <>
      <PageHead
        title="Bindings"
        lede="What differs between environments on purpose. Declared differences are used by promotions and silent in drift; everything else that differs is loud."
        actions={
          <Button
            variant="primary"
            why={may ? undefined : 'Declaring a difference takes the role developer.'}
            onClick={() => setOpen(true)}
          >
            <Icon of={Plus} />
            Declare a difference
          </Button>
        }
      />
      <TabLinks
        label="Parts of the bindings"
        current={`${base}${current}`}
        tabs={[
          { href: base, label: 'Declared' },
          { href: `${base}/credentials`, label: 'Credentials' },
        ]}
      />
      <CreateBindingDialog open={open} known={NOTHING} onClose={() => setOpen(false)} />
    </>
  );
}

const NOTHING = {};

'use client';

import { Ellipsis, Lock, Search } from 'lucide-react';
import { useState } from 'react';
import { TierSquare } from '@/components/patterns/tier-mark';
import { Button, IconButton } from '@/components/ui/button';
import { Checkbox, Radio, Switch } from '@/components/ui/checkbox';
import { AddChip, Chip, FilterChip } from '@/components/ui/chip';
import { DropdownMenu } from '@/components/ui/dropdown-menu';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input, Textarea } from '@/components/ui/input';
import { Kbd } from '@/components/ui/kbd';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { Part } from './part';

const VIEWS = [
  { value: 'canvas', label: 'Canvas' },
  { value: 'tree', label: 'Tree' },
] as const;

const ORDERS = ['worst first', 'name', 'age'];

/** Buttons and form parts. */
export function ControlParts() {
  return (
    <>
      <Part name="Buttons">
        <Buttons />
      </Part>
      <Part name="Inputs">
        <Inputs />
      </Part>
    </>
  );
}

function Buttons() {
  const [view, setView] = useState<'canvas' | 'tree'>('canvas');
  const [order, setOrder] = useState(ORDERS[0]!);
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap gap-2">
        <Button variant="primary">Promote</Button>
        <Button>Compare</Button>
        <Button variant="ghost">Cancel</Button>
        <Button variant="danger">Delete</Button>
        <Button variant="prod">
          <TierSquare tier="production" className="text-current" /> Roll back us-main
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button busy="Sending…">Send</Button>
        <Button size="sm">Small</Button>
        <IconButton label="More" variant="default">
          <Icon of={Ellipsis} />
        </IconButton>
        <Segmented label="View" value={view} options={VIEWS} onChange={setView} />
      </div>
      <Button why="It is your own promotion. MK, RS or TL can approve it.">Approve</Button>
      <div className="flex flex-wrap items-center gap-2">
        <DropdownMenu
          trigger={<Chip label="Order" value={order} />}
          items={ORDERS.map((label) => ({
            kind: 'choice',
            label,
            checked: label === order,
            onSelect: () => setOrder(label),
          }))}
        />
        <FilterChip label="Tag" value="billing" onRemove={() => {}} />
        <AddChip>Filter</AddChip>
      </div>
    </div>
  );
}

function Inputs() {
  return (
    <>
      <div className="grid grid-cols-2 gap-x-4 gap-y-3.5 max-md:grid-cols-1">
        <Field label="Name">
          <Input defaultValue="eu-main" />
        </Field>
        <Field label="Find">
          <Input icon={Search} defaultValue="refu" after={<Kbd>/</Kbd>} />
        </Field>
        <Field label="Instance URL" error="Starts with http:// or https://. Not saved.">
          <Input defaultValue="htp://flows-eu" />
        </Field>
        <Field label="API key" hint="Changing the URL’s host asks for it again.">
          <Input icon={Lock} type="password" autoComplete="off" placeholder="Stored, never shown" />
        </Field>
        <Field label="Class">
          <Select
            options={[
              { value: 'dev', label: 'dev' },
              { value: 'staging', label: 'staging' },
              { value: 'production', label: 'production' },
            ]}
          />
        </Field>
        <Field label="Note">
          <Textarea placeholder="Why this is done" />
        </Field>
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1">
        <Checkbox defaultChecked>Selected</Checkbox>
        <Checkbox>Not</Checkbox>
        <Checkbox mixed>Some</Checkbox>
        <Radio name="policy" defaultChecked>
          Strict
        </Radio>
        <Radio name="policy">Relaxed</Radio>
        <Switch defaultChecked>Single keys</Switch>
      </div>
    </>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useEnvironments } from '@/components/environments/queries';
import { useTenant } from '@/components/shell/tenant';
import { team } from '@/components/team/queries';
import { IconButton } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { MIN_GRACE_SECONDS } from '@/lib/features/delivery/pipelines/model';
import type { StageDraft } from './stage-draft';

type StageFieldsProps = {
  stage: StageDraft;
  at: number;
  count: number;
  errorOf(path: string): string | undefined;
  onChange(change: Partial<StageDraft>): void;
  onMove(by: 1 | -1): void;
  onRemove(): void;
};

/** One stage being edited: its ends, and who has to agree. */
export function StageFields({ stage, at, count, errorOf, onChange, onMove, onRemove }: StageFieldsProps) {
  return (
    <fieldset className="border-b border-line py-4">
      <legend className="sr-only">Stage {at + 1}</legend>
      <div className="flex items-center gap-1 pb-2">
        <b aria-hidden="true" className="flex-1">
          Stage {at + 1}
        </b>
        {at > 0 && (
          <IconButton size="icon-sm" label={`Move stage ${at + 1} before stage ${at}`} onClick={() => onMove(-1)}>
            <Icon of={ArrowUp} />
          </IconButton>
        )}
        {at < count - 1 && (
          <IconButton size="icon-sm" label={`Move stage ${at + 1} behind stage ${at + 2}`} onClick={() => onMove(1)}>
            <Icon of={ArrowDown} />
          </IconButton>
        )}
        {count > 1 && (
          <IconButton size="icon-sm" label={`Remove stage ${at + 1}`} onClick={onRemove}>
            <Icon of={X} />
          </IconButton>
        )}
      </div>
      <Ends stage={stage} at={at} errorOf={errorOf} onChange={onChange} />
      <div className="mt-3 grid justify-items-start gap-1">
        <Checkbox
          checked={stage.requireApproval}
          onChange={(event) => onChange({ requireApproval: event.target.checked })}
        >
          Somebody has to approve the plan first
        </Checkbox>
        {stage.requireApproval && <Approval stage={stage} onChange={onChange} />}
      </div>
    </fieldset>
  );
}

function Ends({ stage, at, errorOf, onChange }: Pick<StageFieldsProps, 'stage' | 'at' | 'errorOf' | 'onChange'>) {
  const environments = useEnvironments().data?.items ?? [];
  const options = (allowed: typeof environments) => [
    { value: '', label: 'Choose…' },
    ...allowed.map(({ id, name, class: tier }) => ({ value: id, label: `${name} (${tier})` })),
  ];
  const error = (field: string) => errorOf(`stages.${at}.${field}`);
  return (
    <div className="grid grid-cols-[1fr_1fr_9rem] gap-3 max-md:grid-cols-1">
      <Field label="From" error={error('sourceEnvironmentId')} hint="Production is an end, never a source.">
        <Select
          value={stage.sourceEnvironmentId}
          options={options(environments.filter((one) => one.class !== 'production'))}
          onChange={(event) => onChange({ sourceEnvironmentId: event.target.value })}
        />
      </Field>
      <Field label="To" error={error('targetEnvironmentId')} hint="Dev is edited directly.">
        <Select
          value={stage.targetEnvironmentId}
          options={options(environments.filter((one) => one.class !== 'dev'))}
          onChange={(event) => onChange({ targetEnvironmentId: event.target.value })}
        />
      </Field>
      <Field label="Schedule grace" error={error('graceSeconds')} hint="Later than that it expires.">
        <Input
          type="number"
          min={MIN_GRACE_SECONDS / 60}
          max={10_080}
          value={Math.round(stage.graceSeconds / 60)}
          after="min"
          onChange={(event) => onChange({ graceSeconds: Math.max(0, Number(event.target.value)) * 60 })}
        />
      </Field>
    </div>
  );
}

/** Who may approve besides the admins. */
function Approval({ stage, onChange }: Pick<StageFieldsProps, 'stage' | 'onChange'>) {
  const { slug } = useTenant();
  const { data } = useQuery(team(slug, { status: 'active', pageSize: 100 }));
  const others = (data?.items ?? []).filter(({ role }) => role === 'developer');
  const toggle = (userId: string, chosen: boolean) =>
    onChange({
      approverIds: chosen ? [...stage.approverIds, userId] : stage.approverIds.filter((id) => id !== userId),
    });
  return (
    <div className="ml-6 grid justify-items-start gap-1">
      <p className="text-12 text-ink-2">
        Admins may always approve; nobody approves their own promotion.
        {others.length > 0 ? ' Besides them:' : ' Developers you invite can be named here too.'}
      </p>
      {others.map(({ userId, name, email }) => {
        const id = userId!;
        const chosen = stage.approverIds.includes(id);
        return (
          <Checkbox key={id} checked={chosen} onChange={(event) => toggle(id, event.target.checked)}>
            {name ?? email}
          </Checkbox>
        );
      })}
      <Checkbox
        checked={stage.allowSelfApproval}
        onChange={(event) => onChange({ allowSelfApproval: event.target.checked })}
      >
        Who is alone in the organisation may approve their own
      </Checkbox>
    </div>
  );
}

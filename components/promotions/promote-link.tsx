'use client';

import { useMay, useTenant } from '@/components/shell/tenant';
import { Button, ButtonLink } from '@/components/ui/button';
import type { ButtonSize, ButtonVariant } from '@/components/ui/button-style';
import type { EnvironmentRef } from '@/lib/features/connections/environments/schema';
import type { Pipeline, Stage } from '@/lib/features/delivery/pipelines/schema';
import type { Workflow } from '@/lib/features/inventory/workflows/schema';
import { promoteHref } from './promote-href';

type Looks = { size?: ButtonSize; variant?: ButtonVariant };

const ROLE = 'Promoting takes the role developer.';
const FROM_PRODUCTION = 'Promote from dev or staging; production is an end.';

/** Begins a promotion through one stage, or anywhere; says why not. */
export function PromoteLink({ pipeline, stage, ...looks }: Looks & { pipeline?: Pipeline; stage?: Stage }) {
  const { slug } = useTenant();
  const may = useMay('promotion:write');
  const href = promoteHref(slug, { pipelineId: pipeline?.id, stageId: stage?.id });
  const inactive = pipeline && !pipeline.isActive ? 'This pipeline is not in use.' : undefined;
  const held = stage?.hold ? 'On hold until somebody resumes it.' : undefined;
  return <LinkOrWhy {...looks} href={href} why={may ? (inactive ?? held) : ROLE} />;
}

/** Begins the promotion of one workflow from where it is. */
export function PromoteWorkflow({ workflow, ...looks }: Looks & { workflow: Pick<Workflow, 'id' | 'environment'> }) {
  return <PromoteFrom {...looks} environment={workflow.environment} workflowIds={[workflow.id]} />;
}

/** Begins the promotion of ticked rows; they have to come from one environment. */
export function PromoteTicked({ rows, ids }: { rows: readonly Workflow[]; ids: readonly string[] }) {
  const environments = [...new Map(rows.map(({ environment }) => [environment.id, environment])).values()];
  const [environment, ...others] = environments;
  if (!environment || others.length > 0)
    return <LinkOrWhy size="sm" href="" why="Tick workflows of one environment." />;
  return <PromoteFrom size="sm" environment={environment} workflowIds={ids} />;
}

function PromoteFrom(props: Looks & { environment: EnvironmentRef; workflowIds: readonly string[] }) {
  const { environment, workflowIds, ...looks } = props;
  const { slug } = useTenant();
  const may = useMay('promotion:write');
  const href = promoteHref(slug, { environmentId: environment.id, workflowIds });
  return (
    <LinkOrWhy
      {...looks}
      href={href}
      why={may ? (environment.class === 'production' ? FROM_PRODUCTION : undefined) : ROLE}
    />
  );
}

function LinkOrWhy({ href, why, ...looks }: Looks & { href: string; why: string | undefined }) {
  if (why) {
    return (
      <Button {...looks} why={why}>
        Promote…
      </Button>
    );
  }
  return (
    <ButtonLink {...looks} href={href}>
      Promote…
    </ButtonLink>
  );
}

import type { Metadata } from 'next';
import { PipelineForm } from '@/components/pipelines/pipeline-form';
import { Needs } from '@/components/shell/needs';
import { Page, PageHead } from '@/components/shell/page';

export const metadata: Metadata = { title: 'Add a pipeline' };

export default async function NewPipelinePage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  return (
    <Page crumbs={[{ label: 'Pipelines', href: `/t/${tenant}/pipelines` }, { label: 'Add a pipeline' }]}>
      <PageHead title="Add a pipeline" lede="Any number of stages; each asks for an approval or does not." />
      <Needs permission="pipeline:write" what="New pipelines">
        <PipelineForm />
      </Needs>
    </Page>
  );
}

import { Page, PageHead } from '@/components/shell/page';
import { WorkflowParts } from './workflow-parts';

export default function KitWorkflowPage() {
  return (
    <Page crumbs={[{ label: 'Kit', href: '/kit' }, { label: 'Workflow' }]}>
      <PageHead title="Workflow" lede="The canvas, its list, and JSON. All content is invented." />
      <WorkflowParts />
    </Page>
  );
}

import { DensitySwitch } from '@/components/shell/density-switch';
import { Page, PageHead } from '@/components/shell/page';
import { ControlParts } from './control-parts';
import { MarkParts } from './mark-parts';
import { ProgressParts } from './progress-parts';
import { sampleWorkflows } from './sample';
import { StateParts } from './state-parts';
import { TableParts } from './table-parts';

export default function KitPage() {
  const now = Date.now();
  return (
    <Page crumbs={[{ label: 'Kit' }]} tier="production">
      <PageHead
        title="Kit"
        lede="Every part once, in every state that matters. All content is invented."
        actions={<DensitySwitch />}
      />
      <div className="mt-3 grid grid-cols-2 gap-x-12 max-lg:grid-cols-[minmax(0,1fr)]">
        <MarkParts now={new Date(now).toISOString()} />
        <ControlParts />
      </div>
      <TableParts rows={sampleWorkflows(8, now)} long={sampleWorkflows(400, now)} />
      <div className="grid grid-cols-2 gap-x-12 max-lg:grid-cols-[minmax(0,1fr)]">
        <ProgressParts now={new Date(now).toISOString()} />
        <StateParts />
      </div>
    </Page>
  );
}

import type { Metadata } from 'next';
import { ConnectLink, EnvironmentTable } from '@/components/environments/environment-table';
import { Page, PageHead } from '@/components/shell/page';

export const metadata: Metadata = { title: 'Environments' };

export default function EnvironmentsPage() {
  return (
    <Page crumbs={[{ label: 'Environments' }]}>
      <PageHead
        title="Environments"
        lede="Your n8n instances, in tier order."
        actions={<ConnectLink variant="primary" />}
      />
      <div className="mt-4">
        <EnvironmentTable />
      </div>
    </Page>
  );
}

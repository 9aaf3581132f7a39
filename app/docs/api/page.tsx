import type { Metadata } from 'next';
import { ApiIndex } from '@/components/api-docs/api-index';
import type { SearchParams } from '@/lib/server/page';

export const metadata: Metadata = { title: 'API' };

export default async function ApiDocsPage({ searchParams }: { searchParams: SearchParams }) {
  const { q } = await searchParams;
  return (
    <>
      <h1 className="text-20 font-semibold">API</h1>
      <ApiIndex search={typeof q === 'string' ? q : ''} />
    </>
  );
}

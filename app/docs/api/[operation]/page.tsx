import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { findOperation } from '@/components/api-docs/document';
import { OperationPage } from '@/components/api-docs/operation-page';
import { env } from '@/lib/env';

type ApiOperationPageProps = { params: Promise<{ operation: string }> };

export async function generateMetadata({ params }: ApiOperationPageProps): Promise<Metadata> {
  return { title: findOperation((await params).operation)?.summary ?? 'Not found' };
}

export default async function ApiOperationPage({ params }: ApiOperationPageProps) {
  const operation = findOperation((await params).operation);
  if (!operation) notFound();
  return (
    <>
      <Link href={`/docs/api#${operation.tag}`} className="link inline-flex min-h-6 items-center text-12">
        API / {operation.tag}
      </Link>
      <h1 className="mt-1 text-20 font-semibold">{operation.summary}</h1>
      <OperationPage operation={operation} origin={env().appOrigin} />
    </>
  );
}

import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { ViewerProvider } from '@/components/ui/viewer';
import { readPreferences, rootAttributes } from '@/lib/client/preferences';
import { inter, mono } from './fonts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'n8n Ops', template: '%s · n8n Ops' },
  description: 'One place for all your n8n instances: what is where, what is next, and why not.',
  icons: { icon: '/icon.svg' },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#141518' },
  ],
};

/** The document. Theme and density come from cookies, so the first byte is already right. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const preferences = readPreferences((name) => jar.get(name)?.value);
  return (
    <html lang="en" className={`${inter.variable} ${mono.variable}`} {...rootAttributes(preferences)}>
      <body>
        <ViewerProvider initial={preferences} renderedAt={Date.now()}>
          <NuqsAdapter>{children}</NuqsAdapter>
        </ViewerProvider>
      </body>
    </html>
  );
}

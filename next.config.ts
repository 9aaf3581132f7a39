import type { NextConfig } from 'next';

/** What every answer carries. The Content-Security-Policy of pages has a nonce and is set in proxy.ts. */
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=()' },
  { key: 'Strict-Transport-Security', value: 'max-age=31536000; includeSubDomains' },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // No remote pictures are shown, and the optimiser has been a way in before.
  images: { unoptimized: true },
  serverExternalPackages: ['pg', 'pg-boss', 'pino', 'undici', 'nodemailer', 'yauzl', 'yazl', '@prisma/adapter-pg'],
  headers: async () => [{ source: '/:path*', headers }],
};

export default config;

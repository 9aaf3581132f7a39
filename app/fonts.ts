import localFont from 'next/font/local';

/**
 * Self-hosted, Latin only up front: the stacks in tokens.css stay as they are and act as the fallback, and Next adds a
 * metric-adjusted fallback so that the swap does not move the page.
 */
export const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--font-inter',
  weight: '100 900',
  display: 'swap',
  adjustFontFallback: 'Arial',
});

/** Ids, digests and JSON. Not preloaded: few first screens show any. */
export const mono = localFont({
  src: '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  variable: '--font-jetbrains',
  weight: '100 800',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
});

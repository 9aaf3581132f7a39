/**
 * The nonce of this page's Content-Security-Policy, for libraries that add a `<style>` at run time.
 * Undefined when the page was served without one. Browsers hide it from the attribute but not from the property.
 */
export function pageNonce(): string | undefined {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce || undefined;
}

import { setNonce } from 'get-nonce';
import { pageNonce } from '@/lib/client/nonce';

/**
 * Radix locks the page's scrolling with a `<style>` it adds at run time; under our Content-Security-Policy that needs
 * the page's nonce. Imported for its effect by every lazily loaded surface that may lock scrolling.
 */
const nonce = pageNonce();
if (nonce) setNonce(nonce);

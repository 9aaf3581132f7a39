import { describe, expect, it } from 'vitest';
import { currentHref } from './navigation';

const hrefs = ['/acme', '/acme/workflows', '/acme/environments/e1'];

describe('the current entry of the navigation', () => {
  it('is the closest one above the open page', () => {
    expect(currentHref('/acme', hrefs)).toBe('/acme');
    expect(currentHref('/acme/workflows/w1/json', hrefs)).toBe('/acme/workflows');
    expect(currentHref('/acme/environments/e1/executions', hrefs)).toBe('/acme/environments/e1');
  });

  it('is not one that merely begins alike', () => {
    expect(currentHref('/acme/workflows-archive', hrefs)).toBe('/acme');
    expect(currentHref('/other', hrefs)).toBeUndefined();
  });
});

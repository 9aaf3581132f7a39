import { expect, test } from 'vitest';
import { createOpenStreams } from './open-streams';
import { ANONYMOUS, type Principal } from './principal';

const reader = (id: string, tenantId: string): Principal => ({
  ...ANONYMOUS,
  actor: { type: 'user', id, label: id },
  tenant: { id: tenantId, slug: tenantId, name: tenantId } as Principal['tenant'],
});
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

test('a reader has at most 20 streams open, is told when to come back, and gets the place of one that ended', () => {
  const take = createOpenStreams();
  const ada = reader('ada', 'shop');
  const [first] = times(20).map(() => take(ada));
  expect(() => take(ada)).toThrow(expect.objectContaining({ kind: 'rate_limited', retryAfter: 15 }));
  take(reader('bob', 'shop'));
  first!();
  // Giving back twice frees one place, not two.
  first!();
  take(ada);
  expect(() => take(ada)).toThrow(/20 streams/);
});

test('a tenant has at most 500, whoever reads, and another tenant is not held up by it', () => {
  const take = createOpenStreams();
  for (const index of times(500)) take(reader(`person ${index % 25}`, 'shop'));
  expect(() => take(reader('one more', 'shop'))).toThrow(/500 streams/);
  take(reader('one more', 'harbour'));
});

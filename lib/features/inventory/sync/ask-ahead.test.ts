import { expect, test } from 'vitest';
import { ProviderError } from '@/lib/ports/provider-error';
import { connectFake, FakeInstance } from '@/lib/testing/fake-provider';
import { askAhead } from './ask-ahead';

test('a list that was asked for ahead is asked for once, and asking again asks again', async () => {
  const instance = new FakeInstance();
  const { provider, begin } = askAhead(connectFake(instance), {});
  begin(['workflows', 'tags', 'users']);
  expect(instance.calls).toEqual(['listTags', 'listUsers']);
  await provider.listTags();
  expect(instance.calls).toEqual(['listTags', 'listUsers']);
  await provider.listTags();
  await provider.listCredentials();
  expect(instance.calls).toEqual(['listTags', 'listUsers', 'listTags', 'listCredentials']);
});

test('a failure ahead of its time is heard by whoever takes the list, and by nobody else', async () => {
  const instance = new FakeInstance();
  instance.fail('listTags', new ProviderError('timeout', 'Too slow.'));
  instance.fail('listUsers', new ProviderError('timeout', 'Too slow.'));
  const { provider, begin } = askAhead(connectFake(instance), {});
  begin(['tags', 'users']);
  await expect(provider.listTags()).rejects.toMatchObject({ failure: 'timeout' });
  expect(await provider.listTags()).toEqual([]);
});

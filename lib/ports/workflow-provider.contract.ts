import { afterAll, beforeAll, describe } from 'vitest';
import { testListing } from './contract/listing';
import { testPublishing } from './contract/publishing';
import { type ProviderHarness, ProviderSubject } from './contract/subject';
import { testWriting } from './contract/writing';

/** Every implementation of the port, the real n8n included, passes this. */
export function describeWorkflowProvider(name: string, start: () => Promise<ProviderHarness>): void {
  describe(`${name} as a workflow provider`, () => {
    const subject = new ProviderSubject();
    beforeAll(async () => subject.start(await start()));
    afterAll(() => subject.clear());

    testWriting(subject);
    testPublishing(subject);
    testListing(subject);
  });
}

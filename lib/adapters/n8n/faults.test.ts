import { afterAll } from 'vitest';
import { startN8nStub } from '@/lib/testing/n8n/stub';
import { describeFaults } from '@/lib/testing/n8n-faults/suite';

const stub = await startN8nStub();
afterAll(() => stub.stop());

describeFaults('a stub of n8n', { baseUrl: stub.baseUrl, apiKey: 'stub' });

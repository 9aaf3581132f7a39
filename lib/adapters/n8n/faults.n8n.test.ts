import { inject } from 'vitest';
import { describeFaults } from '@/lib/testing/n8n-faults/suite';

const { version, ...connection } = inject('n8n')['2.x'];

describeFaults(`n8n ${version}`, connection);

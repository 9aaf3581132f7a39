import { inject } from 'vitest';
import { describeFaults } from './faults.suite';

const { version, ...connection } = inject('n8n')['2.x'];

describeFaults(`n8n ${version}`, connection);

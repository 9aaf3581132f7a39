import { expect, it } from 'vitest';
import { readDemoOptions } from './options.ts';

it('several demos run side by side on ports and folders of their own', () => {
  const args = ['--port', '3100', '--n8n-ports', '5700,5701', '--data-dir', '/elsewhere', '--n8n', '1.x', '--json'];
  expect(readDemoOptions(args)).toEqual({
    port: 3100,
    n8nPorts: [5700, 5701],
    dataFolder: '/elsewhere',
    n8n: '1.x',
    json: true,
    tour: false,
  });
});

it.each(['5678', '5678,5678', '5678,x', '0,5679', '1,2,3'])('two n8n on the ports "%s" are refused', (ports) => {
  expect(() => readDemoOptions(['--n8n-ports', ports])).toThrow('--n8n-ports takes two different ports');
});

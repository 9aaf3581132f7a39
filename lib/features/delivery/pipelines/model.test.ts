import { expect, it } from 'vitest';
import { stageFaults } from './model';
import { CreatePipeline } from './schema';

const hop = (route: string) => {
  const [sourceEnvironmentId, targetEnvironmentId] = route.split('>') as [string, string];
  return { sourceEnvironmentId, targetEnvironmentId };
};

it.each([
  ['in a row', ['a>b', 'b>c', 'c>d'], []],
  ['that part and meet again', ['a>b', 'a>c', 'b>d', 'c>d'], []],
  ['from a place to itself', ['a>a'], [0]],
  ['that stand twice', ['a>b', 'b>c', 'a>b'], [2]],
  ['back at once', ['a>b', 'b>a'], [1]],
  ['back over others', ['a>b', 'b>c', 'd>a', 'c>d'], [3]],
] as const)('stages %s: the fault is named where it arises', (_, routes, faulty) => {
  const paths = stageFaults(routes.map(hop)).map(({ path }) => path);
  expect(paths).toEqual(faulty.map((at) => `stages.${at}.targetEnvironmentId`));
});

it('a grace is never shorter than the time between two looks at what is due', () => {
  const [from, to] = ['019a8a4e-3f00-7000-8000-0000a1b2c3d4', '019a8a4e-3f00-7000-8000-0000a1b2c3d5'];
  const withGrace = (graceSeconds: number) =>
    CreatePipeline.safeParse({ name: 'x', stages: [{ ...hop(`${from}>${to}`), graceSeconds }] });
  expect(withGrace(0).error?.issues).toMatchObject([{ path: ['stages', 0, 'graceSeconds'] }]);
  expect(withGrace(119).success).toBe(false);
  expect(withGrace(120).success).toBe(true);
});

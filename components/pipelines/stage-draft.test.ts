import { describe, expect, it } from 'vitest';
import { moveStage, nextStage } from './stage-draft';

const environments = [
  { id: 'lab', class: 'dev' },
  { id: 'rehearsal', class: 'staging' },
  { id: 'eu', class: 'production' },
  { id: 'us', class: 'production' },
] as const;
const grown = (count: number) => {
  const stages: ReturnType<typeof nextStage>[] = [];
  for (let at = 0; at < count; at++) stages.push(nextStage(`${at}`, stages, environments));
  return stages;
};

describe('the stage that is proposed next', () => {
  it('goes on where the last one ended, and begins in dev', () => {
    const ways = grown(2).map((one) => [one.sourceEnvironmentId, one.targetEnvironmentId]);
    expect(ways).toEqual([
      ['lab', 'rehearsal'],
      ['rehearsal', 'eu'],
    ]);
  });

  it('never begins in production: another one is reached from where the last was', () => {
    expect(grown(3).at(-1)).toMatchObject({ sourceEnvironmentId: 'rehearsal', targetEnvironmentId: 'us' });
  });

  it('asks for an approval before production, and only there', () => {
    expect(grown(3).map(({ requireApproval }) => requireApproval)).toEqual([false, true, true]);
  });

  it('leaves the target open when every environment is reached', () => {
    expect(grown(4).at(-1)?.targetEnvironmentId).toBe('');
  });
});

describe('a stage that is moved', () => {
  const keys = (stages: ReturnType<typeof grown>) => stages.map(({ key }) => key);

  it('changes places with its neighbour', () => {
    expect(keys(moveStage(grown(3), 2, -1))).toEqual(['0', '2', '1']);
  });

  it('stays at either end', () => {
    expect(keys(moveStage(grown(2), 0, -1))).toEqual(['0', '1']);
    expect(keys(moveStage(grown(2), 1, 1))).toEqual(['0', '1']);
  });
});

import { describe, expect, it } from 'vitest';
import { chainStages } from './stage-chains';

const hop = (sourceEnvironmentId: string, targetEnvironmentId: string) => ({
  sourceEnvironmentId,
  targetEnvironmentId,
});
const drawn = (...stages: ReturnType<typeof hop>[]) =>
  chainStages(stages).map((chain) => [chain[0]!.sourceEnvironmentId, ...chain.map((one) => one.targetEnvironmentId)]);

describe('stages drawn from left to right', () => {
  it('stand in one row when each begins where the last one ended', () => {
    expect(drawn(hop('dev', 'staging'), hop('staging', 'eu'))).toEqual([['dev', 'staging', 'eu']]);
  });

  it('that fork begin a row of their own, and none is lost', () => {
    expect(drawn(hop('dev', 'staging'), hop('staging', 'eu'), hop('staging', 'us'))).toEqual([
      ['dev', 'staging', 'eu'],
      ['staging', 'us'],
    ]);
  });

  it('that lead back end, however they are ordered', () => {
    expect(drawn(hop('a', 'b'), hop('b', 'a'))).toEqual([['a', 'b', 'a']]);
  });
});

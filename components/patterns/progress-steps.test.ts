import { describe, expect, it } from 'vitest';
import { writeSteps } from './progress-steps';

const states = (...input: Parameters<typeof writeSteps>) => writeSteps(...input).map((step) => step.state);

describe('the stages of a write', () => {
  it('claims nothing that has not happened', () => {
    expect(states('sending')).toEqual(['running', 'waiting', 'waiting', 'waiting']);
    expect(states('applying')).toEqual(['done', 'done', 'running', 'waiting']);
  });

  it('is done only when verified', () => expect(states('verified')).toEqual(['done', 'done', 'done', 'done']));

  it('stops where it failed, the read-back included', () => {
    expect(states('applying', true)).toEqual(['done', 'done', 'failed', 'waiting']);
    expect(states('verified', true)).toEqual(['done', 'done', 'done', 'failed']);
  });
});

import { describe, expect, it } from 'vitest';
import { savedInWords } from './saved-in-words';

describe('what a save did', () => {
  it('says how many are in git, and that nothing was committed for nothing', () => {
    expect(savedInWords({ status: 'committed', workflowCount: 4 })).toBe('4 workflows committed.');
    expect(savedInWords({ status: 'unchanged', workflowCount: 1 })).toBe(
      'Nothing differed from git: 1 workflow, no commit.',
    );
  });

  it('names what was left out, and why', () => {
    const left = { archived: ['Old'], ignored: [], unreadable: ['Broken', 'Worse'] };
    expect(savedInWords({ status: 'committed', workflowCount: 2, left })).toBe(
      '2 workflows committed. Left out, archived: Old. Left out, unreadable: Broken, Worse.',
    );
  });

  it('says where a secret went into git', () => {
    const secrets = [{ workflow: 'Leaky' }, { workflow: 'Leaky' }, { workflow: 'Other' }];
    expect(savedInWords({ status: 'committed', workflowCount: 2, secrets })).toBe(
      '2 workflows committed. Secrets are written out in Leaky, Other, and are in git with it.',
    );
  });

  it('claims nothing about a result it does not know', () => {
    expect(savedInWords(null)).toBe('Done.');
    expect(savedInWords({ other: 1 })).toBe('Done.');
  });
});

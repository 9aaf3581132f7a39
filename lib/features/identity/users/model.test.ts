import { expect, test } from 'vitest';
import { isGuessable } from './model';

test.each(['aaaaaaaaaaaa', '123456789012', 'qwertyuiopas', 'Password1234!', 'abababababab', 'lkjhgfdsapoi'])(
  'a password that is guessed first is refused: %s',
  (password) => expect(isGuessable(password)).toBe(true),
);

test.each(['correct horse battery', 'mX4-gg9-pq2-zz7', 'secretariat-runs-home-late'])(
  'a long password needs no digits or signs: %s',
  (password) => expect(isGuessable(password)).toBe(false),
);

import { describe, expect, it } from 'vitest';
import { connectionFields } from './database.ts';

describe('the fields of a connection', () => {
  const url = 'postgresql://own%40er:p%2Fw@db.example:6543/real?sslmode=require&schema=public';

  it('name another database than the URL when told so, so that a shadow database is never the real one', () => {
    expect(connectionFields(url, 'shadow')).toMatchObject({ host: 'db.example', port: 6543, database: 'shadow' });
    expect(connectionFields(url, 'shadow')).not.toHaveProperty('connectionString');
  });

  it('are decoded, and keep what the URL says of encryption', () => {
    expect(connectionFields(url)).toMatchObject({ user: 'own@er', password: 'p/w', database: 'real' });
    expect(connectionFields(url).ssl).toEqual({ rejectUnauthorized: false });
    expect(connectionFields(url.replace('require', 'verify-full')).ssl).toEqual({ rejectUnauthorized: true });
    expect(connectionFields(url.replace('require', 'disable'))).not.toHaveProperty('ssl');
  });
});

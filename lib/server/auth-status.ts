import { cache } from 'react';
import { getAuthStatus } from '@/lib/features/identity/sessions/operations';
import { load } from './page';

/** Where whoever looks at this page stands. Read once per rendering. */
export const authStatus = cache(() => load(getAuthStatus, null, {}));

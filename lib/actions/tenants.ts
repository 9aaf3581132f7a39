'use server';

import * as operations from '@/lib/features/identity/tenants/operations';
import { action } from '@/lib/server/action';

export const updateTenant = action(operations.updateTenant);
export const leaveTenant = action(operations.leaveTenant);
export const closeTenant = action(operations.closeTenant);
export const reopenTenant = action(operations.reopenTenant);

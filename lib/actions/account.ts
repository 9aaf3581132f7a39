'use server';

import * as sessions from '@/lib/features/identity/sessions/operations';
import * as passwords from '@/lib/features/identity/sessions/password-operations';
import * as signUps from '@/lib/features/identity/sessions/sign-up-operations';
import * as users from '@/lib/features/identity/users/operations';
import { action } from '@/lib/server/action';

export const signUp = action(signUps.signUp);
export const requestSignUp = action(signUps.requestSignUp);
export const requestSignInLink = action(signUps.requestSignInLink);
export const forgotPassword = action(passwords.forgotPassword);
export const resetPassword = action(passwords.resetPassword);
export const changePassword = action(passwords.changePassword);
export const completeOnboarding = action(sessions.completeOnboarding);
export const switchTenant = action(sessions.switchTenant);
export const endSession = action(sessions.endSessionById);
export const updateMe = action(users.updateMe);

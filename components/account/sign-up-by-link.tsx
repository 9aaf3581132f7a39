'use client';

import { useLinkToken } from './link-token';
import { LinkRequestForm } from './password-forms';
import { SignUpForm } from './sign-up-form';

/** Where anybody may sign up and mail is sent: first the address proves itself, then the account is made. */
export function SignUpByLink() {
  const token = useLinkToken();
  return token ? <SignUpForm proof={{ token }} /> : <LinkRequestForm purpose="sign-up" />;
}

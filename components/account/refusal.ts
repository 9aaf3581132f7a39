const IN_WORDS: Record<string, string> = {
  CredentialsSignin: 'This address and password do not belong together.',
  rate_limited: 'Too many attempts. Wait a quarter of an hour, or reset the password.',
  suspended: 'This account is suspended. A platform admin can lift that.',
  unverified_address: 'The provider has not verified your address, so we cannot tell that it is yours.',
  link_from_profile:
    'There is an account with this address already. Sign in with its password first, then connect the provider.',
  invitation_needed: 'Accounts are made by invitation here. Ask an admin for one.',
  no_answer: 'The server did not answer. Check the connection; it is safe to try again.',
};

/** Why somebody was not let in. A code we do not know is said as what it is. */
export const refusalInWords = (code: string): string => IN_WORDS[code] ?? `Signing in failed (${code}). Try again.`;

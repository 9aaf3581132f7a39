export type SignUpPolicy = 'open' | 'invite';
/** A way in besides the password; `name` is what its button says. */
export type SignInProvider = { id: 'github' | 'google' | 'oidc'; name: string };

/** What the operator decided about this installation, as far as features depend on it. */
export type Site = {
  /** Scheme, host and port that links in mails begin with. */
  origin: string;
  /** Who may make an account once the first one exists. */
  signUp: SignUpPolicy;
  providers: readonly SignInProvider[];
  /** Signing in as anybody; never in production. */
  devLogin: boolean;
  /** The plan that a new organisation starts on. */
  initialPlan: string;
};

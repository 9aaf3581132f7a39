import type { Reference } from '../references/reference';
import type { Check, CheckContext, Issue } from './check';

const issue = ({ node, path }: Reference, message: string): Issue => ({ node, path, message });

function* ofKind<Kind extends Reference['kind']>({ references }: CheckContext, kind: Kind) {
  for (const reference of references) {
    if (reference.kind === kind && !reference.node?.disabled) yield reference as Extract<Reference, { kind: Kind }>;
  }
}

/** Code from outside n8n whose next version may do anything. */
export const unpinnedPackage: Check = {
  id: 'unpinned-package',
  severity: 'warning',
  title: 'A community node is not pinned to a version',
  remedy: 'Review the package, and pin the version on every instance that runs the workflow.',
  *find(context) {
    for (const reference of ofKind(context, 'nodePackage')) {
      const name = reference.name!;
      if (Object.hasOwn(context.options.pinnedPackages ?? {}, name)) continue;
      yield issue(
        reference,
        `"${reference.node?.name}" comes from the community package ${name}, pinned to no version.`,
      );
    }
  },
};

/** Calls that only show at run time where they lead. */
export const dynamicCall: Check = {
  id: 'dynamic-call',
  severity: 'warning',
  title: 'What is called is decided at run time',
  remedy: 'Name the workflow or the credential, or list the ones it may be.',
  *find(context) {
    for (const kind of ['workflow', 'credential', 'dataTable'] as const) {
      for (const reference of ofKind(context, kind)) {
        if (reference.expression === undefined) continue;
        yield issue(
          reference,
          `The ${kind === 'dataTable' ? 'data table' : kind} is computed: nobody can promote, order or check it beforehand.`,
        );
      }
    }
  },
};

/** Credentials that n8n picks by name. */
export const credentialByName: Check = {
  id: 'credential-by-name',
  severity: 'warning',
  title: 'A credential is known by name only',
  remedy: 'Choose it again in the node, so that it is stored with its id.',
  *find(context) {
    for (const reference of ofKind(context, 'credential')) {
      if (reference.written !== 'name') continue;
      yield issue(
        reference,
        `The instance takes whichever ${reference.credentialType} is called "${reference.name ?? ''}".`,
      );
    }
  },
};

/** Access to the environment of the n8n process. */
export const environmentAccess: Check = {
  id: 'environment-access',
  severity: 'warning',
  title: 'It reads the environment of the n8n process',
  remedy: 'Use a variable ($vars) or a credential: since n8n 2.0 this is blocked unless the instance allows it.',
  *find(context) {
    for (const reference of ofKind(context, 'environmentVariable')) {
      yield issue(
        reference,
        `It reads ${reference.name === undefined ? 'a computed variable' : reference.name} from the environment.`,
      );
    }
  },
};

/** Addresses of an instance written out. */
export const fixedInstanceUrl: Check = {
  id: 'fixed-instance-url',
  severity: 'info',
  title: 'The address of an n8n instance is written out',
  remedy: 'Call a sub-workflow instead, or put the address into a variable.',
  *find(context) {
    for (const reference of ofKind(context, 'ownUrl')) {
      yield issue(reference, `${reference.origin} is written out: on another instance it still leads there.`);
    }
  },
};

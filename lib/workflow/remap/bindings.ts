import type { Reference, ReferenceKind } from '../references/reference';

/** What one side of a binding is on its instance. An absent id means that only the name is known there. */
export interface BoundThing {
  readonly id?: string;
  readonly name?: string;
  /** The address the editor shows beside a locator (`cachedResultUrl`). */
  readonly url?: string;
}

/** The kinds that can be rewritten. For `ownUrl` names are origins, for `webhook` paths, for `secret` `vault.key`. */
export type BindableKind = Exclude<ReferenceKind, 'self' | 'nodePackage'>;

/** One thing of the source and what stands for it on the target; `keep` says it is meant to stay as it is. */
export interface Binding {
  readonly kind: BindableKind;
  /** Of a credential: its type. A binding without one serves every type. */
  readonly credentialType?: string;
  readonly from: BoundThing;
  readonly to: BoundThing | 'keep';
}

/** What the map says of a reference. */
export type Lookup = { readonly binding: Binding } | { readonly missing: 'unbound' | 'ambiguous' };

/** Bindings, ready to be asked. By id where the reference has one, by name where it has none or no binding has its id. */
export class BindingMap {
  private readonly byId = new Map<string, Binding[]>();
  private readonly byName = new Map<string, Binding[]>();

  constructor(bindings: Iterable<Binding>) {
    for (const binding of bindings) {
      const { id, name } = binding.from;
      if (id !== undefined) add(this.byId, key(binding.kind, id), binding);
      if (name !== undefined) add(this.byName, key(binding.kind, name), binding);
    }
  }

  /** The one binding for a reference; a name that several bindings share is ambiguous, never chosen from. */
  find(reference: Reference): Lookup {
    const name = reference.kind === 'ownUrl' ? reference.origin : reference.name;
    const serves = ({ credentialType }: Pick<Binding, 'credentialType'>) =>
      credentialType === undefined || reference.kind !== 'credential' || credentialType === reference.credentialType;
    const byId = reference.id === undefined ? [] : (this.byId.get(key(reference.kind, reference.id)) ?? []);
    const sure = byId.filter(serves);
    if (sure.length > 0) {
      // Labels go stale: of several bindings for one id, the one that knows this label is the better one.
      const exact = sure.filter(({ from }) => from.name === name);
      return one(exact.length > 0 ? exact : sure, (to) => to.id);
    }
    // A binding that states an id is about that very thing: its name only serves references that have no id.
    const named = name === undefined ? [] : (this.byName.get(key(reference.kind, name)) ?? []);
    return one(
      named.filter((binding) => serves(binding) && !(binding.from.id && reference.id)),
      (to) => to.name,
    );
  }
}

const key = (kind: string, value: string): string => `${kind}:${value}`;

function add(map: Map<string, Binding[]>, at: string, binding: Binding): void {
  const list = map.get(at);
  if (list) list.push(binding);
  else map.set(at, [binding]);
}

/** The bindings agree when they lead to the same id, or name, whichever the reference goes by. */
function one(bindings: readonly Binding[], target: (to: BoundThing) => string | undefined): Lookup {
  const [first, ...others] = bindings;
  if (!first) return { missing: 'unbound' };
  const targetOf = ({ to }: Binding) => (to === 'keep' ? to : target(to));
  return others.every((other) => targetOf(other) === targetOf(first)) ? { binding: first } : { missing: 'ambiguous' };
}

/** The same bindings the other way round, as a rollback needs them; those that keep stay. */
export function reverseBindings(bindings: readonly Binding[]): Binding[] {
  return bindings.map((binding) =>
    binding.to === 'keep' ? binding : { ...binding, from: binding.to, to: binding.from },
  );
}

import { isObject, type Json, type JsonObject, type JsonPath } from '../model';
import { field, setField } from '../own-field';

/** A value to be edited: every object and list on the way to an edit is copied once, the original never touched. */
export class Draft {
  value: Json;
  private readonly copies = new WeakSet<object>();

  constructor(value: Json) {
    this.value = value;
  }

  /** Makes one replacement, as `compareNodes` describes it; parents that are not there are made. */
  replace(path: JsonPath, before: Json | undefined, after: Json | undefined): void {
    this.value = this.replaced(this.value, path, before, after)!;
  }

  private replaced(value: Json | undefined, path: JsonPath, before: Json | undefined, after: Json | undefined) {
    const [step, ...rest] = path;
    if (step === undefined) return after;
    if (typeof step === 'number') return this.replacedItem(value, step, rest, before, after);
    const object: Record<string, Json | undefined> = this.copied(isObject(value) ? value : {});
    const inside = this.replaced(field(object, step), rest, before, after);
    setField(object, step, inside);
    return object as JsonObject;
  }

  private replacedItem(value: Json | undefined, index: number, rest: JsonPath, before?: Json, after?: Json): Json {
    const items: Json[] = this.copied(Array.isArray(value) ? value : []);
    if (rest.length > 0) items[index] = this.replaced(items[index], rest, before, after)!;
    else if (before === undefined) items.splice(index, 0, after!);
    else if (after === undefined) items.splice(index, 1);
    else items[index] = after;
    return items;
  }

  private copied<Original extends object>(original: Original): Original {
    if (this.copies.has(original)) return original;
    const copy = (Array.isArray(original) ? [...original] : { ...original }) as Original;
    this.copies.add(copy);
    return copy;
  }
}

/** A place in the tree of skills: one step per skill, in the order given. */
interface Node {
  type: number | undefined;
  readonly next: Map<string, Node>;
}

const newNode = (): Node => ({ type: undefined, next: new Map() });

/** Names each set of wanted skills by a small number, its type: no string is built to look one up. */
export class SkillSets {
  readonly skills: (readonly string[])[] = [];
  private readonly types = new Map<string, number>();
  private readonly root = newNode();

  get size(): number {
    return this.skills.length;
  }

  /** The type of a set of skills, whatever their order. */
  typeOf(skills: readonly string[]): number {
    let node = this.root;
    for (const skill of skills) {
      let next = node.next.get(skill);
      if (!next) node.next.set(skill, (next = newNode()));
      node = next;
    }
    return (node.type ??= this.learn(skills));
  }

  private learn(skills: readonly string[]): number {
    const sorted = [...new Set(skills)].sort();
    const key = JSON.stringify(sorted);
    const known = this.types.get(key);
    if (known !== undefined) return known;
    this.types.set(key, this.skills.length);
    return this.skills.push(sorted) - 1;
  }
}

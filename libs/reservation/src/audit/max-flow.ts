// Dinic's algorithm (E. A. Dinic, 1970), plain and small. The engine does not use it: it is what the engine is checked with.

interface Edge {
  readonly to: number;
  room: number;
  readonly back: number;
}

/** A network of numbered nodes. */
export class Network {
  private readonly edges: Edge[][];
  private level: number[] = [];
  private next: number[] = [];

  constructor(private readonly nodes: number) {
    this.edges = Array.from({ length: nodes }, () => []);
  }

  connect(from: number, to: number, room: number): void {
    const [out, back] = [this.edges[from] ?? [], this.edges[to] ?? []];
    out.push({ to, room, back: back.length });
    back.push({ to: from, room: 0, back: out.length - 1 });
  }

  maxFlow(source: number, sink: number): number {
    let flow = 0;
    while (this.layer(source, sink)) {
      this.next = new Array<number>(this.nodes).fill(0);
      for (let pushed = this.push(source, sink, Infinity); pushed > 0;)
        [flow, pushed] = [flow + pushed, this.push(source, sink, Infinity)];
    }
    return flow;
  }

  private layer(source: number, sink: number): boolean {
    this.level = new Array<number>(this.nodes).fill(-1);
    this.level[source] = 0;
    const queue = [source];
    for (const node of queue)
      for (const { to, room } of this.edges[node] ?? [])
        if (room > 0 && this.level[to] === -1) {
          this.level[to] = (this.level[node] ?? 0) + 1;
          queue.push(to);
        }
    return this.level[sink] !== -1;
  }

  private push(node: number, sink: number, most: number): number {
    if (node === sink) return most;
    const out = this.edges[node] ?? [];
    for (let index = this.next[node] ?? 0; index < out.length; index += 1) {
      this.next[node] = index;
      const edge = out[index];
      if (!edge || edge.room === 0 || this.level[edge.to] !== (this.level[node] ?? 0) + 1) continue;
      const pushed = this.push(edge.to, sink, Math.min(most, edge.room));
      if (pushed === 0) continue;
      edge.room -= pushed;
      const back = this.edges[edge.to]?.[edge.back];
      if (back) back.room += pushed;
      return pushed;
    }
    this.next[node] = out.length;
    return 0;
  }
}

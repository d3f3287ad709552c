/** The shared cells that something read and wrote: numbered as the journal does, a word's index or ~slot id. */
export class Footprint {
  reads = new Int32Array(64);
  readCount = 0;
  writes = new Int32Array(64);
  writeCount = 0;
  /** Indexes of threads that were started or stopped. */
  readonly spawned: number[] = [];

  clear(): void {
    this.readCount = 0;
    this.writeCount = 0;
    this.spawned.length = 0;
  }

  read(cell: number): void {
    if (this.readCount === this.reads.length) this.reads = doubled(this.reads);
    this.reads[this.readCount++] = cell;
  }

  write(cell: number): void {
    if (this.writeCount === this.writes.length) this.writes = doubled(this.writes);
    this.writes[this.writeCount++] = cell;
  }
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(array.length * 2);
  next.set(array);
  return next;
}

// Where in a JSON text a value stands, for messages: JSON.parse tells neither that nor, always, where it
// stopped.

export type JsonPath = readonly (string | number)[];

// A string of JSON holds no control characters.
// oxlint-disable-next-line no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/;
const TOKEN = new RegExp(
  `[ \\t\\r\\n]*([{}[\\],:]|${STRING.source}|${NUMBER.source}|true|false|null)`, 'y',
);

class Walker {
  private next = 0;

  constructor(private readonly text: string) {}

  /** The next token without taking it: what it is, where it starts and ends. An unreadable one is ''. */
  private peek(): { token: string; start: number; end: number } {
    TOKEN.lastIndex = this.next;
    const match = TOKEN.exec(this.text);
    const token = match?.[1] ?? '';
    const end = match ? TOKEN.lastIndex : this.afterSpace();
    return { token, start: end - token.length, end };
  }

  private afterSpace(): number {
    const rest = this.text.slice(this.next);
    return this.text.length - rest.trimStart().length;
  }

  private take(...allowed: string[]): string {
    const { token, start, end } = this.peek();
    if (!allowed.includes(token)) throw new Stop(start);
    this.next = end;
    return token;
  }

  private takeKey(): string {
    const { token, start, end } = this.peek();
    if (!token.startsWith('"')) throw new Stop(start);
    this.next = end;
    return String(JSON.parse(token));
  }

  /** Walks one value; stops at the value whose path is `wanted`, or where the text is not JSON. */
  value(path: JsonPath, wanted: JsonPath | undefined): void {
    const { token, start, end } = this.peek();
    if (token === '' || '}],:'.includes(token)) throw new Stop(start);
    if (wanted?.length === path.length && wanted.every((key, i) => key === path[i])) throw new Stop(start);
    this.next = end;
    if (token !== '{' && token !== '[') return;
    const close = token === '{' ? '}' : ']';
    if (this.peek().token === close) {
      this.take(close);
      return;
    }
    for (let index = 0; ; index++) {
      let key: string | number = index;
      if (token === '{') {
        key = this.takeKey();
        this.take(':');
      }
      this.value([...path, key], wanted);
      if (this.take(',', close) === close) return;
    }
  }
}

/** Thrown to end a walk, with the offset reached. */
class Stop extends Error {
  constructor(readonly offset: number) {
    super('stop');
  }
}

function stopLine(text: string, wanted: JsonPath | undefined): number {
  let offset = text.length;
  try {
    new Walker(text).value([], wanted);
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    offset = stop.offset;
  }
  return text.slice(0, offset).split('\n').length;
}

/** Line (from 1) on which the value at `path` starts. */
export function lineOfValue(text: string, path: JsonPath): number {
  return stopLine(text, path);
}

/** Line (from 1) of the first thing that is not JSON, in a text that JSON.parse refuses. */
export function lineOfSyntaxError(text: string): number {
  return stopLine(text, undefined);
}

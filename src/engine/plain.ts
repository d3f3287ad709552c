import { Frame, type Value } from '../sim/index.ts';

/** A slot's value as it may cross to the page: a thread's stack becomes `{fn, shown, label}`, outermost first. */
export function plain(value: Value): Value {
  if (!(value instanceof Frame)) return value;
  const stack: Value[] = [];
  for (let frame: Frame | undefined = value; frame; frame = frame.parent) {
    const { fn, label } = frame.op;
    stack.push({ fn: fn.name, shown: fn.shown, label });
  }
  return stack.reverse();
}

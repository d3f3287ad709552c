/**
 * `now`, but with every part that equals the same part of `old` replaced by that one: whoever compares by identity
 * sees only what changed. For plain data; neither argument is modified.
 */
export function keep<T>(old: unknown, now: T): T {
  return share(old, now) as T;
}

function share(old: unknown, now: unknown): unknown {
  if (old === now || typeof old !== 'object' || typeof now !== 'object' || old === null || now === null) return now;
  if (Array.isArray(now)) return Array.isArray(old) ? shareItems(old, now) : now;
  return Array.isArray(old) ? now : shareFields(old as Fields, now as Fields);
}

function shareItems(old: readonly unknown[], now: readonly unknown[]): readonly unknown[] {
  let same = old.length === now.length;
  const items = now.map((item, i) => {
    const kept = share(old[i], item);
    if (kept !== old[i]) same = false;
    return kept;
  });
  return same ? old : items;
}

type Fields = Readonly<Record<string, unknown>>;

function shareFields(old: Fields, now: Fields): Fields {
  const names = Object.keys(now);
  let same = names.length === Object.keys(old).length;
  const fields: Record<string, unknown> = {};
  for (const name of names) {
    const kept = share(old[name], now[name]);
    fields[name] = kept;
    if (kept !== old[name] || !(name in old)) same = false;
  }
  return same ? old : fields;
}

import { parseSync } from 'vite';

/** What a file mentions, as far as the import table cares. */
export interface Source {
  readonly imports: readonly Import[];
  /** Every identifier that is not the name of a property. Comments and strings are not code. */
  readonly names: ReadonlySet<string>;
  /** Those among `names` that the file does not declare itself, and `object.property` pairs. */
  readonly globals: ReadonlySet<string>;
}

export interface Import {
  /** As written, without a query such as `?worker`. */
  readonly specifier: string;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

/**
 * Reads a TypeScript or JavaScript file: static and dynamic imports, re-exports, `import('x').T` in types,
 * and `new URL('x', import.meta.url)`, by which a worker is loaded.
 * @throws {Error} when it does not parse, or imports something that is not a literal
 */
export function readSource(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path} does not parse: ${errors[0].message}`);
  const imports: Import[] = [];
  const names = new Set<string>();
  const pairs = new Set<string>();
  const declared = new Set<string>();
  visit(program as unknown as Node, (node) => {
    const found = importOf(node, path);
    if (found !== undefined) imports.push({ ...found, specifier: found.specifier.replace(/\?.*$/, '') });
    if (node.type === 'Identifier') names.add(String(node['name']));
    if (node.type === 'MemberExpression' && !isTrue(node['computed'])) {
      pairs.add(`${nameOf(node['object']) ?? ''}.${nameOf(node['property']) ?? ''}`);
    }
    for (const name of declaredBy(node)) declared.add(name);
  });
  const globals = new Set([...names].filter((name) => !declared.has(name)).concat([...pairs]));
  return { imports, names, globals };
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

function importOf(node: Node, path: string): Import | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration': {
      const specifier = literal(node['source']);
      return specifier === undefined ? undefined : { specifier, typeOnly: isTypeOnly(node) };
    }
    case 'TSImportType': {
      const specifier = literal(node['source']);
      if (specifier === undefined)
        throw new Error(`${path} imports the type of something that is not a literal`);
      return { specifier, typeOnly: true };
    }
    case 'ImportExpression': {
      const specifier = literal(node['source']);
      if (specifier === undefined) throw new Error(`${path} imports something that is not a literal`);
      return { specifier, typeOnly: false };
    }
    case 'NewExpression': {
      const [first, second] = Array.isArray(node['arguments']) ? (node['arguments'] as unknown[]) : [];
      const besideIt = isNode(second) && isNode(second['object']) && second['object'].type === 'MetaProperty';
      const specifier = literal(first);
      return nameOf(node['callee']) === 'URL' && besideIt && specifier !== undefined
        ? { specifier, typeOnly: false }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** `import type { A }`, `export type { A } from`, `import { type A }`; but `import 'x'` has an effect. */
function isTypeOnly(node: Node): boolean {
  if (node['importKind'] === 'type' || node['exportKind'] === 'type') return true;
  const names = Array.isArray(node['specifiers']) ? (node['specifiers'] as unknown[]) : [];
  return (
    names.length > 0 &&
    names.every((name) => isNode(name) && (name['importKind'] === 'type' || name['exportKind'] === 'type'))
  );
}

/** The names that a declaration, a function with its parameters, an import or a `catch` brings into being. */
function declaredBy(node: Node): string[] {
  if (/^Import(Default|Namespace)?Specifier$/.test(node.type)) return boundBy(node['local']);
  if (/^(VariableDeclarator|ClassDeclaration)$/.test(node.type)) return boundBy(node['id']);
  if (node.type === 'CatchClause') return boundBy(node['param']);
  const parameters = Array.isArray(node['params']) ? (node['params'] as unknown[]) : [];
  return [...boundBy(node['id']), ...parameters.flatMap(boundBy)];
}

/** The names in a pattern: `a`, `{ a, b: c }`, `[a]`, `a = 1`, `...a`. */
function boundBy(pattern: unknown): string[] {
  if (!isNode(pattern)) return [];
  if (pattern.type === 'Identifier') return [String(pattern['name'])];
  const inner = [pattern['value'], pattern['left'], pattern['argument'], pattern['parameter']];
  for (const list of [pattern['properties'], pattern['elements']]) {
    if (Array.isArray(list)) inner.push(...(list as unknown[]));
  }
  return inner.flatMap(boundBy);
}

/**
 * Calls back for every node but the names of properties: `{ self: 1 }` and `frame.window` mention no global.
 */
function visit(node: Node, callback: (node: Node) => void): void {
  callback(node);
  for (const [key, value] of Object.entries(node)) {
    const isPropertyName = (key === 'property' || key === 'key') && !isTrue(node['computed']);
    if (isPropertyName) continue;
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(child)) visit(child, callback);
    }
  }
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
  );
}

function isTrue(value: unknown): boolean {
  return value === true;
}

function nameOf(value: unknown): string | undefined {
  return isNode(value) && value.type === 'Identifier' ? String(value['name']) : undefined;
}

function literal(value: unknown): string | undefined {
  return isNode(value) && value.type === 'Literal' && typeof value['value'] === 'string'
    ? value['value']
    : undefined;
}

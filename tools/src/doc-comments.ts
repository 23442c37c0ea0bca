import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

/** Doc comments by class; that of the class itself is under the empty name. */
export type Descriptions = Record<string, Record<string, string>>;

const contracts = resolve(import.meta.dirname, '../../libs/contracts');

/** Where the contracts read their descriptions: `npm run docs` writes it. */
export const descriptionsFile = join(contracts, 'descriptions.json');

/** What the doc comments of the contract classes say: the one place where a field is described. */
export function contractDescriptions(): Descriptions {
  const found: Descriptions = {};
  const files = globSync('src/**/*.ts', { cwd: contracts, exclude: (name) => name.endsWith('.spec.ts') });
  for (const file of files.sort()) {
    const text = readFileSync(join(contracts, file), 'utf8');
    for (const statement of ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true).statements)
      if (ts.isClassDeclaration(statement) && statement.name)
        found[statement.name.text] = described(statement);
  }
  return Object.fromEntries(Object.entries(found).filter(([, texts]) => Object.keys(texts).length > 0));
}

function described(declaration: ts.ClassDeclaration): Record<string, string> {
  const texts: [string, string | undefined][] = [['', docOf(declaration)]];
  for (const member of declaration.members)
    if (ts.isPropertyDeclaration(member) && ts.isIdentifier(member.name))
      texts.push([member.name.text, docOf(member)]);
  return Object.fromEntries(texts.flatMap(([name, text]) => (text ? [[name, text]] : [])));
}

function docOf(node: ts.Node): string | undefined {
  const comment = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc)?.comment;
  return ts.getTextOfJSDocComment(comment)?.replace(/\s+/g, ' ').trim();
}

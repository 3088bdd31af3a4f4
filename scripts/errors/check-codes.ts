import type { Finding } from '../finding.ts';
import { findAssertedCodes, findCodes, type CodeSite } from './error-codes.ts';
import { readHeadings, type ErrorHeading } from './error-headings.ts';
import type { SourceFile } from './source-files.ts';

const page = 'docs/errors.md';

/**
 * Checks that every code is given out by one package, explained once in its section, and named by a test,
 * and that the page explains nothing that is gone.
 */
export function checkCodes(files: readonly SourceFile[], markdown: string): Finding[] {
  const sites = Map.groupBy(findCodes(files), ({ code }) => code);
  const headings = Map.groupBy(readHeadings(markdown), ({ code }) => code);
  const asserted = findAssertedCodes(files);
  const findings = [...sites].flatMap(([code, found]) => {
    const all = found.filter(({ definition }) => definition);
    const real = all.filter(({ standIn }) => !standIn);
    const definitions = real.length > 0 ? real : all;
    const home = definitions[0] ?? found[0];
    return home === undefined
      ? []
      : [
          ...checkDefinition(home, definitions),
          ...checkHeading(home, headings.get(code) ?? []),
          ...(asserted.has(code)
            ? []
            : [{ file: home.file, message: `no test names ${code}; add one that has it thrown` }]),
        ];
  });
  return [...findings, ...staleHeadings(headings, sites)];
}

function checkDefinition({ code, file }: CodeSite, definitions: readonly CodeSite[]): Finding[] {
  if (definitions.length === 0) {
    return [{ file, message: `${code} is not given out by the package's errors.ts or problems.ts; move it there` }];
  }
  const sections = [...new Set(definitions.map((site) => site.section))];
  if (sections.length === 1) return [];
  return [{ file, message: `${code} is given out by ${sections.join(' and ')}; a code belongs to one package` }];
}

function checkHeading({ code, section, file }: CodeSite, headings: readonly ErrorHeading[]): Finding[] {
  const [heading, ...more] = headings;
  if (!heading)
    return [{ file: page, message: `lacks the heading ### ${code} in the section ## ${section} (for ${file})` }];
  const messages = more.map(({ line }) => `explains ${code} again in line ${line}`);
  if (heading.section !== section)
    messages.push(`has ${code} in the section ${heading.section}; it belongs to ${section}`);
  if (!heading.explained) messages.push(`says nothing about ${code} in line ${heading.line}`);
  return messages.map((message) => ({ file: page, message }));
}

function staleHeadings(
  headings: ReadonlyMap<string, ErrorHeading[]>,
  sites: ReadonlyMap<string, CodeSite[]>,
): Finding[] {
  return [...headings]
    .filter(([code]) => !sites.has(code))
    .map(([code, [heading]]) => ({
      file: page,
      message: `explains ${code} in line ${heading?.line}, which no source has`,
    }));
}

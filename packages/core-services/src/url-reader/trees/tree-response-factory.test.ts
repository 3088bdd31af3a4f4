import { lstat, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Header } from 'tar';
import { packTar, packZip } from '../../../test/url-reader/hosts/archives.ts';
import { DefaultTreeResponseFactory } from './tree-response-factory.ts';

let workDir: string;
let trees: DefaultTreeResponseFactory;
beforeEach(async () => {
  workDir = await mkdtemp(join(tmpdir(), 'trees-'));
  trees = new DefaultTreeResponseFactory(workDir, () => ({ maxSize: 10_000 }));
});
afterEach(() => rm(workDir, { recursive: true }));

/** A tar archive with whatever entries. */
function rawTar(entries: readonly ConstructorParameters<typeof Header>[0][]): Buffer {
  const blocks = entries.map((entry) => {
    const header = new Header({ mode: 0o644, size: 0, mtime: new Date(0), ...(entry as object) });
    header.encode();
    return header.block!;
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function streamOf(archive: Buffer): Readable {
  return Readable.from([archive]);
}

describe('fromTarArchive', () => {
  it('keeps symbolic links that stay inside, and leaves out those that lead out, even through others', async () => {
    const link = (path: string, linkpath: string) => ({ path, linkpath, type: 'SymbolicLink' as const });
    const stream = streamOf(
      rawTar([
        { path: 'x/file', type: 'File' },
        link('good', 'x/file'),
        link('broken', 'nowhere'),
        link('absolute', '/etc/passwd'),
        link('out', '../..'),
        link('x/up', '..'),
        link('through', 'x/up/../..'),
        link('x/up/deep', '../../secret'),
        link('absolute/new/deep', '..'),
        { path: 'hard', linkpath: '/etc/passwd', type: 'Link' },
      ]),
    );
    const tree = await trees.fromTarArchive({ stream, etag: 'e', stripFirstDirectory: false });
    const dir = await tree.dir();
    expect((await readdir(dir)).sort()).toEqual(['good', 'x']);
    expect((await readdir(join(dir, 'x'))).sort()).toEqual(['file', 'up']);
    expect((await lstat(join(dir, 'good'))).isSymbolicLink()).toBe(true);
  });

  it('refuses paths that lead out', async () => {
    for (const path of ['../evil', '/evil', 'a/../../evil', 'a\\..\\..\\evil']) {
      const stream = streamOf(rawTar([{ path, type: 'File' }]));
      const tree = await trees.fromTarArchive({ stream, etag: '', stripFirstDirectory: false });
      await expect(tree.dir()).rejects.toMatchObject({ code: 'ERR_URL_READER_ARCHIVE' });
    }
    expect(await readdir(workDir)).toEqual([]);
  });

  it('writes through no link', async () => {
    const stream = streamOf(
      rawTar([
        { path: 'a', linkpath: workDir, type: 'SymbolicLink' },
        { path: 'a/evil', type: 'File' },
      ]),
    );
    const dir = await (await trees.fromTarArchive({ stream, etag: '', stripFirstDirectory: false })).dir();
    expect(await readdir(workDir)).toEqual([expect.stringMatching(/^bulkhead-/)]);
    expect(await readFile(join(dir, 'a/evil'), 'utf8')).toBe('');
  });

  it('refuses more files than fit, however small they are', async () => {
    const stream = streamOf(rawTar(Array.from({ length: 20 }, (_, index) => ({ path: `x/${index}`, type: 'File' }))));
    const tree = await trees.fromTarArchive({ stream, etag: '' });
    await expect(tree.files()).rejects.toMatchObject({ code: 'ERR_URL_READER_TOO_LARGE' });
  });

  it('says that something is no archive', async () => {
    const tree = await trees.fromTarArchive({ stream: streamOf(Buffer.alloc(2_000, 'x')), etag: '' });
    await expect(tree.files()).rejects.toMatchObject({ code: 'ERR_URL_READER_ARCHIVE' });
    const broken = Readable.from(failing());
    const cut = await trees.fromTarArchive({ stream: broken, etag: '' });
    await expect(cut.files()).rejects.toMatchObject({ code: 'ERR_URL_READER_ARCHIVE', cause: { message: 'cut' } });
  });

  it('hands on what a filter throws', async () => {
    const stream = streamOf(await packTar([['a', 'a']], { folder: 'x' }));
    const fault = new TypeError('filter');
    const filter = (): boolean => {
      throw fault;
    };
    const tree = await trees.fromTarArchive({ stream, etag: '', filter });
    await expect(tree.dir()).rejects.toMatchObject({ cause: fault });
  });

  it('takes a response', async () => {
    const archive = await packTar([['in/a', 'a']], { folder: 'x' });
    const response = new Response(new Uint8Array(archive), { headers: { etag: '"1"' } });
    const tree = await trees.fromTarArchive({ response, subpath: 'in' });
    expect(tree.etag).toBe('"1"');
    const [file] = await tree.files();
    expect([file!.path, String(await file!.content())]).toEqual(['a', 'a']);
    expect(file!.lastModifiedAt).toBeInstanceOf(Date);
  });
});

async function* failing(): AsyncGenerator<Buffer> {
  yield Buffer.from('\x1f\x8b');
  throw new TypeError('cut');
}

describe('fromZipArchive', () => {
  it('reads files, and leaves nothing behind', async () => {
    const stream = streamOf(
      packZip([
        ['in/a', 'aa'],
        ['in/b/', ''],
        ['c', 'c'],
      ]),
    );
    const tree = await trees.fromZipArchive({ stream, subpath: 'in', etag: 'e' });
    expect((await tree.files()).map(({ path }) => path)).toEqual(['a']);
    expect(await readdir(workDir)).toEqual([]);
  });

  it('refuses paths that lead out, what is too large, and what is no archive', async () => {
    const codes = await Promise.all(
      [packZip([['../evil', '']]), packZip([['a', 'x'.repeat(20_000)]]), Buffer.from('no zip')].map(async (archive) =>
        (await trees.fromZipArchive({ stream: streamOf(archive), etag: '' })).dir().catch((error) => error.code),
      ),
    );
    expect(codes).toEqual(['ERR_URL_READER_ARCHIVE', 'ERR_URL_READER_TOO_LARGE', 'ERR_URL_READER_ARCHIVE']);
    expect(await readdir(workDir)).toEqual([]);
  });
});

describe('fromReadableArray', () => {
  it('makes a tree of files', async () => {
    const lastModifiedAt = new Date(0);
    const files = [
      { data: Readable.from(['text']), path: 'a/b', lastModifiedAt },
      { data: Readable.from([]), path: 'a/' },
    ];
    const [file, ...others] = await (await trees.fromReadableArray(files)).files();
    expect(others).toEqual([]);
    expect(file).toMatchObject({ path: 'a/b', lastModifiedAt });
    expect(String(await file!.content())).toBe('text');
  });
});

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { create } from 'tar';

/** A gzipped tar archive of files, below a first folder if one is given. */
export async function packTar(
  files: Iterable<readonly [string, string]>,
  { folder = '.', links = {} }: { readonly folder?: string; readonly links?: Readonly<Record<string, string>> } = {},
): Promise<Buffer> {
  const cwd = await mkdtemp(join(tmpdir(), 'archive-'));
  try {
    await mkdir(join(cwd, folder), { recursive: true });
    for (const [path, content] of files) {
      const target = join(cwd, folder, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
    }
    for (const [path, target] of Object.entries(links)) await symlink(target, join(cwd, folder, path));
    const names = folder === '.' ? [...new Set(Array.from(files, ([path]) => path.split('/')[0]!))] : [folder];
    return await buffer(create({ cwd, gzip: true }, [...names, ...(folder === '.' ? Object.keys(links) : [])]));
  } finally {
    await rm(cwd, { recursive: true });
  }
}

/** A zip archive, of which nothing is compressed. */
export function packZip(files: Iterable<readonly [string, string]>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of files) {
    const [name, content] = [Buffer.from(path), Buffer.from(text)];
    const common = commonHeader(name, content);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, content]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, rest, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(centrals.length, 8);
  end.writeUInt16LE(centrals.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function commonHeader(name: Buffer, content: Buffer): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE((1 << 5) | 1, 8);
  header.writeUInt32LE(crc32(content), 10);
  header.writeUInt32LE(content.length, 14);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt16LE(name.length, 22);
  return header;
}

const BLOCK = 512;
const NAME_BYTES = 100;

/** Packs files into a tar archive (ustar, with GNU's notation for long paths). Only what a mock needs: plain files. */
export function packTar(files: readonly { readonly path: string; readonly content: Buffer }[]): Buffer {
  const entries = files.flatMap(({ path, content }) => {
    const name = Buffer.from(path);
    const longName = name.length > NAME_BYTES ? packEntry(Buffer.from('././@LongLink'), 'L', name) : [];
    return [...longName, ...packEntry(name.subarray(0, NAME_BYTES), '0', content)];
  });
  // Two empty blocks end an archive.
  return Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]);
}

function packEntry(name: Buffer, type: string, content: Buffer): Buffer[] {
  const header = Buffer.alloc(BLOCK);
  name.copy(header);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  // The checksum is computed with its own field full of spaces.
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257, 'latin1');
  const checksum = header.reduce((sum, byte) => sum + byte, 0);
  header.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = (BLOCK - (content.length % BLOCK)) % BLOCK;
  return [header, content, Buffer.alloc(padding)];
}

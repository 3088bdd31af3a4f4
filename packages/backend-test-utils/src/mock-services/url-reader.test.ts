import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { mockServices } from '../index.ts';

describe('mockServices.urlReader', () => {
  const urlReader = mockServices.urlReader({
    files: {
      'https://example.com/docs/a.md': 'A',
      'https://example.com/docs/deep/b%20c.md': Buffer.from('B'),
      [`https://example.com/docs/${'long/'.repeat(30)}d.md`]: 'D',
      'https://example.com/x.json': '{}',
    },
  });

  it('writes a tree to a folder', async () => {
    const targetDir = await mkdtemp(join(tmpdir(), 'bulkhead-url-reader-'));
    try {
      const tree = await urlReader.readTree('https://example.com/docs');
      expect(await tree.dir({ targetDir })).toBe(targetDir);
      expect(await readFile(join(targetDir, 'deep/b c.md'), 'utf8')).toBe('B');
    } finally {
      await rm(targetDir, { recursive: true });
    }
  });

  it('packs a tree into an archive', async () => {
    const tree = await urlReader.readTree('https://example.com/docs/', { filter: (path) => !path.startsWith('deep') });
    const chunks: Buffer[] = [];
    for await (const chunk of await tree.archive()) chunks.push(Buffer.from(chunk));
    const tar = gunzipSync(Buffer.concat(chunks));
    expect(tar.subarray(0, 4).toString()).toBe('a.md');
    expect(tar.subarray(512, 513).toString()).toBe('A');
    expect(tar.includes(`${'long/'.repeat(30)}d.md`)).toBe(true);
    expect(tar.includes('b c.md')).toBe(false);
  });

  it('refuses hosts of which it has nothing', async () => {
    await expect(urlReader.readUrl('https://other.example.com/')).rejects.toMatchObject({ statusCode: 403 });
  });

  it('forgets what is removed', async () => {
    const reader = mockServices.urlReader();
    reader.setFile('https://example.com/a', 'A');
    expect((await (await reader.readUrl('https://example.com/a')).buffer()).toString()).toBe('A');
    reader.removeFile('https://example.com/a');
    await expect(reader.readUrl('https://example.com/a')).rejects.toMatchObject({ statusCode: 404 });
  });
});

import { describe, expect, it } from '@jest/globals';
import { locateCodeCommit } from './aws-code-commit.ts';
import { locateS3 } from './aws-s3.ts';

const amazon = { host: 'amazonaws.com' };

describe('locateS3', () => {
  it.each([
    ['https://bucket.s3.eu-west-1.amazonaws.com/a/b', amazon, ['bucket', 'a/b', 'eu-west-1']],
    ['https://bu.cket.s3-eu-west-1.amazonaws.com/a', amazon, ['bu.cket', 'a', 'eu-west-1']],
    ['https://bucket.s3.amazonaws.com/a', amazon, ['bucket', 'a', 'us-east-1']],
    ['https://s3.eu-west-1.amazonaws.com/bucket/a', amazon, ['bucket', 'a', 'eu-west-1']],
    ['https://s3.cn-north-1.amazonaws.com.cn/bucket/a', { host: 'amazonaws.com.cn' }, ['bucket', 'a', 'cn-north-1']],
    ['https://bucket.bucket.vpce-1a-b.s3.eu-west-1.vpce.amazonaws.com/a', amazon, ['bucket', 'a', 'eu-west-1']],
    ['https://bucket.minio.example/a', { host: 'minio.example' }, ['bucket', 'a', 'us-east-1']],
    ['https://minio.example/bucket/a%20b', { host: 'minio.example' }, ['bucket', 'a b', 'us-east-1']],
  ])('%s', (url, addresses, [bucket, key, region]) => {
    const place = locateS3(url, addresses);
    expect(place).toMatchObject({ bucket, key, region });
    expect(place.at(key!)).toBe(url);
  });

  it.each([
    ['https://other.amazonaws.com/bucket/a', amazon],
    ['https://s3.amazonaws.com/bucket', amazon],
    ['https://bucket.bucket.vpce-1.s3.eu.vpce.amazonaws.com/a', { ...amazon, s3ForcePathStyle: true }],
  ])('refuses %s', (url, addresses) => {
    expect(() => locateS3(url, addresses)).toThrow(expect.objectContaining({ code: 'ERR_URL_READER_URL' }));
  });
});

describe('locateCodeCommit', () => {
  const start = 'https://eu-west-1.console.aws.amazon.com/codesuite/codecommit/repositories/repo';

  it.each([
    [`${start}/browse/refs/heads/main/--/a/b.yaml`, { key: 'a/b.yaml', revision: 'refs/heads/main' }],
    [`${start}/browse/--/a.yaml`, { key: 'a.yaml', revision: undefined }],
    [`${start}/browse/refs/heads/main`, { key: '', revision: 'refs/heads/main' }],
    [`${start}/browse`, { key: '', revision: undefined }],
    [start, { key: '', revision: undefined }],
  ])('%s', (url, expected) => {
    expect(locateCodeCommit(url)).toMatchObject({ bucket: 'repo', region: 'eu-west-1', ...expected });
  });

  it('refuses other pages', () => {
    expect(() => locateCodeCommit('https://console.aws.amazon.com/codesuite')).toThrow(
      expect.objectContaining({ code: 'ERR_URL_READER_URL' }),
    );
  });
});

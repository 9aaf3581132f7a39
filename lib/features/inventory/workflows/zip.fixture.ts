import { crc32, deflateRawSync } from 'node:zlib';

type Part = {
  name: string;
  content?: Uint8Array | string;
  /** What the headers say instead of the truth. */
  claims?: { uncompressedSize?: number; flags?: number; mode?: number; method?: number };
};

/** A ZIP written by hand, so that its headers can lie as an attacker's would. */
export function zipOf(parts: readonly Part[], { entryCount = parts.length } = {}): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content = '', claims = {} } of parts) {
    const raw = Buffer.from(content as string);
    const packed = deflateRawSync(raw);
    const fileName = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(claims.flags ?? 0, 2);
    fields.writeUInt16LE(claims.method ?? 8, 4);
    fields.writeUInt32LE(crc32(raw), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claims.uncompressedSize ?? raw.length, 18);
    fields.writeUInt16LE(fileName.length, 22);
    const header = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), fields, fileName, packed]);
    const trailer = Buffer.alloc(14);
    trailer.writeUInt32LE(((claims.mode ?? 0o100644) << 16) >>> 0, 6);
    trailer.writeUInt32LE(offset, 10);
    const start = Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), Buffer.from([20, 3]), fields]);
    central.push(start, trailer, fileName);
    local.push(header);
    offset += header.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(Math.min(entryCount, 65_535), 8);
  end.writeUInt16LE(Math.min(entryCount, 65_535), 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

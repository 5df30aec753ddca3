// Reads and writes the numbers of WebAssembly's binary format (https://webassembly.github.io/spec/core/binary/).

export class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get ended() {
    return this.at >= this.bytes.length;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** LEB128 without a sign, up to 53 bits. */
  unsigned() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  /** LEB128 with a sign, for the small numbers that block types are. */
  signed() {
    let value = 0;
    for (let shift = 0; ; ) {
      const byte = this.byte();
      value |= (byte & 127) << shift;
      shift += 7;
      if (byte < 128) return byte & 64 ? value | (-1 << shift) : value;
    }
  }

  skipNumber() {
    while (this.byte() >= 128);
  }

  skip(count) {
    this.at += count;
  }

  take(count) {
    this.skip(count);
    return this.bytes.subarray(this.at - count, this.at);
  }

  sized() {
    return this.take(this.unsigned());
  }

  vector(element) {
    return Array.from({ length: this.unsigned() }, element);
  }
}

export function unsigned(value) {
  const bytes = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

export function signed(value) {
  const bytes = [];
  for (; value < -64 || value > 63; value >>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value & 127];
}

export function vector(elements, bytes) {
  return Buffer.concat([Buffer.from(unsigned(elements.length)), ...elements.map((element) => Buffer.from(bytes(element)))]);
}

export function sized(bytes) {
  return Buffer.concat([Buffer.from(unsigned(bytes.length)), bytes]);
}

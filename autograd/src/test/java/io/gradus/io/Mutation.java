package io.gradus.io;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Changes bytes a little, in the ways that break readers. */
final class Mutation {
  private static final byte[] EDGES = {0, 1, -1, 127, -128, '0', '9', '(', '.', '{'};
  private static final String[] NUMBERS = {
    "0", "1", "4294967295", "9223372036854775807", "-1", "99999999999999999999", "64"
  };

  private Mutation() {}

  /** One of the inputs with a few changes. */
  static byte[] of(List<byte[]> pool, SplittableRandom random) {
    byte[] bytes = pool.get(random.nextInt(pool.size())).clone();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      bytes = change(bytes, pool, random);
    }
    return bytes;
  }

  private static byte[] change(byte[] bytes, List<byte[]> pool, SplittableRandom random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = random.nextInt(bytes.length);
    int length = Math.min(1 + random.nextInt(16), bytes.length - at);
    switch (random.nextInt(8)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> bytes[at] = EDGES[random.nextInt(EDGES.length)];
      case 3 -> {
        byte edge = EDGES[random.nextInt(EDGES.length)];
        java.util.Arrays.fill(bytes, at, at + Math.min(length, 8), edge);
      }
      case 4 -> {
        return splice(bytes, at, at + length, new byte[0]);
      }
      case 5 -> {
        byte[] again = java.util.Arrays.copyOfRange(bytes, at, at + length);
        return splice(bytes, at, at, again);
      }
      case 6 -> {
        byte[] other = pool.get(random.nextInt(pool.size()));
        int from = random.nextInt(other.length + 1);
        int to = Math.min(other.length, from + random.nextInt(64));
        return splice(bytes, at, at + length, java.util.Arrays.copyOfRange(other, from, to));
      }
      default -> {
        return number(bytes, at, random);
      }
    }
    return bytes;
  }

  /** Replaces the next run of digits. */
  private static byte[] number(byte[] bytes, int at, SplittableRandom random) {
    int from = at;
    while (from < bytes.length && !Character.isDigit(bytes[from])) {
      from++;
    }
    int to = from;
    while (to < bytes.length && Character.isDigit(bytes[to])) {
      to++;
    }
    String number = NUMBERS[random.nextInt(NUMBERS.length)];
    return splice(bytes, from, to, number.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] with) {
    byte[] result = new byte[bytes.length - (to - from) + with.length];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(bytes, to, result, from + with.length, bytes.length - to);
    return result;
  }
}

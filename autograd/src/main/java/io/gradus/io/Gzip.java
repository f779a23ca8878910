package io.gradus.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Files that may be packed with gzip. */
final class Gzip {
  private static final int MAGIC = 0x8b1f;
  private static final int BUFFER = 1 << 16;

  private Gzip() {}

  /** The content itself, or what is packed in it, as far as the limits allow. */
  static Content unpacked(Where where, Content content, Limits limits) {
    if (content.size() < 2 || content.u16(where, 0) != MAGIC) {
      return content;
    }
    long most = Math.min(limits.expanded(content.size()), Integer.MAX_VALUE - 8);
    if (content.size() > most) {
      throw where.malformed(
          "%d packed bytes are more than the limit; raise Limits.maxBytes", content.size());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] packed = content.bytes(where, 0, (int) content.size());
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), BUFFER)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (out.size() + (long) n > most) {
          throw where.malformed(
              "more than %d bytes out of %d packed ones; raise Limits.maxRatio or maxBytes if the"
                  + " file is trusted",
              most, content.size());
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      throw where.malformed(e, "the gzip data is damaged: %s", Where.clip(e.getMessage()));
    }
    return Content.of(content.name(), out.toByteArray());
  }
}

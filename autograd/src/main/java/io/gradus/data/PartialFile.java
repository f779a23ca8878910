package io.gradus.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What has been downloaded of a file so far, and its digest; locked against other downloads. */
final class PartialFile implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final FileChannel channel;
  private MessageDigest digest = sha256();

  private PartialFile(FileChannel channel) {
    this.channel = channel;
  }

  /** The file at this path, made if it is not there; one longer than the limit is emptied. */
  static PartialFile open(Path path, long limit) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (!locked(channel)) {
        throw new DownloadException(
            "[download] another download is writing %s; wait for it, or choose another folder"
                .formatted(path));
      }
      PartialFile file = new PartialFile(channel);
      if (channel.size() > limit) {
        file.clear();
      }
      file.digestAll();
      return file;
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  /** The lock is released when the channel is closed. */
  private static boolean locked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void digestAll() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    channel.position(0);
    while (channel.read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
  }

  /** The number of bytes so far. */
  long size() throws IOException {
    return channel.size();
  }

  /** Forgets all bytes. */
  void clear() throws IOException {
    channel.truncate(0);
    channel.position(0);
    digest = sha256();
  }

  /** Adds bytes at the end. */
  void append(byte[] bytes, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    digest.update(bytes, 0, count);
  }

  /** The SHA-256 of all bytes so far, which are on the disk then. */
  String finish() throws IOException {
    channel.force(true);
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

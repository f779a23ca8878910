package io.gradus.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file so that it is there completely or not at all, whenever the process or the machine
 * stops.
 *
 * <p>The contents go to a temporary file in the same directory, which is forced to disk and then
 * renamed over the old one.
 */
public final class AtomicFile {
  private static final int BUFFER = 1 << 16;

  private AtomicFile() {}

  /** What writes the contents. */
  @FunctionalInterface
  public interface Body {
    /** Writes all bytes; the stream is closed by the caller. */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Replaces or makes a file. If the body fails, the old file stays and the temporary one goes.
   *
   * @throws UncheckedIOException if the folder is missing, which it names, or the disk refuses
   */
  public static void write(Path path, Body body) {
    Path target = path.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null || Files.isDirectory(target)) {
      throw new UncheckedIOException(new IOException("[write] not a file: " + path));
    }
    if (!Files.isDirectory(directory)) {
      throw new UncheckedIOException(
          new NoSuchFileException(
              directory.toString(),
              null,
              "no such folder for %s; make it with Files.createDirectories"
                  .formatted(target.getFileName())));
    }
    try {
      // Not createTempFile: its files are for the owner only, and so would the result be.
      String name = "." + target.getFileName() + "." + UUID.randomUUID() + ".tmp";
      Path temporary = directory.resolve(name);
      try {
        fill(temporary, body);
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException | RuntimeException | Error e) {
        Files.deleteIfExists(temporary);
        throw e;
      }
      force(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(Path temporary, Body body) throws IOException {
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      body.write(out);
      out.flush();
      channel.force(true);
    }
  }

  /** Makes the rename itself durable; some systems cannot open a directory, and need not. */
  private static void force(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      System.getLogger(AtomicFile.class.getName())
          .log(System.Logger.Level.DEBUG, "directory {0} cannot be forced", directory);
    }
  }
}

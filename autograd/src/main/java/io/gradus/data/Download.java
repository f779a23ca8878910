package io.gradus.data;

import io.gradus.tensor.error.InvalidArgumentException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A file on a server whose size and SHA-256 are known beforehand.
 *
 * <pre>{@code
 * new Download(URI.create("https://host/data.bin"), "9f86d081…", 1024).to(Path.of("data.bin"));
 * }</pre>
 *
 * <p>It is written to {@code NAME.part} beside the target, and renamed when it is complete and has
 * the right digest: the target is the whole file or is not there. What an interrupted download left
 * is continued if the server can, else begun again. Redirects are followed, though never from https
 * to http.
 *
 * @param url http or https
 * @param sha256 of the file, as 64 hexadecimal digits
 * @param size of the file in bytes
 * @param timeout for the answer to begin, and between any two pieces of it
 * @param attempts how often it is tried, each going on where the one before ended
 */
public record Download(URI url, String sha256, long size, Duration timeout, int attempts) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TRIES = 3;
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** Checks the arguments; the digest may be written in capitals. */
  public Download {
    sha256 = sha256.toLowerCase(Locale.ROOT);
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if ((!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null) {
      throw new InvalidArgumentException(
          "[download] expected an address that begins with http:// or https:// and names a host,"
              + " but got "
              + url);
    }
    if (!DIGEST.matcher(sha256).matches()) {
      throw new InvalidArgumentException(
          "[download] expected a SHA-256 of 64 hexadecimal digits, but got " + sha256);
    }
    if (size < 1 || attempts < 1 || timeout.isNegative() || timeout.isZero()) {
      throw new InvalidArgumentException(
          "[download] size, attempts and timeout must be positive, but got %d, %d and %s"
              .formatted(size, attempts, timeout));
    }
  }

  /** Three attempts, each given up after 30 s without a byte. */
  public Download(URI url, String sha256, long size) {
    this(url, sha256, size, PATIENCE, TRIES);
  }

  /** With another patience. */
  public Download timeout(Duration value) {
    return new Download(url, sha256, size, value, attempts);
  }

  /** With another number of attempts. */
  public Download attempts(int value) {
    return new Download(url, sha256, size, timeout, value);
  }

  /**
   * Downloads the file; folders are made as needed. A file that is there already is replaced.
   *
   * @throws DownloadException if the server does not give the file, or gives another one, or
   *     another process is downloading to the same place; an interrupt of the thread ends it too
   */
  public void to(Path target) {
    Path whole = target.toAbsolutePath();
    Path part = whole.resolveSibling(whole.getFileName() + ".part");
    try {
      Path folder = whole.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      try (PartialFile file = PartialFile.open(part, size)) {
        new Transfer(this, target, file).run();
      }
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (ClosedByInterruptException e) {
      throw interrupted(target);
    } catch (IOException e) {
      throw new DownloadException(
          "[download] %s cannot be written: %s; choose another folder, or make room there"
              .formatted(target, e),
          e);
    }
  }

  /** The error of a thread that was interrupted, and stays so. */
  static DownloadException interrupted(Path target) {
    Thread.currentThread().interrupt();
    return new DownloadException(
        "[download] %s was interrupted; call again to go on".formatted(target));
  }
}

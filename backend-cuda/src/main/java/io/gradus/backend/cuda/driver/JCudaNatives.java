package io.gradus.backend.cuda.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import jcuda.driver.JCudaDriver;
import org.jspecify.annotations.Nullable;

/**
 * Loads JCuda's native library out of its jar.
 *
 * <p>JCuda itself would write it under a fixed name into the shared temporary folder and take what
 * already lies there: a way in for others and a race between processes. Here it goes into a folder
 * of its own that only this user may enter, and disappears once it is loaded.
 */
public final class JCudaNatives {
  /** The version that this backend is written for. */
  public static final String VERSION = "12.6.0";

  private static boolean loaded;

  private JCudaNatives() {}

  /**
   * Loads it once.
   *
   * @param resource the library within the natives' jar
   * @throws IOException if it cannot be written
   * @throws LinkageError if it does not load
   */
  public static synchronized void load(String resource) throws IOException {
    if (loaded) {
      return;
    }
    Path folder = privateFolder();
    Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    try {
      try (InputStream in = open(resource)) {
        if (in == null) {
          throw new IOException(resource + " is not on the class path");
        }
        Files.copy(in, file);
      }
      String temporary = System.getProperty("java.io.tmpdir", "");
      // The one place where JCuda looks, asked while its class is initialised.
      System.setProperty("java.io.tmpdir", folder.toString());
      try {
        JCudaDriver.setExceptionsEnabled(false);
      } finally {
        System.setProperty("java.io.tmpdir", temporary);
      }
      loaded = true;
    } finally {
      remove(file);
      remove(folder);
    }
  }

  private static Path privateFolder() throws IOException {
    return Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir", ".")))
            .supportsFileAttributeView("posix")
        ? Files.createTempDirectory(
            "gradus-cuda-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
        : Files.createTempDirectory("gradus-cuda-");
  }

  /** A mapped library may lose its file on Linux; where it may not, that waits for the end. */
  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }

  private static @Nullable InputStream open(String resource) {
    ClassLoader loader = JCudaDriver.class.getClassLoader();
    return loader == null
        ? ClassLoader.getSystemResourceAsStream(resource)
        : loader.getResourceAsStream(resource);
  }
}

package io.gradus.data;

import io.gradus.tensor.error.InvalidArgumentException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a data set as its publishers have them.
 *
 * @param property the system property that names another place
 * @param places addresses of folders with the files, tried in this order; at least one unless a
 *     place is given
 */
record RemoteFiles(String property, List<URI> places, List<RemoteFile> files) {
  /**
   * One file.
   *
   * @param size in bytes
   */
  record RemoteFile(String name, String sha256, long size) {
    /** Whether it, or what it becomes when it is unpacked, is in the folder. */
    boolean isIn(Path folder) {
      String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
      return Stream.of(name, plain, plain.replace("-idx", ".idx"), name.replace("-idx", ".idx"))
          .anyMatch(form -> Files.exists(folder.resolve(form)));
    }
  }

  /**
   * Downloads the files that are not there.
   *
   * @param place null for that of the property, or those of the publishers
   */
  void download(Path folder, @Nullable URI place) {
    List<URI> from = place != null ? List.of(place) : configured();
    for (RemoteFile file : files) {
      if (!file.isIn(folder)) {
        download(file, folder, from);
      }
    }
  }

  private List<URI> configured() {
    String text = System.getProperty(property);
    if (text == null) {
      return places;
    }
    try {
      return List.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      throw new InvalidArgumentException(
          "[download] -D%s=%s is no address: %s; expected one such as https://host/folder/"
              .formatted(property, text, e.getMessage()));
    }
  }

  private void download(RemoteFile file, Path folder, List<URI> from) {
    List<DownloadException> failures = new ArrayList<>();
    for (URI place : from) {
      try {
        new Download(inside(place, file.name()), file.sha256(), file.size())
            .to(folder.resolve(file.name()));
        return;
      } catch (DownloadException e) {
        failures.add(e);
        if (Thread.currentThread().isInterrupted()) {
          break;
        }
      }
    }
    DownloadException last = failures.removeLast();
    failures.forEach(last::addSuppressed);
    throw new DownloadException(
        "[download] %s could not be had: %s (-D%s=https://… names another place; a file that is in %s is not downloaded)"
            .formatted(file.name(), last.getMessage(), property, folder),
        last);
  }

  /** A name in a folder, whether its address ends with a slash or not. */
  private static URI inside(URI place, String name) {
    String text = place.toString();
    return URI.create(text.endsWith("/") ? text + name : text + "/" + name);
  }
}

package io.gradus.backend.cuda.library;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The libraries. */
public enum Library {
  /** Matrix products. */
  CUBLAS(
      "gradus.cuda.cublas",
      "libcublas.so.",
      List.of(13, 12),
      "libcublasLt.so.",
      List.of("nvidia/cu13/lib", "nvidia/cublas/lib")),
  /** Convolutions. */
  CUDNN("gradus.cuda.cudnn", "libcudnn.so.", List.of(9, 8), null, List.of("nvidia/cudnn/lib"));

  /** A path to the library, {@code off} for the backend's own kernels, or {@code auto}. */
  final String property;

  /** The name of the file up to the version. */
  final String file;

  /** The versions whose interface is known, the newest first. */
  final List<Integer> versions;

  /** The file beside it that it needs, up to the version. */
  final @Nullable String companion;

  /** Where Python packages have it. */
  final List<String> inPython;

  Library(
      String property,
      String file,
      List<Integer> versions,
      @Nullable String companion,
      List<String> inPython) {
    this.property = property;
    this.file = file;
    this.versions = versions;
    this.companion = companion;
    this.inPython = inPython;
  }

  /** The file's name without anything behind it, for messages. */
  String shortName() {
    return file.substring(0, file.indexOf('.'));
  }
}

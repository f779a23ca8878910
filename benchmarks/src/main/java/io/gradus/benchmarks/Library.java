package io.gradus.benchmarks;

import java.util.List;

/** What is measured: Gradus, and the libraries beside it. */
public enum Library {
  /** This project. */
  GRADUS("Gradus", "", "io.gradus.benchmarks.ours.GradusRows"),
  /** libtorch through JavaCPP, its matrix products by MKL. */
  LIBTORCH_MKL(
      "libtorch (MKL)",
      "libtorch",
      "io.gradus.benchmarks.libtorch.TorchRows",
      // MKL and libtorch share one pool of threads: two that spin would slow each other down.
      "-Dorg.bytedeco.openblas.load=mkl_rt",
      "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"),
  /** The same with OpenBLAS: only rows with matrix products differ. */
  LIBTORCH_OPENBLAS(
      "libtorch (OpenBLAS)",
      "libtorch",
      "io.gradus.benchmarks.libtorch.TorchRows",
      "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"),
  /** libtorch through DJL's engine. */
  DJL("DJL (PyTorch)", "djl", "io.gradus.benchmarks.djl.DjlRows"),
  /** Deeplearning4j's arrays. */
  ND4J(
      "ND4J",
      "nd4j",
      "io.gradus.benchmarks.nd4j.Nd4jRows",
      "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
      "-Dorg.bytedeco.javacpp.maxBytes=0"),
  /** Kotlin's arrays. */
  MULTIK("Multik", "multik", "io.gradus.benchmarks.multik.MultikRows"),
  /** The official Python package, each operation at once; measured by a script. */
  PYTORCH("PyTorch", "", ""),
  /** The same, compiled. */
  TORCH_COMPILE("torch.compile", "", "");

  private final String title;
  private final String folder;
  private final String rowsClass;
  private final List<String> flags;

  Library(String title, String folder, String rowsClass, String... flags) {
    this.title = title;
    this.folder = folder;
    this.rowsClass = rowsClass;
    this.flags = List.of(flags);
  }

  /** What the table calls it. */
  public String title() {
    return title;
  }

  /** Where its module is among the peers; empty for what needs none. */
  public String folder() {
    return folder;
  }

  /** What its JVMs are started with beyond what all are. */
  public List<String> flags() {
    return flags;
  }

  /** Whether a JVM runs it. */
  public boolean onJvm() {
    return !rowsClass.isEmpty();
  }

  /** Whether a row says anything new about it. */
  public boolean measures(Row row) {
    return this != LIBTORCH_OPENBLAS
        || row.group() == Group.MATMUL
        || row.group() == Group.TRAINING
        || row.group() == Group.PROCESS;
  }

  /** Its rows: loads the library. */
  public LibraryRows load() throws ReflectiveOperationException {
    return (LibraryRows) Class.forName(rowsClass).getDeclaredConstructor().newInstance();
  }
}

package io.gradus.backend.cuda.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrarySearchTest {
  @TempDir Path root;

  private Path library(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  private List<String> search(String named, Map<String, String> environment) {
    return new LibrarySearch(Library.CUBLAS, named, environment::get, root).candidates();
  }

  @Test
  @DisplayName("with nothing installed the loader is asked for 13, then for 12")
  void bare() {
    assertEquals(List.of("libcublas.so.13", "libcublas.so.12"), search(null, Map.of()));
    assertEquals(search(null, Map.of()), search("auto", Map.of()));
  }

  @Test
  @DisplayName("what the user names is tried alone; off means none")
  void named() {
    assertEquals(List.of("/opt/libcublas.so.12"), search("/opt/libcublas.so.12", Map.of()));
    assertEquals(List.of(), search("off", Map.of()));
  }

  @Test
  @DisplayName("CUDA_PATH comes before the usual folders, the newest toolkit before older ones")
  void toolkits() throws IOException {
    Path own = library("own/lib64/libcublas.so.12");
    Path old = library("usr/local/cuda-12.2/lib64/libcublas.so.12");
    Path newer = library("usr/local/cuda-12.6/targets/x86_64-linux/lib/libcublas.so.12");
    Path newest = library("usr/local/cuda-13.0/lib64/libcublas.so.13");
    assertEquals(
        List.of(
            "libcublas.so.13",
            newest.toString(),
            "libcublas.so.12",
            own.toString(),
            newer.toString(),
            old.toString()),
        search(null, Map.of("CUDA_PATH", root.resolve("own").toString())));
  }

  @Test
  @DisplayName(
      "Python's packages are searched: of the system, of the user, of environments and conda")
  void python() throws IOException {
    Path system = library("usr/lib/python3/dist-packages/nvidia/cublas/lib/libcublas.so.12");
    Path user = library("home/.local/lib/python3.12/site-packages/nvidia/cu13/lib/libcublas.so.13");
    Path venv = library("venv/lib/python3.11/site-packages/nvidia/cublas/lib/libcublas.so.12");
    Path conda = library("conda/lib/libcublas.so.12");
    List<String> found =
        search(
            null,
            Map.of(
                "HOME", root.resolve("home").toString(),
                "VIRTUAL_ENV", root.resolve("venv").toString(),
                "CONDA_PREFIX", root.resolve("conda").toString()));
    assertEquals(
        List.of(
            "libcublas.so.13",
            user.toString(),
            "libcublas.so.12",
            venv.toString(),
            system.toString(),
            conda.toString()),
        found);
  }

  @Test
  @DisplayName("cuDNN is searched for alike: 9 before 8, below CUDA_PATH, in its Python package")
  void cudnn() throws IOException {
    Path nine = library("venv/lib/python3.11/site-packages/nvidia/cudnn/lib/libcudnn.so.9");
    Path eight = library("usr/local/cuda-12.2/lib64/libcudnn.so.8");
    Path own = library("own/targets/x86_64-linux/lib/libcudnn.so.8");
    library("venv/lib/python3.11/site-packages/nvidia/cublas/lib/libcudnn.so.9");
    Map<String, String> environment =
        Map.of(
            "CUDA_PATH", root.resolve("own").toString(),
            "VIRTUAL_ENV", root.resolve("venv").toString());
    assertEquals(
        List.of(
            "libcudnn.so.9", nine.toString(), "libcudnn.so.8", own.toString(), eight.toString()),
        new LibrarySearch(Library.CUDNN, null, environment::get, root).candidates());
  }

  private String reason(Library library, String named) {
    Found<Object> found =
        new LibrarySearch(library, named, name -> null, root).find((path, symbols) -> path);
    return assertInstanceOf(Found.Missing.class, found).reason();
  }

  @Test
  @DisplayName("where none loads the answer says what was tried; where it is off, by what")
  void missing() throws IOException {
    Path broken = library("broken/libcublas.so.12");
    String none = reason(Library.CUBLAS, broken.toString());
    assertTrue(none.contains("libcublas not found (tried " + broken), none);
    assertEquals("switched off by -Dgradus.cuda.cublas=off", reason(Library.CUBLAS, "off"));
    assertEquals("switched off by -Dgradus.cuda.cudnn=off", reason(Library.CUDNN, "off"));
    String nowhere = reason(Library.CUDNN, root.resolve("none.so").toString());
    assertTrue(nowhere.startsWith("libcudnn not found (tried "), nowhere);
  }
}

package io.gradus.backend.cuda.blas;

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

class CublasSearchTest {
  @TempDir Path root;

  private Path library(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  private List<String> search(String named, Map<String, String> environment) {
    return new CublasSearch(named, environment::get, root).candidates();
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
  @DisplayName("where none loads the answer says what was tried; where it is off, by what")
  void missing() throws IOException {
    Path broken = library("broken/libcublas.so.12");
    Cublas.Found.Missing none =
        assertInstanceOf(
            Cublas.Found.Missing.class,
            Cublas.find(new CublasSearch(broken.toString(), name -> null, root)));
    assertTrue(none.reason().contains("libcublas not found (tried " + broken), none::reason);
    Cublas.Found.Missing off =
        assertInstanceOf(
            Cublas.Found.Missing.class, Cublas.find(new CublasSearch("off", name -> null, root)));
    assertEquals("switched off by -Dgradus.cuda.cublas=off", off.reason());
  }
}

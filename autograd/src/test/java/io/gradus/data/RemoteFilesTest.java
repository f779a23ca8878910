package io.gradus.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.data.RemoteFiles.RemoteFile;
import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteFilesTest {
  private static final String PROPERTY = "gradus.test.url";
  private static final int CIFAR_RECORD = 1 + 3 * 32 * 32;

  @TempDir Path folder;

  @AfterEach
  void clearProperty() {
    System.clearProperty(PROPERTY);
    System.clearProperty("gradus.mnist.url");
  }

  private static RemoteFiles remote(byte[] content, URI... places) {
    return new RemoteFiles(
        PROPERTY,
        List.of(places),
        List.of(
            new RemoteFile("a-idx.gz", DownloadTest.sha256(content), content.length),
            new RemoteFile("b.bin", DownloadTest.sha256(content), content.length)));
  }

  @Test
  void onlyWhatIsMissingIsDownloaded() throws IOException {
    byte[] content = {1, 2, 3};
    Files.write(folder.resolve("a.idx"), new byte[] {9});
    try (TestServer server = new TestServer(TestServer.whole(content))) {
      remote(content).download(folder, server.uri("/set"));
      remote(content).download(folder, server.uri("/set/"));
      assertEquals(List.of("/set/b.bin"), server.requests);
    }
    assertArrayEquals(content, Files.readAllBytes(folder.resolve("b.bin")));
    assertFalse(Files.exists(folder.resolve("a-idx.gz")));
  }

  @Test
  void thePropertyNamesAnotherPlace() throws IOException {
    byte[] content = {1, 2, 3};
    try (TestServer server = new TestServer(TestServer.whole(content));
        TestServer official = new TestServer(TestServer.status(404))) {
      System.setProperty(PROPERTY, server.uri("/mirror").toString());
      remote(content, official.uri("/")).download(folder, null);
      assertEquals(List.of("/mirror/a-idx.gz", "/mirror/b.bin"), server.requests);
      assertEquals(List.of(), official.requests);
    }
    System.setProperty(PROPERTY, "not an address");
    Files.delete(folder.resolve("b.bin"));
    InvalidArgumentException e =
        assertThrows(InvalidArgumentException.class, () -> remote(content).download(folder, null));
    assertTrue(String.valueOf(e.getMessage()).contains("-D" + PROPERTY), e::getMessage);
  }

  @Test
  void theNextPlaceIsTriedWhenOneFails() throws IOException {
    byte[] content = {1, 2, 3};
    byte[] other = {3, 2, 1};
    try (TestServer gone = new TestServer(TestServer.status(404));
        TestServer wrong = new TestServer(TestServer.whole(other));
        TestServer right = new TestServer(TestServer.whole(content))) {
      remote(content, gone.uri("/"), wrong.uri("/"), right.uri("/")).download(folder, null);
      assertEquals(2, right.requests.size());
      DownloadException e =
          assertThrows(
              DownloadException.class,
              () ->
                  remote(content, gone.uri("/"), wrong.uri("/"))
                      .download(folder.resolve("new"), null));
      assertTrue(String.valueOf(e.getMessage()).contains("SHA-256"), e::getMessage);
      assertTrue(String.valueOf(e.getMessage()).contains("-D" + PROPERTY), e::getMessage);
    }
  }

  @Test
  void theFilesOfMnistAreKnown() throws IOException {
    try (TestServer server = new TestServer(TestServer.whole(new byte[10]))) {
      DownloadException early =
          assertThrows(DownloadException.class, () -> Mnist.download(folder, server.uri("/m")));
      assertTrue(String.valueOf(early.getMessage()).contains("of 9912422 bytes"));
      System.setProperty("gradus.mnist.url", server.uri("/property/").toString());
      assertThrows(DownloadException.class, () -> Mnist.download(folder));
      assertTrue(server.requests.stream().anyMatch(r -> r.startsWith("/property/train-images")));
      assertThrows(DownloadException.class, () -> FashionMnist.download(folder, server.uri("/f")));
    }
  }

  @Test
  void cifarIsUnpacked() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("cifar-10-batches-bin/", new byte[0]);
    files.put("cifar-10-batches-bin/readme.html", new byte[700]);
    files.put("../escape.bin", new byte[3]);
    for (int i = 1; i <= 5; i++) {
      files.put("cifar-10-batches-bin/data_batch_" + i + ".bin", record(i));
    }
    files.put("cifar-10-batches-bin/test_batch.bin", record(9));
    byte[] archive = tarGz(files);
    try (TestServer server = new TestServer(TestServer.whole(archive))) {
      assertEquals(folder, Cifar10.download(folder, cifar(archive), server.uri("/")));
      assertArrayEquals(
          new long[] {1, 2, 3, 4, 5}, Cifar10.train(folder).tensors().get(1).longArray());
      assertArrayEquals(new long[] {9}, Cifar10.test(folder).tensors().get(1).longArray());
      assertFalse(Files.exists(folder.resolve("readme.html")));
      assertFalse(Files.exists(folder.resolveSibling("escape.bin")));
      Cifar10.download(folder, cifar(archive), server.uri("/"));
      assertEquals(1, server.requests.size());
    }
  }

  @Test
  void damagedArchivesAreRefused() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 1; i <= 5; i++) {
      files.put("data_batch_" + i + ".bin", record(i));
    }
    refused(tarGz(files), "there is no test_batch.bin");
    files.put("test_batch.bin", new byte[CIFAR_RECORD * 10_001]);
    refused(tarGz(files), "expected 30730000");
    refused("no gzip data".getBytes(StandardCharsets.US_ASCII), "cannot be unpacked");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      byte[] header = header("data_batch_1.bin", 5);
      header[124] = '7';
      out.write(header);
    }
    refused(bytes.toByteArray(), "checksum");
  }

  private void refused(byte[] archive, String part) throws IOException {
    Path fresh = Files.createTempDirectory(folder, "set");
    try (TestServer server = new TestServer(TestServer.whole(archive))) {
      FormatException e =
          assertThrows(
              FormatException.class,
              () -> Cifar10.download(fresh, cifar(archive), server.uri("/")));
      assertTrue(String.valueOf(e.getMessage()).contains(part), e::getMessage);
    }
  }

  private static RemoteFiles cifar(byte[] archive) {
    return new RemoteFiles(
        PROPERTY,
        List.of(),
        List.of(
            new RemoteFile(
                "cifar-10-binary.tar.gz", DownloadTest.sha256(archive), archive.length)));
  }

  private static byte[] record(int label) {
    byte[] bytes = new byte[CIFAR_RECORD];
    bytes[0] = (byte) label;
    return bytes;
  }

  private static byte[] header(String name, int size) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 124, "%011o".formatted(size));
    put(header, 148, "        ");
    header[156] = (byte) (name.endsWith("/") ? '5' : '0');
    put(header, 257, "ustar");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o".formatted(sum) + "\0 ");
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] tarGz(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        byte[] content = file.getValue();
        out.write(header(file.getKey(), content.length));
        out.write(content);
        out.write(new byte[(512 - content.length % 512) % 512]);
      }
      out.write(new byte[1024]);
    }
    return bytes.toByteArray();
  }
}

package io.gradus.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.data.TestServer.Answer;
import io.gradus.tensor.error.InvalidArgumentException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private static final byte[] FILE = new byte[200_000];
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(5);

  static {
    new Random(1).nextBytes(FILE);
  }

  @TempDir Path folder;

  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void endHangingAnswers() {
    end.countDown();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path target() {
    return folder.resolve("data/file.bin");
  }

  private Path part() {
    return folder.resolve("data/file.bin.part");
  }

  private static Download from(TestServer server) {
    return new Download(server.uri("/file.bin"), sha256(FILE), FILE.length).timeout(LONG);
  }

  private void assertDownloaded() throws IOException {
    assertArrayEquals(FILE, Files.readAllBytes(target()));
    assertFalse(Files.exists(part()));
  }

  private List<String> downloads(Answer... answers) throws IOException {
    try (TestServer server = new TestServer(answers)) {
      from(server).to(target());
      assertDownloaded();
      return List.copyOf(server.requests);
    }
  }

  private String fails(Download download) {
    DownloadException e = assertThrows(DownloadException.class, () -> download.to(target()));
    return String.valueOf(e.getMessage());
  }

  private void leave(byte[] bytes) throws IOException {
    Files.createDirectories(part().resolveSibling(""));
    Files.write(part(), bytes);
  }

  @Test
  void aFileIsDownloadedWithItsFolders() throws IOException {
    assertEquals(List.of("/file.bin"), downloads(TestServer.whole(FILE)));
  }

  @Test
  void aTruncatedAnswerIsContinued() throws IOException {
    List<String> requests = downloads(TestServer.cut(FILE, 150_000), TestServer.whole(FILE));
    assertEquals(2, requests.size());
    // How much of it arrived is the network's affair.
    assertTrue(requests.get(1).startsWith("/file.bin"), requests::toString);
  }

  @Test
  void anEarlierDownloadIsContinued() throws IOException {
    leave(Arrays.copyOf(FILE, 70_000));
    assertEquals(List.of("/file.bin bytes=70000-"), downloads(TestServer.whole(FILE)));
  }

  @Test
  void aCompletePartNeedsNoRequest() throws IOException {
    leave(FILE);
    assertEquals(List.of(), downloads(TestServer.status(500)));
  }

  @Test
  void aServerWithoutRangesSendsTheWholeFile() throws IOException {
    leave(Arrays.copyOf(FILE, 70_000));
    assertEquals(1, downloads(TestServer.withoutRanges(FILE)).size());
  }

  @Test
  void anotherPartThanAskedForIsNotTaken() throws IOException {
    leave(Arrays.copyOf(FILE, 70_000));
    Answer wrong =
        exchange -> {
          exchange.getResponseHeaders().add("Content-Range", "bytes 5-199999/200000");
          exchange.sendResponseHeaders(206, 199_995);
          exchange.getResponseBody().write(FILE, 5, 199_995);
        };
    assertEquals(
        List.of("/file.bin bytes=70000-", "/file.bin"), downloads(wrong, TestServer.whole(FILE)));
  }

  @Test
  void theBeginningOfAnotherFileIsDroppedInTheEnd() throws IOException {
    leave(new byte[70_000]);
    assertEquals(List.of("/file.bin bytes=70000-", "/file.bin"), downloads(TestServer.whole(FILE)));
    leave(new byte[FILE.length + 1]);
    assertEquals(List.of("/file.bin"), downloads(TestServer.whole(FILE)));
  }

  @Test
  void aFileThatEndsEarlyIsKeptAndNamed() throws IOException {
    byte[] half = Arrays.copyOf(FILE, 100_000);
    try (TestServer server = new TestServer(TestServer.whole(half))) {
      String message = fails(from(server).attempts(1));
      assertTrue(message.contains("ended too early"), message);
      assertTrue(message.contains("100000 of 200000 bytes are kept"), message);
      assertFalse(Files.exists(target()));
    }
    assertEquals(List.of("/file.bin bytes=100000-"), downloads(TestServer.whole(FILE)));
  }

  @Test
  void aCorruptedFileIsRefusedAndTheOldOneStays() throws IOException {
    byte[] corrupted = FILE.clone();
    corrupted[123_456] ^= 1;
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(target(), "old");
    try (TestServer server = new TestServer(TestServer.whole(corrupted))) {
      String message = fails(from(server));
      assertTrue(message.contains(sha256(corrupted)), message);
      assertTrue(message.contains(sha256(FILE)), message);
      assertEquals(1, server.requests.size());
    }
    assertEquals("old", Files.readString(target()));
    assertEquals(0, Files.size(part()));
    assertEquals(List.of("/file.bin"), downloads(TestServer.whole(FILE)));
  }

  @Test
  void moreThanWasPromisedIsRefused() throws IOException {
    Answer endless =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 1000; i++) {
            exchange.getResponseBody().write(FILE);
          }
        };
    try (TestServer server = new TestServer(endless)) {
      String message = fails(from(server));
      assertTrue(message.contains("longer than the 200000 bytes"), message);
    }
    assertEquals(0, Files.size(part()));
  }

  @Test
  void redirectsAreFollowedAndLoopsAreNot() throws IOException {
    Answer elsewhere =
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere/file.bin");
          exchange.sendResponseHeaders(302, -1);
        };
    assertEquals(
        List.of("/file.bin", "/elsewhere/file.bin"), downloads(elsewhere, TestServer.whole(FILE)));
    try (TestServer server = new TestServer(elsewhere)) {
      String message = fails(from(server).attempts(1));
      assertTrue(message.contains("302"), message);
    }
  }

  @Test
  void aRefusalIsAnErrorAtOnce() throws IOException {
    try (TestServer server = new TestServer(TestServer.status(404))) {
      String message = fails(from(server));
      assertTrue(message.contains("status 404"), message);
      assertTrue(message.contains("check the address"), message);
      assertEquals(1, server.requests.size());
    }
  }

  @Test
  void aBusyServerIsAskedAgain() throws IOException {
    assertEquals(2, downloads(TestServer.status(503), TestServer.whole(FILE)).size());
    leave(FILE.clone());
    try (TestServer server = new TestServer(TestServer.status(500))) {
      leave(Arrays.copyOf(FILE, 10));
      String message = fails(from(server).attempts(2));
      assertTrue(message.contains("in 2 attempts"), message);
      assertTrue(message.contains("10 of 200000 bytes are kept"), message);
    }
  }

  @Test
  void aServerThatHangsIsGivenUp() throws IOException {
    try (TestServer server = new TestServer(TestServer.hanging(end, FILE, -1))) {
      String message = fails(from(server).timeout(SHORT).attempts(1));
      assertTrue(message.contains("no answer came"), message);
    }
    try (TestServer server = new TestServer(TestServer.hanging(end, FILE, 5_000))) {
      String message = fails(from(server).timeout(SHORT).attempts(1));
      assertTrue(message.contains("no byte came") || message.contains("no answer"), message);
    }
  }

  @Test
  void nobodyThereIsAnError() throws IOException {
    URI gone;
    try (TestServer server = new TestServer(TestServer.status(200))) {
      gone = server.uri("/file.bin");
    }
    String message = fails(new Download(gone, sha256(FILE), FILE.length).attempts(1));
    assertTrue(message.contains("ConnectException"), message);
  }

  @Test
  void anInterruptEndsItAndTheNextCallGoesOn() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (TestServer server = new TestServer(TestServer.hanging(end, FILE, 5_000))) {
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      from(server).to(target());
                    } catch (DownloadException e) {
                      thrown.set(e);
                    }
                  });
      while (!Files.exists(part())) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      thread.join();
    }
    assertTrue(
        String.valueOf(thrown.get().getMessage()).contains("interrupted"),
        () -> String.valueOf(thrown.get()));
    downloads(TestServer.whole(FILE));
  }

  @Test
  void twoDownloadsToOnePlaceAreRefused() throws IOException {
    AtomicReference<String> second = new AtomicReference<>("");
    AtomicReference<TestServer> own = new AtomicReference<>();
    Answer within =
        exchange -> {
          second.set(fails(from(own.get())));
          TestServer.whole(FILE).to(exchange);
        };
    try (TestServer server = new TestServer(within)) {
      own.set(server);
      from(server).to(target());
    }
    assertDownloaded();
    assertTrue(second.get().contains("another download"), second::get);
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Files.writeString(folder.resolve("data"), "a file, no folder");
    try (TestServer server = new TestServer(TestServer.whole(FILE))) {
      String message = fails(from(server));
      assertTrue(message.contains("cannot be written"), message);
      assertEquals(List.of(), server.requests);
    }
  }

  @Test
  void badArgumentsAreRefused() {
    String digest = sha256(FILE);
    URI url = URI.create("https://host/x");
    assertThrows(
        InvalidArgumentException.class, () -> new Download(URI.create("file:/x"), digest, 1));
    assertThrows(
        InvalidArgumentException.class, () -> new Download(URI.create("https:///x"), digest, 1));
    assertThrows(InvalidArgumentException.class, () -> new Download(url, "abc", 1));
    assertThrows(InvalidArgumentException.class, () -> new Download(url, digest, 0));
    assertThrows(InvalidArgumentException.class, () -> new Download(url, digest, 1).attempts(0));
    assertThrows(
        InvalidArgumentException.class, () -> new Download(url, digest, 1).timeout(Duration.ZERO));
  }
}

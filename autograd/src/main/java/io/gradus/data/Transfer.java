package io.gradus.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The requests of one download, until the file is complete. */
final class Transfer {
  private static final System.Logger LOG = System.getLogger(Download.class.getName());
  private static final int BUFFER = 1 << 16;
  private static final long PAUSE_MILLIS = 250;
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int TIMED_OUT = 408;
  private static final int OUT_OF_RANGE = 416;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERRORS = 500;

  private final Download download;
  private final Path target;
  private final PartialFile file;

  Transfer(Download download, Path target, PartialFile file) {
    this.download = download;
    this.target = target;
    this.file = file;
  }

  /** Something that another request may do better. */
  private static final class Failure extends Exception {
    @Serial private static final long serialVersionUID = 1;

    Failure(String reason) {
      super(reason);
    }
  }

  /**
   * Downloads what the file lacks. A wrong digest of a file that was begun earlier may come from
   * its beginning: it is downloaded once more, from its start.
   */
  void run() throws IOException {
    boolean begunEarlier = file.size() > 0;
    complete();
    String digest = file.finish();
    if (begunEarlier && !digest.equals(download.sha256())) {
      file.clear();
      complete();
      digest = file.finish();
    }
    if (!digest.equals(download.sha256())) {
      file.clear();
      throw new DownloadException(
          "[download] %s from %s is not the file that was expected: SHA-256 %s, expected %s; nothing of it was kept, give another address"
              .formatted(target, download.url(), digest, download.sha256()));
    }
  }

  private void complete() throws IOException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(download.timeout())
            .build()) {
      for (int attempt = 1; file.size() < download.size(); attempt++) {
        try {
          request(client);
        } catch (Failure e) {
          if (attempt >= download.attempts()) {
            throw new DownloadException(
                "[download] %s could not be downloaded from %s in %d attempts: %s; %d of %d bytes are kept: call again to go on, or give another address"
                    .formatted(
                        target,
                        download.url(),
                        attempt,
                        e.getMessage(),
                        file.size(),
                        download.size()),
                e);
          }
          LOG.log(Level.INFO, "{0}: {1}; trying again", download.url(), e.getMessage());
          pause(attempt);
        }
      }
    }
  }

  private void request(HttpClient client) throws IOException, Failure {
    long from = file.size();
    HttpRequest.Builder request = HttpRequest.newBuilder(download.url());
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    LOG.log(Level.INFO, "{0} to {1}, from byte {2,number,#}", download.url(), target, from);
    HttpResponse<InputStream> answer = send(client, request.GET().build());
    try (InputStream body = answer.body()) {
      switch (answer.statusCode()) {
        case OK -> file.clear();
        case PARTIAL -> {
          String range = answer.headers().firstValue("Content-Range").orElse("nothing");
          if (!range.startsWith("bytes " + from + "-")) {
            file.clear();
            throw new Failure("asked for bytes from %d, got %s".formatted(from, range));
          }
        }
        case OUT_OF_RANGE -> {
          file.clear();
          throw new Failure("the server's file has no byte " + from);
        }
        default -> throw refusal(answer);
      }
      receive(body);
    }
    if (file.size() < download.size()) {
      throw new Failure("the answer ended too early");
    }
  }

  private HttpResponse<InputStream> send(HttpClient client, HttpRequest request) throws Failure {
    // Not the timeout of the request: in some JDKs that ends the body too.
    Future<HttpResponse<InputStream>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    try {
      return answer.get(download.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new Failure(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new Failure("no answer came for " + download.timeout());
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw Download.interrupted(target);
    }
  }

  private Failure refusal(HttpResponse<?> answer) {
    int status = answer.statusCode();
    if (status == TIMED_OUT || status == TOO_MANY || status >= SERVER_ERRORS) {
      return new Failure("the server answered with status " + status);
    }
    throw new DownloadException(
        "[download] %s answered with status %d instead of %s; check the address, or give another"
            .formatted(answer.uri(), status, target.getFileName()));
  }

  private void receive(InputStream body) throws IOException, Failure {
    byte[] buffer = new byte[BUFFER];
    try (Watch watch = Watch.over(body, download.timeout())) {
      for (int n = read(body, buffer, watch); n >= 0; n = read(body, buffer, watch)) {
        watch.alive();
        if (n > download.size() - file.size()) {
          file.clear();
          throw new DownloadException(
              "[download] %s is longer than the %d bytes that %s should have; nothing of it was kept, give another address"
                  .formatted(download.url(), download.size(), target));
        }
        file.append(buffer, n);
      }
    }
  }

  private int read(InputStream body, byte[] buffer, Watch watch) throws Failure {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw Download.interrupted(target);
      }
      throw new Failure(
          watch.isOver()
              ? "no byte came for " + download.timeout()
              : String.valueOf(e.getMessage()));
    }
  }

  private void pause(int attempt) {
    try {
      Thread.sleep(PAUSE_MILLIS * attempt);
    } catch (InterruptedException e) {
      throw Download.interrupted(target);
    }
  }
}

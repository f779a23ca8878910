package io.gradus.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine that answers as it is told, and keeps what it was asked. */
final class TestServer implements AutoCloseable {
  /** How one request is answered. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** For each request its path and the range that was asked for. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** The answers in their order; the last one again and again. */
  TestServer(Answer... answers) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          int i;
          synchronized (requests) {
            i = Math.min(requests.size(), answers.length - 1);
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(exchange.getRequestURI().getPath() + (range == null ? "" : " " + range));
          }
          try (exchange) {
            answers[i].to(exchange);
          }
        });
    server.start();
  }

  URI uri(String path) {
    InetSocketAddress at = server.getAddress();
    return URI.create("http://" + at.getAddress().getHostAddress() + ":" + at.getPort() + path);
  }

  /** The file, or the part that is asked for. */
  static Answer whole(byte[] file) {
    return exchange -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      if (range == null) {
        exchange.sendResponseHeaders(200, file.length);
        exchange.getResponseBody().write(file);
        return;
      }
      int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      if (from >= file.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
      exchange.sendResponseHeaders(206, file.length - from);
      exchange.getResponseBody().write(file, from, file.length - from);
    };
  }

  /** The file, always from its beginning. */
  static Answer withoutRanges(byte[] file) {
    return exchange -> {
      exchange.sendResponseHeaders(200, file.length);
      exchange.getResponseBody().write(file);
    };
  }

  /** The promise of the whole file, but only its first bytes. */
  static Answer cut(byte[] file, int bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, file.length);
      exchange.getResponseBody().write(file, 0, bytes);
      exchange.getResponseBody().flush();
    };
  }

  static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  /** Some bytes, then nothing until the latch opens; nothing at all for -1. */
  static Answer hanging(CountDownLatch until, byte[] file, int bytes) {
    return exchange -> {
      if (bytes >= 0) {
        exchange.sendResponseHeaders(200, file.length);
        exchange.getResponseBody().write(file, 0, bytes);
        exchange.getResponseBody().flush();
      }
      try {
        until.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

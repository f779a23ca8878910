package io.gradus.backend.cuda;

import io.gradus.backend.cuda.PinnedChunks.Chunk;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * Copies between host and device, in pieces through pinned memory, so that the copy on the host and
 * that of the device overlap and heap arrays never have to stand still.
 */
final class Transfers {
  /** Pieces of a download that are on their way at the same time. */
  private static final int AHEAD = 3;

  private final CudaDevice device;
  private final PinnedChunks chunks;

  Transfers(CudaDevice device) {
    this.device = device;
    this.chunks = new PinnedChunks(device.gpu());
  }

  /** Returns as soon as {@code from} may change. */
  void upload(MemorySegment from, long to, CudaStream stream) {
    Capture capture = stream.capture();
    if (capture != null) {
      captureUpload(from, to, stream, capture);
      return;
    }
    for (long at = 0; at < from.byteSize(); at += PinnedChunks.BYTES) {
      long start = at;
      long bytes = Math.min(PinnedChunks.BYTES, from.byteSize() - at);
      Chunk chunk = device.guardedUnlocked("upload", chunks::take);
      try {
        MemorySegment.copy(from, at, chunk.memory(), 0, bytes);
        device.guarded(
            "upload",
            () -> {
              stream.gpuStream().upload(chunk.address(), to + start, bytes);
              chunk.usedBy(stream.gpuStream());
              return chunk;
            });
      } finally {
        chunks.give(chunk);
      }
    }
  }

  /** Each replay copies again what is here now. */
  private void captureUpload(MemorySegment from, long to, CudaStream stream, Capture capture) {
    device.guarded(
        "upload",
        () -> {
          long host = device.gpu().allocatePinned(from.byteSize());
          capture.keep(host);
          MemorySegment.ofAddress(host).reinterpret(from.byteSize()).copyFrom(from);
          stream.gpuStream().upload(host, to, from.byteSize());
          capture.step();
          return host;
        });
  }

  private record Piece(Chunk chunk, long at, long bytes) {}

  /** Returns when everything has arrived. */
  void download(long from, MemorySegment to, CudaStream stream) {
    ArrayDeque<Piece> underway = new ArrayDeque<>();
    try {
      for (long at = 0; at < to.byteSize(); at += PinnedChunks.BYTES) {
        if (underway.size() == AHEAD) {
          arrive(underway, to);
        }
        long bytes = Math.min(PinnedChunks.BYTES, to.byteSize() - at);
        Chunk chunk = device.guardedUnlocked("download", chunks::take);
        underway.add(new Piece(chunk, at, bytes));
        long start = at;
        device.guarded(
            "download",
            () -> {
              stream.gpuStream().download(from + start, chunk.address(), bytes);
              chunk.usedBy(stream.gpuStream());
              return chunk;
            });
      }
      while (!underway.isEmpty()) {
        arrive(underway, to);
      }
    } finally {
      underway.forEach(p -> chunks.give(p.chunk));
    }
  }

  private void arrive(ArrayDeque<Piece> underway, MemorySegment to) {
    Piece piece = underway.getFirst();
    device.guardedUnlocked(
        "download",
        () -> {
          piece.chunk.await();
          return piece;
        });
    MemorySegment.copy(piece.chunk.memory(), 0, to, piece.at, piece.bytes);
    underway.removeFirst();
    chunks.give(piece.chunk);
  }

  /** Queues the whole copy now; completes when everything has arrived. */
  CompletableFuture<Void> downloadLater(long from, MemorySegment to, CudaStream stream) {
    long bytes = to.byteSize();
    long host = device.guarded("download", () -> device.gpu().allocatePinned(bytes));
    CudaEvent event;
    try {
      device.guarded(
          "download",
          () -> {
            stream.gpuStream().download(from, host, bytes);
            return host;
          });
      event = stream.record();
    } catch (RuntimeException e) {
      device.gpu().freePinned(host);
      throw e;
    }
    return event
        .toFuture()
        .thenRun(() -> to.copyFrom(MemorySegment.ofAddress(host).reinterpret(bytes)))
        .whenComplete(
            (done, failure) -> {
              device.gpu().enter();
              device.gpu().freePinned(host);
            })
        .thenRun(() -> device.streams().raiseFaults(stream));
  }
}

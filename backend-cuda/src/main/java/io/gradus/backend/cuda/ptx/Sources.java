package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Every text that was written, by what it was written from. */
final class Sources {
  private final ConcurrentHashMap<Record, PtxSource> written = new ConcurrentHashMap<>();

  <K extends Record> PtxSource get(K key, Function<K, PtxSource> write) {
    PtxSource known = written.get(key);
    return known != null ? known : written.computeIfAbsent(key, k -> write.apply(key));
  }

  /** The number of texts. */
  int size() {
    return written.size();
  }
}

package io.gradus.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * All spans in order of their end.
 *
 * <p>Written as Chrome's "Trace Event Format": complete events ({@code "ph": "X"}), times in
 * microseconds since the profiler was started.
 *
 * @param started by {@link System#nanoTime}
 * @param threads names of the threads
 * @param dropped spans that were too many
 */
record Trace(long started, List<Span> spans, Map<Long, String> threads, long dropped) {
  private static final int PROCESS = 1;
  private static final double MICRO = 1e3;

  void write(OutputStream to) throws IOException {
    try (JsonGenerator json =
        new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).createGenerator(to)) {
      json.writeStartObject();
      json.writeStringField("displayTimeUnit", "ms");
      json.writeNumberField("droppedEvents", dropped);
      json.writeArrayFieldStart("traceEvents");
      for (Map.Entry<Long, String> thread : threads.entrySet()) {
        thread(json, thread.getKey(), thread.getValue());
      }
      for (Span span : spans) {
        span(json, span);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void thread(JsonGenerator json, long id, String name) throws IOException {
    json.writeStartObject();
    json.writeStringField("ph", "M");
    json.writeStringField("name", "thread_name");
    json.writeNumberField("pid", PROCESS);
    json.writeNumberField("tid", id);
    json.writeObjectFieldStart("args");
    json.writeStringField("name", name.isEmpty() ? "thread " + id : name);
    json.writeEndObject();
    json.writeEndObject();
  }

  private void span(JsonGenerator json, Span span) throws IOException {
    json.writeStartObject();
    json.writeStringField("ph", "X");
    json.writeStringField("cat", span.kind());
    json.writeStringField("name", span.name());
    json.writeNumberField("pid", PROCESS);
    json.writeNumberField("tid", span.thread());
    json.writeNumberField("ts", (span.begin() - started) / MICRO);
    json.writeNumberField("dur", (span.end() - span.begin()) / MICRO);
    if (!span.device().isEmpty()) {
      json.writeObjectFieldStart("args");
      json.writeStringField("device", span.device());
      if (!span.operation().isEmpty()) {
        json.writeStringField("operation", span.operation());
        json.writeNumberField("elements", span.elements());
      }
      json.writeNumberField("bytes", span.bytes());
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}

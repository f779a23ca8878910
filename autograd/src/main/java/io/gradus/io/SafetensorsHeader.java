package io.gradus.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.gradus.tensor.dtype.DType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON text at the start of a safetensors file.
 *
 * @param entries the tensors by name
 * @param metadata free texts by name
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";
  private static final int MOST_DIMENSIONS = 64;

  /** Where a tensor lies: from {@code begin} to before {@code end} behind the header. */
  record Entry(DType dtype, long[] sizes, long begin, long end) {}

  static SafetensorsHeader parse(Where where, byte[] json, long dataBytes, Limits limits) {
    if (json.length == 0 || json[0] != '{') {
      throw where.offset(8).malformed("a header that does not start with '{'");
    }
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxStringLength(limits.maxHeaderBytes())
                    .maxNameLength(50_000)
                    .maxNumberLength(20)
                    .build())
            .build();
    try (JsonParser parser = factory.createParser(new String(json, StandardCharsets.UTF_8))) {
      return new Reading(where, parser, limits).header().checked(where, dataBytes);
    } catch (IOException e) {
      throw where.malformed(e, "the header is not as expected: %s", Where.clip(e.getMessage()));
    }
  }

  /** Refuses tensors that overlap, leave holes or end elsewhere than the file. */
  private SafetensorsHeader checked(Where where, long dataBytes) {
    List<Map.Entry<String, Entry>> byPlace = new ArrayList<>(entries.entrySet());
    byPlace.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin)
            .thenComparing(e -> e.getValue().end));
    long at = 0;
    for (Map.Entry<String, Entry> e : byPlace) {
      Where key = where.key(e.getKey());
      Entry entry = e.getValue();
      if (entry.begin != at || entry.end < entry.begin) {
        throw key.malformed(
            "data_offsets [%d, %d] overlap others or leave a hole, expected to begin at %d",
            entry.begin, entry.end, at);
      }
      long bytes = Elements.bytes(key, entry.dtype, entry.sizes);
      if (bytes != entry.end - entry.begin) {
        throw key.malformed(
            "data_offsets [%d, %d], expected %d bytes for %s %s",
            entry.begin, entry.end, bytes, entry.dtype, Arrays.toString(entry.sizes));
      }
      at = entry.end;
    }
    if (at != dataBytes) {
      throw where.malformed(
          "%d bytes follow the header, the tensors have %d: truncated, or more than one file",
          dataBytes, at);
    }
    return this;
  }

  private static final class Reading {
    private final Where where;
    private final JsonParser parser;
    private final Limits limits;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    Reading(Where where, JsonParser parser, Limits limits) {
      this.where = where;
      this.parser = parser;
      this.limits = limits;
    }

    SafetensorsHeader header() throws IOException {
      next(JsonToken.START_OBJECT, "the header");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (name.equals(METADATA)) {
          next(JsonToken.START_OBJECT, METADATA);
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            next(JsonToken.VALUE_STRING, key);
            metadata.put(key, parser.getText());
          }
        } else {
          entries.put(name, entry(name));
          limits.checkEntries(where, entries.size());
        }
      }
      if (parser.nextToken() != null) {
        throw where.malformed("something follows the header's object");
      }
      return new SafetensorsHeader(entries, metadata);
    }

    private Entry entry(String name) throws IOException {
      next(JsonToken.START_OBJECT, name);
      @Nullable DType dtype = null;
      long @Nullable [] sizes = null;
      long @Nullable [] offsets = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        switch (parser.currentName()) {
          case "dtype" -> {
            next(JsonToken.VALUE_STRING, name);
            dtype = dtype(name, parser.getText());
          }
          case "shape" -> sizes = numbers(name);
          case "data_offsets" -> offsets = numbers(name);
          default ->
              throw where
                  .key(name)
                  .malformed(
                      "a field '%s', expected dtype, shape and data_offsets",
                      Where.clip(parser.currentName()));
        }
      }
      if (dtype == null || sizes == null || offsets == null || offsets.length != 2) {
        throw where.key(name).malformed("expected dtype, shape and two data_offsets");
      }
      return new Entry(dtype, sizes, offsets[0], offsets[1]);
    }

    private DType dtype(String name, String code) {
      for (DType dtype : DType.values()) {
        if (dtype.name().equals(code)) {
          return dtype;
        }
      }
      throw where
          .key(name)
          .malformed(
              "elements of type '%s', expected one of %s",
              Where.clip(code), Arrays.toString(DType.values()).toUpperCase(Locale.ROOT));
    }

    private long[] numbers(String name) throws IOException {
      next(JsonToken.START_ARRAY, name);
      List<Long> numbers = new ArrayList<>();
      while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
        long value = parser.getLongValue();
        if (value < 0 || numbers.size() == MOST_DIMENSIONS) {
          throw where
              .key(name)
              .malformed("number %d at %d, expected 0 or more", value, numbers.size());
        }
        numbers.add(value);
      }
      if (parser.currentToken() != JsonToken.END_ARRAY) {
        throw where.key(name).malformed("expected an array of whole numbers");
      }
      return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private void next(JsonToken expected, String name) throws IOException {
      if (parser.nextToken() != expected) {
        throw where
            .key(name)
            .malformed("%s in the header, expected %s", parser.currentToken(), expected);
      }
    }
  }

  /** The text, padded with blanks so that the elements begin at a multiple of 8. */
  byte[] text() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> e : metadata.entrySet()) {
          json.writeStringField(e.getKey(), e.getValue());
        }
        json.writeEndObject();
      }
      for (Map.Entry<String, Entry> e : entries.entrySet()) {
        Entry entry = e.getValue();
        json.writeObjectFieldStart(e.getKey());
        json.writeStringField("dtype", entry.dtype.name());
        json.writeFieldName("shape");
        json.writeArray(entry.sizes, 0, entry.sizes.length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {entry.begin, entry.end}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    while (out.size() % 8 != 0) {
      out.write(' ');
    }
    return out.toByteArray();
  }
}
